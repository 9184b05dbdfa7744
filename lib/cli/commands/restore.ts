import { restoreDirectory } from '../../operate/directory/restore/restore';
import { restore } from '../../operate/restore/restore';
import type { Topology } from '../../topology/topology';
import type { DirectoryOptions } from '../directory-options';
import { directoryWork } from '../directory-servers';
import type { Io } from '../io';
import { operate, secondsOf, type OperateOptions } from '../operate';
import { UserError } from '../user-error';

/** What `tandem restore` is told. */
export interface RestoreOptions extends OperateOptions, DirectoryOptions {
  readonly service?: string;
  readonly directory?: string;
  readonly from: string;
  readonly on?: string;
  readonly replace?: boolean;
  readonly show?: boolean;
  readonly timeout?: string;
}

/** Fills stores or a directory from their dumps. Gives the exit code. */
export function restoreCommand(deployment: string, options: RestoreOptions, io: Io): Promise<number> {
  const { service, directory, from, on, replace = false, show = false } = options;
  const timeout = secondsOf('--timeout', options.timeout);
  return operate(deployment, { ...options, yes: options.yes || show }, io, (operation, topology) =>
    isDirectory(topology, options)
      ? restoreDirectory(directoryWork(deployment, options, io, operation, topology), {
          ...{ directory, from, replace, show, timeout },
        })
      : restore(operation, topology, { service, from, on, replace, show, timeout }),
  );
}

/**
 * A directory is meant, and no service of a cluster.
 * @throws UserError for options of the other kind
 */
function isDirectory(topology: Topology, { service, directory, on }: RestoreOptions): boolean {
  const meant = directory !== undefined || (topology.backups.length === 0 && topology.directoryBackups.length > 0);
  const other = [...(service === undefined ? [] : ['--service']), ...(on === undefined ? [] : ['--on'])];
  if (meant && other.length > 0)
    throw new UserError(`${other.join(' and ')} is for services of a cluster, and this is a directory; leave it out`);
  return meant;
}
