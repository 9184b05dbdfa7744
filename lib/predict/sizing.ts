import type { DrbdResourceFacts, DrbdVersion } from '../topology/drbd';
import type { Topology } from '../topology/topology';
import type { Bytes, BytesPerSecond, EntityId, Milliseconds } from '../topology/units';
import { lostByRestore, lostByTakeover } from './data-at-risk';
import type { Interval } from './interval';
import { NO_LOSS, type DataAtRisk } from './outcome';
import { initialState } from './pair-state';
import { predict } from './predict';
import { defaultStepTimes, type StepTimes } from './step-times';
import { storesOf } from './stores';
import { peerOf, worldOf } from './world';

/** An extent of DRBD's activity log. */
const EXTENT: Bytes = 4 * 1024 * 1024;

/** `al-extents` where nothing is written: drbd.conf(5) of each generation. */
const DEFAULT_EXTENTS: Readonly<Record<DrbdVersion, number>> = { '0.7': 127, '8.4': 1237, '9': 1237 };

/** Time to bring an amount of data over at a rate. */
export function transferTime(amount: Bytes, rate: BytesPerSecond): Milliseconds {
  return (amount / rate) * 1000;
}

/** What is brought over after a primary crashed: its active set, because it may hold writes that the peer lacks (X23). */
export function activeSet({ disk, version, volumes }: DrbdResourceFacts): Bytes {
  return (disk.alExtents ?? DEFAULT_EXTENTS[version]) * EXTENT * volumes.length;
}

/** The times in which a resource is brought up to date, at its `resync-rate`; what is not known is absent. */
export interface ResyncTimes {
  readonly resource: EntityId;
  /** After a crash of the primary. */
  readonly afterCrash?: Milliseconds;
  /** The whole size, after a disk was replaced. */
  readonly full?: Milliseconds;
}

/** The resync times of each resource alone; those of one disk follow each other. */
export function resyncTimes(topology: Topology): readonly ResyncTimes[] {
  return topology.drbdResources.map((resource) => {
    const rate = resource.disk.resyncRate;
    const sizes = resource.volumes.map(({ size }) => size);
    const size = sizes.reduce<Bytes | undefined>(
      (total, one) => (total === undefined || one === undefined ? undefined : total + one),
      0,
    );
    if (rate === undefined) return { resource: resource.id };
    return {
      resource: resource.id,
      // Never more than there is.
      afterCrash: transferTime(Math.min(activeSet(resource), size ?? Infinity), rate),
      ...(size === undefined ? {} : { full: transferTime(size, rate) }),
    };
  });
}

/** What each service with a store loses at most: its recovery point (E18: one for each store). */
export interface RecoveryPoint {
  readonly service: EntityId;
  /** When one node is lost. */
  readonly node: DataAtRisk;
  /** When both copies are lost. */
  readonly disks: DataAtRisk;
}

/** The recovery point of each service that has a store. */
export function recoveryPoints(topology: Topology): readonly RecoveryPoint[] {
  const world = worldOf(topology, defaultStepTimes);
  const state = initialState(world);
  return world.placed.flatMap((placed) => {
    const { replicated, shared, local } = storesOf(world, placed);
    if (replicated.length + shared.length + local.length === 0) return [];
    const peer = peerOf(placed.cluster, placed.group.preferred);
    return [
      {
        service: placed.service.id,
        node: peer === undefined ? NO_LOSS : lostByTakeover(world, state, placed, peer),
        disks: lostByRestore(world, placed),
      },
    ];
  });
}

/**
 * The failover time of a group: detection, fencing, every start with recovery, the client's retry. Undefined when the
 * other node would not take it over.
 */
export function failoverTime(
  topology: Topology,
  group: EntityId,
  times: StepTimes = defaultStepTimes,
): Interval | undefined {
  const facts = topology.clusters.flatMap(({ groups }) => groups).find(({ id }) => id === group);
  if (!facts) return undefined;
  const { services } = predict(topology, { kind: 'node-power-cut', host: facts.preferred }, times);
  const totals = services.flatMap((service) =>
    service.group === group && service.state === 'interrupted' && service.timeline ? [service.timeline.total] : [],
  );
  return totals.reduce<Interval | undefined>(
    (longest, total) => (longest === undefined || total.upper > longest.upper ? total : longest),
    undefined,
  );
}
