import { rejoin } from '../../operate/directory/rejoin/rejoin';
import type { DirectoryOptions } from '../directory-options';
import { directoryWork } from '../directory-servers';
import type { Io } from '../io';
import { operate, secondsOf, type OperateOptions } from '../operate';
import { saveLdif } from '../save-ldif';

/** What `tandem rejoin` is told. */
export interface RejoinOptions extends OperateOptions, DirectoryOptions {
  readonly directory?: string;
  readonly save?: string;
  readonly show?: boolean;
  readonly timeout?: string;
}

/** Makes a master that returned a mirror. Gives the exit code. */
export function rejoinCommand(deployment: string, server: string, options: RejoinOptions, io: Io): Promise<number> {
  const { directory, save, show = false } = options;
  const timeout = secondsOf('--timeout', options.timeout);
  return operate(deployment, { ...options, yes: options.yes || show }, io, (operation, topology) =>
    rejoin(directoryWork(deployment, options, io, operation, topology), {
      ...{ server, directory, show, timeout },
      save: (ldif) => saveLdif(topology, server, ldif, io, save),
    }),
  );
}
