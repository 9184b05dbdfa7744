import type {
  GroupMemberFacts,
  HeartbeatClusterFacts,
  LinkFacts,
  ResourceGroupFacts,
  TimingFacts,
} from '../../topology/cluster';
import { lookup, type TopologyLookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { ReportBlock, ReportSection } from './document';
import { duration } from './duration';

/** One section per cluster: nodes, heartbeat paths, times, fencing, and what starts in which order. */
export function clusterSections(topology: Topology): ReportSection[] {
  const found = lookup(topology);
  return topology.clusters.map((cluster) => ({
    title: `Cluster ${cluster.name}`,
    blocks: [
      {
        kind: 'table',
        head: ['what', 'value'],
        rows: [
          ['nodes', cluster.nodes.map((node) => found.host(node).name).join(', ')],
          ['use of the nodes', cluster.standby === 'cold' ? 'cold standby: one works' : 'hot standby: both work'],
          ['heartbeat paths', cluster.links.map((link) => linkText(link, found)).join('; ') || 'none'],
          ...times(cluster.timing),
          ['auto_failback', cluster.autoFailback],
          ['fencing', cluster.fencing.map((id) => fencing(topology, id)).join('; ') || 'none'],
          ['outdated copies are marked (dopd)', cluster.dopd ? 'yes' : 'no'],
          ['services are watched', monitoring(cluster)],
        ],
      },
      ...cluster.groups.flatMap((group): ReportBlock[] => [
        { kind: 'subtitle', text: `Group ${group.name}, at home on ${found.host(group.preferred).name}` },
        { kind: 'text', text: startText(group) },
        { kind: 'numbered', items: group.members.map((member) => memberText(member, found)) },
      ]),
    ],
  }));
}

function startText({ start }: ResourceGroupFacts): string {
  return start === 'in-turn'
    ? 'Start order; it stops in reverse order.'
    : 'Start order; it stops in reverse order. DRBD resources become primary with one command; file systems are mounted at the same time, unless one lies below another; services start at the same time, each after those that it requires.';
}

function linkText(link: LinkFacts, found: TopologyLookup): string {
  const ends =
    link.kind === 'serial'
      ? link.ends.map((end) => `${found.host(end.host).name} ${end.device}`)
      : link.ends.map((end) => `${found.host(end.host).name} ${end.interface}`);
  const network =
    link.kind !== 'serial' && link.network !== undefined ? ` over ${found.network(link.network).name}` : '';
  return `${link.kind}${network} (${ends.join(', ')})`;
}

function times(timing: TimingFacts): [string, string][] {
  return (['keepalive', 'warntime', 'deadtime', 'initdead'] as const).flatMap((name): [string, string][] => {
    const value = timing[name];
    return value === undefined ? [] : [[name, duration(value)]];
  });
}

function fencing(topology: Topology, id: string): string {
  const device = topology.fencingDevices.find((candidate) => candidate.id === id);
  return device ? `${device.name} (${device.plugin}) for ${device.fences.join(', ')}` : id;
}

function monitoring(cluster: HeartbeatClusterFacts): string {
  const facts = cluster.monitoring;
  return facts
    ? `every ${duration(facts.interval)}, ${facts.restartsBeforeSwitch} restarts an hour before a switch`
    : 'no';
}

function memberText(member: GroupMemberFacts, found: TopologyLookup): string {
  switch (member.kind) {
    case 'address':
      return `address ${member.address}${member.prefixLength === undefined ? '' : `/${member.prefixLength}`}`;
    case 'activation':
      return `DRBD resource ${found.drbdResource(member.resource).name} becomes primary`;
    case 'mount':
      return `mount ${member.device} on ${member.directory} (${member.fileSystem})`;
    case 'service':
      return `service ${found.service(member.service).name} (${found.service(member.service).unit})`;
    case 'other':
      return `script ${[member.script, ...member.arguments].join('::')}`;
  }
}
