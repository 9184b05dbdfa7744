import type { HeartbeatClusterFacts } from '../../../topology/cluster';
import { lookup } from '../../../topology/lookup';
import { sortedUnique } from '../../../topology/order';
import type { Topology } from '../../../topology/topology';
import type { HostLook, ReachedHost } from '../facts';
import { listText, type StatusFinding } from './finding';
import { waitingFor } from './waiting';

/** A machine that calls itself otherwise is another one, or one that heartbeat does not take for a node. */
export function nameFindings(topology: Topology, looks: readonly HostLook[]): readonly StatusFinding[] {
  return looks.flatMap((look): readonly StatusFinding[] => {
    const name = look.reached ? look.state.hostname : undefined;
    if (name === undefined || name === look.name) return [];
    return [
      {
        severity: 'failed',
        id: 'host/name',
        path: lookup(topology).host(look.host).path,
        hosts: [look.name],
        problem: `the machine that answers for ${look.name} calls itself ${name}`,
        remedy: 'correct its address in the stack or in the configuration of ssh, or its name: hostnamectl hostname',
      },
    ];
  });
}

/** Hosts that could not be looked at. */
export function unreachedFindings(topology: Topology, looks: readonly HostLook[]): readonly StatusFinding[] {
  return looks.flatMap((look): readonly StatusFinding[] =>
    look.reached
      ? []
      : [
          {
            severity: 'unknown',
            id: 'host/unreached',
            path: lookup(topology).host(look.host).path,
            hosts: [look.name],
            problem: `nothing is known of ${look.name}: ${look.reason}`,
            remedy: 'see whether it runs, and whether ssh lets you in',
          },
        ],
  );
}

/** Nodes of the cluster as they see each other, and the paths between them: what is lost here is missing at the next fault. */
export function membershipFindings(
  topology: Topology,
  cluster: HeartbeatClusterFacts,
  looks: readonly HostLook[],
): readonly StatusFinding[] {
  const nodes = looks.filter((look): look is ReachedHost => look.reached && cluster.nodes.includes(look.host));
  const finding = (id: string, hosts: readonly string[], problem: string, remedy: string): StatusFinding => ({
    severity: 'degraded',
    id: `cluster/${id}`,
    path: cluster.path,
    hosts: sortedUnique(hosts),
    problem,
    remedy,
  });
  return nodes.flatMap((look) => {
    const { heartbeat } = look.state;
    const waiting = waitingFor(look.state);
    if (waiting)
      return [
        finding(
          'waiting',
          [look.name],
          `${waiting} on ${look.name} waits until it sees the other node: ${look.name} is no standby`,
          'start the other node, or mend the paths between them',
        ),
      ];
    if (heartbeat.unit !== 'active')
      return [
        finding(
          'not-running',
          [look.name],
          `heartbeat is ${heartbeat.unit} on ${look.name}: ${look.name} is no standby`,
          `systemctl start heartbeat on ${look.name}; its log is /var/log/ha-log`,
        ),
      ];
    const others = cluster.nodes.map((id) => lookup(topology).host(id).name).filter((name) => name !== look.name);
    const gone = others.filter((name) => heartbeat.nodes[name] !== 'active');
    if (gone.length > 0) {
      const states = gone.map((name) => `${name} ${heartbeat.nodes[name] ?? 'unknown'}`);
      return [
        finding(
          'no-standby',
          gone,
          `no standby: ${look.name} has no other node in the cluster (${states.join(', ')})`,
          `start ${listText(gone)}, or mend the paths between them; until then the next fault ends the services`,
        ),
      ];
    }
    const dead = Object.entries(heartbeat.links).flatMap(([link, state]) => (state === 'up' ? [] : [link]));
    if (dead.length === 0) return [];
    const left = Object.keys(heartbeat.links).length - dead.length;
    return [
      finding(
        'link-down',
        [look.name],
        `${look.name} hears nothing over the heartbeat ${dead.length > 1 ? 'paths' : 'path'} ${listText(dead)}; ${left} of ${left + dead.length} left`,
        'mend the cable or the switch; when the last one goes, the nodes shoot each other',
      ),
    ];
  });
}

/** Seconds that the clocks of two nodes may differ. */
const CLOCK_LIMIT = 0.5;

/** Clocks that go apart make logs, mail and tickets lie. */
export function clockFindings(topology: Topology, looks: readonly HostLook[]): readonly StatusFinding[] {
  const reached = looks.filter((look): look is ReachedHost => look.reached);
  const unsynchronised = reached.filter(
    (look) => lookup(topology).host(look.host).timeServers.length > 0 && look.state.clock.chrony?.synchronised !== true,
  );
  const names = unsynchronised.map((look) => look.name);
  return [
    ...reached.flatMap((a, index) =>
      reached.slice(index + 1).flatMap((b): readonly StatusFinding[] => {
        const difference = Math.abs(a.state.clock.offset - b.state.clock.offset);
        // Less than the question itself took is no difference that was seen.
        if (difference - a.state.clock.uncertainty - b.state.clock.uncertainty <= CLOCK_LIMIT) return [];
        return [
          {
            severity: 'degraded',
            id: 'clock/apart',
            path: topology.path,
            hosts: sortedUnique([a.name, b.name]),
            problem: `the clocks of ${a.name} and ${b.name} are ${difference.toFixed(1)} s apart`,
            remedy: 'see with chronyc tracking on both which one is wrong, and chronyc makestep there',
          },
        ];
      }),
    ),
    ...(names.length === 0
      ? []
      : [
          {
            severity: 'notice' as const,
            id: 'clock/alone',
            path: topology.path,
            hosts: sortedUnique(names),
            problem: `no time server keeps the ${names.length > 1 ? 'clocks' : 'clock'} of ${listText(names)}`,
            remedy: 'see chronyc sources there',
          },
        ]),
  ];
}
