import { restore } from '../../operate/restore/restore';
import type { Io } from '../io';
import { operate, secondsOf, type OperateOptions } from '../operate';

/** What `tandem restore` is told. */
export interface RestoreOptions extends OperateOptions {
  readonly service?: string;
  readonly from: string;
  readonly on?: string;
  readonly replace?: boolean;
  readonly show?: boolean;
  readonly timeout?: string;
}

/** Fills stores from their dumps. Gives the exit code. */
export function restoreCommand(deployment: string, options: RestoreOptions, io: Io): Promise<number> {
  const { service, from, on, replace = false, show = false } = options;
  const timeout = secondsOf('--timeout', options.timeout);
  return operate(deployment, { ...options, yes: options.yes || show }, io, (operation, topology) =>
    restore(operation, topology, { service, from, on, replace, show, timeout }),
  );
}
