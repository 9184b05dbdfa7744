import { refill } from '../../operate/directory/refill/refill';
import type { DirectoryOptions } from '../directory-options';
import { directoryWork } from '../directory-servers';
import type { Io } from '../io';
import { operate, secondsOf, type OperateOptions } from '../operate';

/** What `tandem refill` is told. */
export interface RefillOptions extends OperateOptions, DirectoryOptions {
  readonly from: string;
  readonly directory?: string;
  readonly timeout?: string;
}

/** Makes the copy of a server anew. Gives the exit code. */
export function refillCommand(deployment: string, server: string, options: RefillOptions, io: Io): Promise<number> {
  const { directory, from } = options;
  const timeout = secondsOf('--timeout', options.timeout);
  return operate(deployment, options, io, (operation, topology) =>
    refill(directoryWork(deployment, options, io, operation, topology), { server, from, directory, timeout }),
  );
}
