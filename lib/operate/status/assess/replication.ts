import { lookup } from '../../../topology/lookup';
import { sortedUnique } from '../../../topology/order';
import type { DrbdResourceFacts } from '../../../topology/drbd';
import type { Topology } from '../../../topology/topology';
import { volumeKey, type HostLook, type PeerCopyState, type VolumeState } from '../facts';
import { isLinked } from './connection';
import { listText, spanText, type StatusFinding } from './finding';

/** One node's view of a volume. */
export interface VolumeView {
  readonly host: string;
  /** Absent where the volume is not configured. */
  readonly state?: VolumeState;
}

/** A volume on all hosts that answered. */
export interface VolumeStatus {
  readonly resource: string;
  readonly volume: number;
  readonly splitBrain: boolean;
  readonly views: readonly VolumeView[];
}

/** Every volume of the deployment. */
export function volumeStatuses(topology: Topology, looks: readonly HostLook[]): readonly VolumeStatus[] {
  return topology.drbdResources.flatMap((resource) =>
    resource.volumes.map((volume): VolumeStatus => {
      const views = looks
        .filter((look) => look.reached && resource.peers.some((peer) => peer.host === look.host))
        .map((look): VolumeView => {
          const state = look.reached ? look.state.volumes[volumeKey(resource.name, volume.number)] : undefined;
          return { host: look.name, state };
        });
      return { resource: resource.name, volume: volume.number, splitBrain: isSplitBrain(views), views };
    }),
  );
}

/** A side that stands alone, or two primaries: each side may have what the other lacks. */
function isSplitBrain(views: readonly VolumeView[]): boolean {
  const alone = views.some(({ state }) => state?.peers.some((peer) => peer.connection === 'StandAlone'));
  const primaries = views.filter(({ state }) => state?.role === 'Primary').length;
  const dual = views.some(
    ({ state }) => state?.role === 'Primary' && state.peers.some((peer) => peer.role === 'Primary'),
  );
  return alone || dual || primaries > 1;
}

/** What is wrong, before resources that have the same are put together. */
interface Fault {
  readonly id: string;
  readonly severity: StatusFinding['severity'];
  readonly resource: DrbdResourceFacts;
  readonly hosts: readonly string[];
  problem(names: string, are: string): string;
  remedy(names: readonly string[]): string;
}

/** What is wrong with the copies of the data: split brain first of all, then every loss of redundancy (E19). */
export function replicationFindings(topology: Topology, volumes: readonly VolumeStatus[]): readonly StatusFinding[] {
  const resources = new Map(topology.drbdResources.map((resource) => [resource.name, resource]));
  const faults = volumes.flatMap((volume) => {
    const resource = resources.get(volume.resource);
    return resource ? faultsOf(topology, resource, volume) : [];
  });
  const same = new Map<string, Fault[]>();
  for (const fault of faults) {
    const key = JSON.stringify([fault.id, fault.hosts, fault.problem('', 'is')]);
    same.set(key, [...(same.get(key) ?? []), fault]);
  }
  return [...same.values()].flatMap((list): readonly StatusFinding[] => {
    const [first] = list;
    if (!first) return [];
    const names = sortedUnique(list.map((fault) => fault.resource.name));
    return [
      {
        severity: first.severity,
        id: `drbd/${first.id}`,
        path: names.length === 1 ? first.resource.path : topology.path,
        hosts: first.hosts,
        problem: first.problem(listText(names), names.length > 1 ? 'are' : 'is'),
        remedy: first.remedy(names),
      },
    ];
  });
}

function faultsOf(topology: Topology, resource: DrbdResourceFacts, volume: VolumeStatus): readonly Fault[] {
  const nodes = resource.peers.map((peer) => lookup(topology).host(peer.host).name);
  if (volume.splitBrain) return [splitBrain(topology, resource, volume, nodes)];
  const down = volume.views.filter((view) => view.state === undefined).map((view) => view.host);
  return [
    ...(down.length > 0 ? [notConfigured(resource, down)] : []),
    ...volume.views.flatMap((view) => (view.state ? diskFault(resource, view.host, view.state) : [])),
    ...volume.views.flatMap((view) => (view.state?.suspended ? [suspended(resource, view.host, nodes)] : [])),
    ...believedOutdated(resource, volume),
    ...connectionFault(resource, volume, nodes),
  ];
}

/** A primary with `resource-and-stonith` acknowledges nothing while it does not know what its lost peer does (X4). */
function suspended(resource: DrbdResourceFacts, host: string, nodes: readonly string[]): Fault {
  const others = listText(nodes.filter((node) => node !== host));
  return {
    id: 'suspended',
    severity: 'failed',
    resource,
    hosts: [host],
    problem: (names) =>
      `writes of ${names} on ${host} wait: ${others} is lost, and neither marked as outdated nor reset yet`,
    remedy: (names) =>
      `see journalctl -t tandem-peer-outdater on ${host}, and mend the fencing device; or see that ${others} is off, then drbdadm resume-io ${names.join(' ')} on ${host}`,
  };
}

/**
 * The fence-peer handler may take a peer for dead that is not (dopd of Heartbeat 3.0.6 crashes after each request, and
 * what comes before it runs again is told that the peer is unreachable): its old copy would be promoted as if it were
 * the newest.
 */
function believedOutdated(resource: DrbdResourceFacts, { views }: VolumeStatus): readonly Fault[] {
  return views.flatMap(({ host, state }) =>
    (state?.peers ?? []).flatMap(({ peer, disk, connection }): readonly Fault[] => {
      const other = views.find((view) => view.host === peer)?.state;
      if (disk !== 'Outdated' || other?.disk !== 'UpToDate' || isLinked(connection)) return [];
      return [
        {
          id: 'not-outdated',
          severity: 'failed',
          resource,
          hosts: sortedUnique([host, peer ?? host]),
          problem: (names) =>
            `${host} takes the copy of ${names} on ${peer} for outdated, but ${peer} does not know: if ${host} fails now, ${peer} serves old data`,
          remedy: (names) =>
            `on ${peer}, where it is not in use: drbdadm outdate ${names.join(' ')}; then mend the link between them`,
        },
      ];
    }),
  );
}

function splitBrain(
  topology: Topology,
  resource: DrbdResourceFacts,
  { views }: VolumeStatus,
  nodes: readonly string[],
): Fault {
  const sides = views.map(({ host, state }) => {
    const peer = state?.peers[0];
    return `${host} ${state?.role ?? 'not configured'} ${state?.disk ?? ''} ${peer?.connection ?? ''}`.trim();
  });
  const unseen = nodes.filter((node) => !views.some((view) => view.host === node));
  const text = [...sides, ...unseen.map((node) => `${node} does not answer`)].join(', ');
  return {
    id: 'split-brain',
    severity: 'failed',
    resource,
    hosts: sortedUnique(nodes),
    problem: (names) => `split brain of ${names}: the copies do not follow each other (${text})`,
    remedy: () =>
      `decide whose writes are given up, look at both first: tandem repair split-brain ${topology.name} --discard ${listText(nodes, 'or')}`,
  };
}

function notConfigured(resource: DrbdResourceFacts, hosts: readonly string[]): Fault {
  return {
    id: 'down',
    severity: 'degraded',
    resource,
    hosts,
    problem: (names, are) => `${names} ${are} not configured on ${listText(hosts)}: there is no second copy`,
    remedy: (names) => `drbdadm up ${names.join(' ')} on ${listText(hosts)}`,
  };
}

/** A lost disk leaves a primary that looks healthy to everybody else (E19). */
function diskFault(resource: DrbdResourceFacts, host: string, { disk, role, peers }: VolumeState): readonly Fault[] {
  if (disk === 'UpToDate') return [];
  const common = { resource, hosts: [host] };
  if (disk === 'Diskless' || disk === 'Failed' || disk === 'Detaching')
    return [
      {
        ...common,
        id: 'disk-lost',
        severity: 'degraded',
        problem: (names) =>
          `${host} has lost its disk of ${names} (${disk})` +
          (role === 'Primary' ? ': it works over the network on the only copy left' : ': there is no second copy'),
        remedy: (names) =>
          `replace the disk of ${host}, then there drbdadm create-md and drbdadm attach ${names.join(', ')}, one after the other and each when the last is UpToDate` +
          (role === 'Primary' ? '; switch to the other node first' : ''),
      },
    ];
  const sync = peers.find((peer) => peer.resync);
  const waiting = peers.some((peer) => /^PausedSync/.test(peer.connection));
  if (sync || waiting)
    return [
      {
        ...common,
        id: 'resync',
        severity: 'degraded',
        problem: (names, are) =>
          `${names} on ${host} ${are} ${disk} until the resynchronisation ends (${syncText(sync)})`,
        remedy: () => `wait, and keep the other node running: ${host} cannot take over before`,
      },
    ];
  return [
    {
      ...common,
      id: 'disk-behind',
      severity: 'degraded',
      problem: (names) => `the copy of ${names} on ${host} is ${disk}: ${host} cannot take over`,
      remedy: (names) =>
        `mend the link to the other node, then drbdadm adjust ${names.join(' ')} on ${host}: it is brought up to date`,
    },
  ];
}

function syncText(peer: PeerCopyState | undefined): string {
  const { done, finish } = peer?.resync ?? {};
  if (done === undefined) return peer ? 'under way' : 'waits for its turn';
  return `${done} % done${finish === undefined ? '' : `, ${spanText(finish)} left`}`;
}

function connectionFault(
  resource: DrbdResourceFacts,
  { views }: VolumeStatus,
  nodes: readonly string[],
): readonly Fault[] {
  const seen = views.flatMap(({ host, state }) => (state?.peers ?? []).map((peer) => ({ host, peer })));
  const off = seen.filter(({ peer }) => !isLinked(peer.connection));
  if (off.length > 0) {
    const states = off.map(({ host, peer }) => `${host} ${peer.connection}`).join(', ');
    return [
      {
        id: 'disconnected',
        severity: 'degraded',
        resource,
        hosts: sortedUnique(off.map(({ host }) => host)),
        problem: (names, are) => `${names} ${are} not replicated (${states}): what is written now is on one node only`,
        remedy: (names) =>
          `mend the link between ${listText(nodes)}, or start the node that is off; then drbdadm adjust ${names.join(' ')} on both`,
      },
    ];
  }
  // What a node without its disk lacks is no difference between two copies.
  const whole = views.every(({ state }) => state?.disk === 'UpToDate');
  const different = seen.find(
    ({ peer }) =>
      whole && peer.disk === 'UpToDate' && peer.outOfSync > 0 && /^(Connected|Established)$/.test(peer.connection),
  );
  if (!different) return [];
  return [
    {
      id: 'out-of-sync',
      severity: 'degraded',
      resource,
      hosts: [different.host],
      problem: (names) =>
        `the copies of ${names} differ in ${different.peer.outOfSync} KiB, and nothing makes them equal`,
      remedy: (names) =>
        `drbdadm disconnect ${names.join(' ')} and drbdadm connect it: the blocks that differ are copied`,
    },
  ];
}
