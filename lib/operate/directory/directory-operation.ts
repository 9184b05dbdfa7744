import type { DirectoryFacts, FailoverGroupFacts } from '../../topology/replication';
import { membersOf } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { LdapEntry, LdapServers } from '../ldap/session';
import { RefusedError, type Operation } from '../pair/operation';
import type { SecretValues } from './administrator';
import { failoverGroupOf } from './copies';

/** What an operation on running directory servers works with. */
export interface DirectoryOperation {
  readonly operation: Operation;
  readonly topology: Topology;
  readonly servers: LdapServers;
  readonly secrets: SecretValues;
  /** The rendered `cn=config` of a server; undefined where it is not at hand. */
  readonly rendered: (server: EntityId) => readonly LdapEntry[] | undefined;
}

/** A directory and its failover group. */
export interface Switchable {
  readonly directory: DirectoryFacts;
  readonly group: FailoverGroupFacts;
}

/**
 * The directory that is meant: by its name, or the only one that a server is a member of.
 * @throws RefusedError
 */
export function switchableOf(topology: Topology, server: string, name: string | undefined): Switchable {
  const id = topology.directoryServers.find((one) => one.name === server)?.id;
  const refused = (reason: string): RefusedError => new RefusedError('nothing was changed', [reason]);
  if (id === undefined)
    throw refused(
      `there is no directory server '${server}'; there are ${topology.directoryServers.map((one) => one.name).join(', ')}`,
    );
  if (name !== undefined) {
    const directory = topology.directories.find((one) => one.name === name);
    if (!directory)
      throw refused(
        `there is no directory '${name}'; there are ${topology.directories.map((one) => one.name).join(', ')}`,
      );
    const group = failoverGroupOf(topology, directory);
    if (!group) throw refused(`directory ${name} has no failover group: there is no master to move`);
    return { directory, group };
  }
  const all = topology.directories.flatMap((directory) => {
    const group = failoverGroupOf(topology, directory);
    return group ? [{ directory, group }] : [];
  });
  const own = all.filter(({ group }) => membersOf(group).includes(id));
  const [first, second] = own.length > 0 ? own : all;
  if (!first) throw refused('no directory has a failover group: there is no master to move');
  if (second)
    throw refused(
      `${server} is a member for several directories (${own.map(({ directory }) => directory.name).join(', ')}); name one with --directory`,
    );
  return first;
}

/** `--directory NAME`, where it is needed. */
export function directoryOption(topology: Topology, { directory }: Switchable): string {
  return topology.failoverGroups.length > 1 ? ` --directory ${directory.name}` : '';
}
