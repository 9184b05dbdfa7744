import { sleep } from '../host/execute';
import { append, type Operation } from './ledger';

/** How one client goes on. */
export interface LoopOptions {
  readonly ledger: string;
  /** Does the operation of this number; throws when it is not acknowledged. */
  readonly operate: (number: number) => Promise<void>;
  /** Seconds after an operation that was acknowledged, and after one that was not. */
  readonly pause: number;
  readonly retry: number;
  readonly stopped: () => boolean;
}

/** One operation after the other until it is told to stop, each with a number of its own. */
export async function loop({ ledger, operate, pause, retry, stopped }: LoopOptions): Promise<void> {
  for (let number = 1; !stopped(); number += 1) {
    const begin = Date.now();
    const outcome = await attempt(() => operate(number));
    const operation: Operation = { number, begin, end: Date.now(), ...outcome };
    append(ledger, operation);
    await sleep(operation.acknowledged ? pause : retry);
  }
}

async function attempt(operate: () => Promise<void>): Promise<Pick<Operation, 'acknowledged' | 'reason'>> {
  try {
    await operate();
    return { acknowledged: true };
  } catch (error) {
    return { acknowledged: false, reason: (error as Error).message.slice(0, 200) };
  }
}
