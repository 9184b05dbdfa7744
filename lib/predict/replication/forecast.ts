import { limitsOf } from '../../topology/engine-limits';
import { lookup } from '../../topology/lookup';
import type { ReplicationAgreementFacts } from '../../topology/replication';
import { replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import type { Bytes, EntityId, Milliseconds } from '../../topology/units';
import { bestPath, type SitePath } from '../../topology/best-path';
import { directoryGuarantees, type DirectoryGuarantees } from './guarantees';
import { pairsOf, splittingPairs, type Edge } from './failure-pairs';
import { lockedWriteTime, quorumOf, toleratedLosses } from './quorum';
import { meanReads, serversNeeded } from '../../topology/read-load';
import { windowFit, type WindowFit } from './update-time';
import { changesPerDay, volumePerDay } from './volume';

/** What one agreement sends, and whether it can. */
export interface AgreementForecast {
  readonly agreement: EntityId;
  readonly directory: string;
  /** Name of the supplier, or of the group whose master supplies. */
  readonly from: string;
  readonly to: string;
  /** Of fractional replication it is the most: how much of an entry is left out nobody said. Absent: no load is declared. */
  readonly bytesPerDay?: Bytes;
  /** `local`: both ends are on one site. `unknown`: no link between their sites is described. */
  readonly line: SitePath | 'local' | 'unknown';
  /** Absent where volume or line is not known. */
  readonly fit?: WindowFit;
}

/** What agreements send over one line in a day: how many consumers a supplier can feed (R16). */
export interface LineForecast {
  readonly link: EntityId;
  readonly name: string;
  readonly bytesPerDay: Bytes;
  /** Part of a day in which the line is busy with it; above 1 it never gets done. */
  readonly busy: number;
}

/** What the loss of servers does to a group. */
export interface GroupForecast {
  readonly group: EntityId;
  readonly name: string;
  readonly kind: 'failover' | 'available' | 'quorum';
  readonly servers: number;
  /** Servers that must be there for writes. */
  readonly needed: number;
  /** Servers that may be lost while the others still take writes; a failover group needs a person when it is the master. */
  readonly mayBeLost: number;
  /** Pairs whose loss parts the others (E34), of all pairs; names. */
  readonly splitting: readonly Edge[];
  readonly pairs: number;
  /** What a write would take at least on servers that lock it everywhere (Q6): two rounds to the slowest. */
  readonly lockedWrite?: Milliseconds;
}

/** How many servers the look-ups of a directory need. */
export interface ReadForecast {
  readonly directory: EntityId;
  readonly name: string;
  /** Look-ups a second in the mean. */
  readonly mean: number;
  readonly peak: number;
  /** With those to spare (E21, R26). */
  readonly needed: number;
  readonly servers: number;
}

/** What replication does in a deployment without faults. */
export interface ReplicationForecast {
  readonly agreements: readonly AgreementForecast[];
  readonly lines: readonly LineForecast[];
  readonly groups: readonly GroupForecast[];
  readonly reads: readonly ReadForecast[];
  readonly guarantees: readonly DirectoryGuarantees[];
}

/** The forecast of a topology: a pure function of it, empty where there are no directories. */
export function replicationForecast(topology: Topology): ReplicationForecast {
  const agreements = topology.replicationAgreements.map((agreement) => agreementForecast(topology, agreement));
  return {
    agreements,
    lines: lineForecasts(topology, agreements),
    groups: groupForecasts(topology),
    reads: readForecasts(topology),
    guarantees: directoryGuarantees(topology),
  };
}

function agreementForecast(topology: Topology, agreement: ReplicationAgreementFacts): AgreementForecast {
  const graph = replicationGraph(topology);
  const { directory, supplier, consumer, updateMode } = agreement;
  const { name, load } = graph.directory(directory);
  const bytesPerDay = load && volumePerDay(load);
  const line = slowestLine(
    topology,
    graph.suppliersOf(supplier).filter((id) => id !== consumer),
    consumer,
  );
  const ends = [...graph.suppliersOf(supplier), consumer].map((id) => graph.server(id));
  const fit =
    load && bytesPerDay !== undefined && line !== 'unknown'
      ? windowFit(updateMode, {
          bytes: bytesPerDay,
          changes: changesPerDay(load),
          ...(line === 'local' ? { roundTripTime: 0 } : { speed: line.speed, roundTripTime: line.roundTripTime }),
          stopAndWait: ends.some(({ engine, version }) => limitsOf(engine, version) === undefined),
        })
      : undefined;
  return {
    agreement: agreement.id,
    directory: name,
    from:
      supplier.kind === 'server'
        ? graph.server(supplier.server).name
        : (topology.failoverGroups.find(({ id }) => id === supplier.group)?.name ?? supplier.group),
    to: graph.server(consumer).name,
    ...(bytesPerDay === undefined ? {} : { bytesPerDay }),
    line,
    ...(fit ? { fit } : {}),
  };
}

/** The way from the supplier that is worst off: any member of a group may come to supply (F18). */
function slowestLine(
  topology: Topology,
  suppliers: readonly EntityId[],
  consumer: EntityId,
): AgreementForecast['line'] {
  const to = siteOf(topology, consumer);
  const lines = suppliers
    .map((supplier) => siteOf(topology, supplier))
    .filter((site) => site !== to)
    .map((site) => bestPath(topology.siteLinks, site, to) ?? 'unknown');
  if (lines.includes('unknown')) return 'unknown';
  return lines.reduce<SitePath | 'local'>(
    (slowest, line) => (line !== 'unknown' && (slowest === 'local' || line.time > slowest.time) ? line : slowest),
    'local',
  );
}

const siteOf = (topology: Topology, server: EntityId): EntityId =>
  lookup(topology).host(replicationGraph(topology).server(server).host).site;

function lineForecasts(topology: Topology, agreements: readonly AgreementForecast[]): readonly LineForecast[] {
  return topology.siteLinks.flatMap((link) => {
    const bytesPerDay = agreements
      .filter(({ line }) => typeof line === 'object' && line.links.some(({ id }) => id === link.id))
      .reduce((total, one) => total + (one.bytesPerDay ?? 0), 0);
    if (bytesPerDay === 0) return [];
    return [{ link: link.id, name: link.name, bytesPerDay, busy: (bytesPerDay * 8) / link.speed / 86_400 }];
  });
}

function groupForecasts(topology: Topology): readonly GroupForecast[] {
  const graph = replicationGraph(topology);
  const names = (ids: readonly EntityId[]): readonly string[] => ids.map((id) => graph.server(id).name);
  const several = topology.multiMasterGroups.map((group): GroupForecast => {
    const { directory, suppliers, partitionPolicy } = group;
    const feeds = new Set(
      graph.agreementsOf(directory).map(({ supplier, consumer }) => `${graph.supplierOf(supplier)} to ${consumer}`),
    );
    const edges = pairsOf(suppliers).filter(
      ([one, other]) => feeds.has(`${one} to ${other}`) && feeds.has(`${other} to ${one}`),
    );
    const rounds = pairsOf([...new Set(suppliers.map((id) => siteOf(topology, id)))]).map(
      ([one, other]) => bestPath(topology.siteLinks, one, other)?.roundTripTime,
    );
    const servers = suppliers.length;
    return {
      group: group.id,
      name: group.name,
      kind: partitionPolicy,
      servers,
      needed: partitionPolicy === 'quorum' ? quorumOf(servers) : 1,
      mayBeLost: partitionPolicy === 'quorum' ? toleratedLosses(servers) : servers - 1,
      splitting: splittingPairs(suppliers, edges).map((pair) => names(pair) as unknown as Edge),
      pairs: pairsOf(suppliers).length,
      ...(rounds.includes(undefined) ? {} : { lockedWrite: lockedWriteTime(rounds as readonly number[]) }),
    };
  });
  const single = topology.failoverGroups.map(({ id, name, mirrors }): GroupForecast => ({
    group: id,
    name,
    kind: 'failover',
    servers: 1 + mirrors.length,
    needed: 1,
    mayBeLost: mirrors.length,
    splitting: [],
    pairs: pairsOf([name, ...mirrors]).length,
  }));
  return [...single, ...several];
}

function readForecasts(topology: Topology): readonly ReadForecast[] {
  return topology.directories.flatMap(({ id, name, load }) => {
    if (!load?.reads) return [];
    const mean = meanReads(load.reads);
    return [
      {
        ...{ directory: id, name, mean, peak: mean * load.reads.peakFactor },
        needed: serversNeeded(load.reads),
        servers: replicationGraph(topology).replicasOf(id).length,
      },
    ];
  });
}
