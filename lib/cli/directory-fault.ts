import type { DirectoryFault } from '../predict/replication/directory-fault';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';
import { UserError } from './user-error';

/** Names that a command line gives. */
export interface NamedServers {
  readonly lost: readonly string[];
  readonly cutOff: readonly string[];
  readonly directory?: string;
}

/**
 * The fault that is meant, and the directory whose servers it concerns.
 * @throws UserError
 */
export function directoryFaultOf(
  topology: Topology,
  { lost, cutOff, directory }: NamedServers,
): { readonly directory: EntityId; readonly fault: DirectoryFault } {
  if (lost.length > 0 && cutOff.length > 0) throw new UserError('--lost and --cut-off are two faults; name one');
  const names = [...new Set([...lost, ...cutOff])];
  const servers = names.map((name) => {
    const server = topology.directoryServers.find((one) => one.name === name);
    if (server) return server.id;
    const known = topology.directoryServers.map((one) => one.name).join(', ') || 'none';
    throw new UserError(`no directory server '${name}' in this deployment; there are: ${known}`);
  });
  const holding = topology.directories.filter(({ id, name }) =>
    directory === undefined
      ? servers.every((server) => topology.replicas.some((one) => one.directory === id && one.server === server))
      : name === directory,
  );
  const [chosen, second] = holding;
  if (!chosen)
    throw new UserError(
      directory === undefined
        ? `no directory has copies on all of: ${names.join(', ')}`
        : `no directory '${directory}'; there are: ${topology.directories.map(({ name }) => name).join(', ')}`,
    );
  if (second)
    throw new UserError(
      `these servers have several directories (${holding.map(({ name }) => name).join(', ')}); name one with --directory`,
    );
  return { directory: chosen.id, fault: { kind: lost.length > 0 ? 'servers-lost' : 'cut-off', servers } };
}
