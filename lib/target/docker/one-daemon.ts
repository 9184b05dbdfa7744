import type { RuleFinding } from '../../check/rule';
import { membersOf } from '../../topology/replication-graph';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { DaemonHosts } from './daemons';

const OWN_DAEMON = 'give each a daemon of its own (DockerTarget, daemons)';

/** A volume with a queue is on one daemon. */
const OWN_QUEUES = 'deploy the pair with SshTarget and DRBD queues';

/** Members of a group, or a pair of mail servers, that end together, with their daemon (F6, F29). */
export function oneDaemon(topology: Topology, daemons: readonly DaemonHosts[]): readonly RuleFinding[] {
  const hostOf = new Map(
    [...topology.directoryServers, ...topology.mailServers].map((server) => [server.id, server.host]),
  );
  const groups = [
    ...topology.failoverGroups.map((group) => ({ path: group.path, servers: membersOf(group), apart: OWN_DAEMON })),
    ...topology.multiMasterGroups.map(({ path, suppliers }) => ({ path, servers: suppliers, apart: OWN_DAEMON })),
    ...topology.mailPairs.map(({ path, servers }) => ({ path, servers, apart: OWN_QUEUES })),
  ];
  return groups.flatMap(({ path, servers, apart }) =>
    daemons.flatMap(({ name, hosts }): readonly RuleFinding[] => {
      const together = membersOn(hosts, servers, hostOf);
      if (together.length < 2) return [];
      return [
        {
          path,
          problem: `members of one group are containers of one daemon, '${name}', and end together with it`,
          value: together.map((host) => host.name).join(', '),
          remedy: `${apart}, or acknowledge it for a laboratory`,
        },
      ];
    }),
  );
}

function membersOn(
  hosts: readonly HostFacts[],
  servers: readonly EntityId[],
  hostOf: ReadonlyMap<EntityId, EntityId>,
): readonly HostFacts[] {
  const members = new Set(servers.map((server) => hostOf.get(server)));
  return hosts.filter(({ id }) => members.has(id));
}
