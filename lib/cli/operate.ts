import { DeclinedError, RefusedError, UnfinishedError, type Operation } from '../operate/pair/operation';
import type { Topology } from '../topology/topology';
import { readDeployment } from './deployment-file';
import { EXIT, type Io } from './io';
import { remoteOf, type RemoteOptions } from './remote-options';
import { UserError } from './user-error';

/** What every command that changes a running deployment is told. */
export interface OperateOptions extends RemoteOptions {
  /** Do not ask. */
  readonly yes?: boolean;
}

/** Lets a command work on a running deployment, and makes its end an exit code. */
export async function operate(
  deployment: string,
  options: OperateOptions,
  io: Io,
  work: (operation: Operation, topology: Topology) => Promise<void>,
): Promise<number> {
  const topology = await readDeployment(deployment, options.output, io);
  if (!options.yes && !io.ask)
    throw new UserError('standard input is no terminal, so nobody can be asked; add --yes to go on without a question');
  const remote = remoteOf(topology, options, io);
  const interrupt = new AbortController();
  const settle = io.onInterrupt?.(() => {
    io.err('tandem: stopping, with a last look at the state; once more ends at once\n');
    interrupt.abort();
  });
  const operation: Operation = {
    remote,
    say: (line) => io.out(`${line}\n`),
    confirm: async (question, word) => {
      if (options.yes || !io.ask) return true;
      return (await io.ask(`${question} Type ${word} to go on: `)) === word;
    },
    now: io.now ?? (() => performance.now()),
    pause: io.pause ?? ((milliseconds) => pause(milliseconds, interrupt.signal)),
    interrupted: interrupt.signal,
  };
  try {
    await work(operation, topology);
    return EXIT.clean;
  } catch (error) {
    const expected = [RefusedError, UnfinishedError, DeclinedError].some((kind) => error instanceof kind);
    if (!expected) throw error;
    io.err(`tandem: ${(error as Error).message}\n`);
    return interrupt.signal.aborted ? EXIT.interrupted : EXIT.findings;
  } finally {
    settle?.();
    await remote.close();
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(ended, milliseconds);
    function ended(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', ended);
      resolve();
    }
    signal.addEventListener('abort', ended);
  });
}

/** A whole number of seconds. */
export function secondsOf(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9][0-9]{0,5}$/.test(value)) throw new UserError(`${option} must be a number of seconds, got '${value}'`);
  return Number(value);
}
