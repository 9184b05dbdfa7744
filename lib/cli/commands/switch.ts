import { forcedDirectorySwitch } from '../../operate/directory/switch/forced';
import { plannedDirectorySwitch } from '../../operate/directory/switch/planned';
import { forcedSwitch } from '../../operate/switch/forced';
import { plannedSwitch } from '../../operate/switch/planned';
import type { Io } from '../io';
import { operate, secondsOf, type OperateOptions } from '../operate';
import type { Topology } from '../../topology/topology';
import type { DirectoryOptions } from '../directory-options';
import { directoryWork } from '../directory-servers';
import { UserError } from '../user-error';

/** What `tandem switch` is told. */
export interface SwitchOptions extends OperateOptions, DirectoryOptions {
  readonly to: string;
  readonly group?: string;
  readonly timeout?: string;
  readonly forced?: boolean;
  readonly confirmOff?: string;
  readonly fence?: boolean;
  readonly acceptInconsistent?: boolean;
  readonly directory?: string;
  readonly acceptLoss?: boolean;
}

/** Hands groups to a node, or makes them start there. Gives the exit code. */
export function switchCommand(deployment: string, options: SwitchOptions, io: Io): Promise<number> {
  const timeout = secondsOf('--timeout', options.timeout);
  if (!options.forced) {
    const forcedOnly = [
      ...(options.confirmOff === undefined ? [] : ['--confirm-off']),
      ...(options.fence ? ['--fence'] : []),
      ...(options.acceptInconsistent ? ['--accept-inconsistent'] : []),
      ...(options.acceptLoss ? ['--accept-loss'] : []),
    ];
    if (forcedOnly.length > 0) throw new UserError(`${forcedOnly.join(' and ')} works with --forced only; add it`);
    const { to, group, directory } = options;
    return operate(deployment, options, io, (operation, topology) =>
      isDirectory(topology, options)
        ? plannedDirectorySwitch(directoryWork(deployment, options, io, operation, topology), {
            to,
            directory,
            timeout,
          })
        : plannedSwitch(operation, topology, { to, group, timeout }),
    );
  }
  if (options.confirmOff !== undefined && options.fence)
    throw new UserError('--confirm-off and --fence exclude each other; a node that is off needs no fencing device');
  const { to, group, confirmOff, fence = false, acceptInconsistent = false } = options;
  const { directory, acceptLoss = false } = options;
  return operate(deployment, options, io, (operation, topology) =>
    isDirectory(topology, options)
      ? forcedDirectorySwitch(directoryWork(deployment, options, io, operation, topology), {
          to,
          directory,
          timeout,
          acceptLoss,
        })
      : forcedSwitch(operation, topology, { to, group, timeout, confirmOff, fence, acceptInconsistent }),
  );
}

/**
 * A server of a directory is meant, and no node of a cluster.
 * @throws UserError for options of the other kind
 */
function isDirectory(topology: Topology, options: SwitchOptions): boolean {
  const { to, directory, group, confirmOff, fence, acceptInconsistent, acceptLoss } = options;
  const node = topology.clusters.some(({ nodes }) =>
    nodes.some((id) => topology.hosts.some((host) => host.id === id && host.name === to)),
  );
  const server = topology.directoryServers.some(({ name }) => name === to);
  if (node && server && directory === undefined && group === undefined)
    throw new UserError(`${to} is a node and a directory server; say which with --group or --directory`);
  const meant =
    directory !== undefined ||
    (topology.clusters.length === 0 && topology.directories.length > 0) ||
    (server && !(node && group !== undefined));
  const other = meant
    ? [
        ...(group === undefined ? [] : ['--group']),
        ...(confirmOff === undefined ? [] : ['--confirm-off']),
        ...(fence ? ['--fence'] : []),
        ...(acceptInconsistent ? ['--accept-inconsistent'] : []),
      ]
    : [...(acceptLoss ? ['--accept-loss'] : [])];
  if (other.length > 0)
    throw new UserError(
      `${other.join(' and ')} is for ${meant ? 'clusters, and this is a directory' : 'directories, and this is a cluster'}; leave it out`,
    );
  return meant;
}
