import type { HostFacts } from '../../topology/site';
import { UnreachableError, type Remote, type RemoteOptions, type RemoteOutcome } from '../remote/remote';

/** What an operation on a running deployment works with. */
export interface Operation {
  readonly remote: Remote;
  /** Shows one line to the person. */
  say(line: string): void;
  /**
   * Asks a person to type a word before something that cannot be taken back; `yes` takes yes for an answer too.
   * Gives false for any other answer.
   */
  confirm(question: string, word: string): Promise<boolean>;
  /** Milliseconds on a clock that is never set. */
  now(): number;
  /** Waits; ends early when the person interrupts. */
  pause(milliseconds: number): Promise<void>;
  /** The person wants to stop. */
  readonly interrupted: AbortSignal;
}

/** Nothing was changed, and why: all reasons at once. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  constructor(
    what: string,
    readonly reasons: readonly string[],
  ) {
    super(`${what}\n${reasons.map((reason) => `  - ${reason}`).join('\n')}`);
  }
}

/** Something was begun and did not come to its end: what the state is and what to do. */
export class UnfinishedError extends Error {
  override readonly name = 'UnfinishedError';

  constructor(
    what: string,
    /** The state that was seen last, one line each. */
    readonly state: readonly string[],
    /** What to do next, one line each. */
    readonly next: readonly string[],
  ) {
    super([what, ...state.map((line) => `  ${line}`), 'next:', ...next.map((line) => `  ${line}`)].join('\n'));
  }
}

/** The person said no. */
export class DeclinedError extends Error {
  override readonly name = 'DeclinedError';
}

/** Throws where the person said no. */
export async function agreed(operation: Operation, question: string, word: string): Promise<void> {
  if (operation.interrupted.aborted || !(await operation.confirm(question, word)))
    throw new DeclinedError('nothing was changed');
}

/** The person pressed Ctrl-C. */
export function isInterrupted(operation: Operation): boolean {
  return operation.interrupted.aborted;
}

/** Whole seconds since a moment. */
export function secondsSince(operation: Operation, since: number): number {
  return Math.round((operation.now() - since) / 1000);
}

/** Runs a command that changes something. A host that went silent, or Ctrl-C, is an outcome: what became of it is not known. */
export async function outcomeOf(
  { remote }: Pick<Operation, 'remote'>,
  host: HostFacts,
  command: string,
  options?: RemoteOptions,
): Promise<RemoteOutcome> {
  try {
    return await remote.run(host, command, options);
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return { status: 255, stdout: '', stderr: error.message };
  }
}
