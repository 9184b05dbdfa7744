import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { rejoin } from '../../operate/directory/rejoin/rejoin';
import { timeStamp } from '../../operate/time-stamp';
import type { DirectoryOptions } from '../directory-options';
import { directoryWork } from '../directory-servers';
import type { Io } from '../io';
import { operate, secondsOf, type OperateOptions } from '../operate';
import { fileError } from '../user-error';

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
      save: (ldif) => {
        const time = timeStamp(io.date?.() ?? new Date());
        const file = save ?? `${topology.name}-${server}-${time}.ldif`;
        try {
          // Entries hold passwords. What is there already may be of the last time.
          writeFileSync(path.resolve(io.directory, file), ldif, { mode: 0o600, flag: 'wx' });
        } catch (error) {
          throw fileError('cannot write', file, error);
        }
        return file;
      },
    }),
  );
}
