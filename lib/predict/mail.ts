import type { MailPairFacts } from '../topology/mail';
import { mailGraph } from '../topology/mail-graph';
import { equalShare, peakLookups, peakMessages, peakVolume, sustainedShare, workloadOf } from '../topology/mail-load';
import { replicationGraph } from '../topology/replication-graph';
import type { Topology } from '../topology/topology';
import type { BytesPerSecond, EntityId } from '../topology/units';

/** What each server of a pair is loaded with in the busiest second (S1, S10). */
export interface MailLoad {
  readonly server: EntityId;
  /** Messages a second while both work: equal shares (S3). */
  readonly share: number;
  /** Messages a second when the other one is lost. */
  readonly alone: number;
  /** Look-ups a second when the other one is lost. */
  readonly lookupsAlone: number;
  /** Bytes a second that it sends on alone; absent: the size of messages is not known. */
  readonly volumeAlone?: BytesPerSecond;
  /** The part of what it carries that its own share takes, 0 to 1; absent: what it carries is not known. */
  readonly used?: number;
  /** The most that this may be for ever: a half (S10). */
  readonly sustained: number;
}

/** The load of each server of a pair; none where nobody says what comes. */
export function mailLoad(topology: Topology, pair: MailPairFacts): readonly MailLoad[] {
  const load = workloadOf(topology, pair);
  if (!load) return [];
  const servers = mailGraph(topology).serversOf(pair);
  const alone = peakMessages(load);
  const share = alone * equalShare(servers.length);
  const volumeAlone = peakVolume(load);
  return servers.map(({ id, messagesPerSecond }) => ({
    server: id,
    share,
    alone,
    lookupsAlone: peakLookups(load),
    ...(volumeAlone === undefined ? {} : { volumeAlone }),
    ...(messagesPerSecond === undefined ? {} : { used: share / messagesPerSecond }),
    sustained: sustainedShare(servers.length),
  }));
}

/** What becomes of mail and of the directory behind it when a host of a pair is lost. */
export interface MailHostLoss {
  readonly host: EntityId;
  /** The server that takes all new mail and the queue; absent: nobody does. */
  readonly survivor?: EntityId;
  /** Accepted messages that are lost: none where the survivor reaches the queue (S4). */
  readonly lostMessages: 'none' | 'queue';
  /** Messages that may be delivered twice: those whose delivery was not noted yet. */
  readonly duplicates: number;
  /** Directory servers that the survivor asks, the nearest first (S6, S8); absent: there are tables. */
  readonly lookups?: readonly EntityId[];
  /**
   * What becomes of changes of the directory: `go-on` (S8), `fail` until the host is back or an operator moves the master (S6,
   * S7), `moved` by itself; absent: there are tables.
   */
  readonly writes?: 'go-on' | 'fail' | 'moved';
}

/** What the loss of each host of a pair does. */
export function mailHostLosses(topology: Topology, pair: MailPairFacts): readonly MailHostLoss[] {
  const graph = mailGraph(topology);
  const { configuration } = pair;
  return graph.serversOf(pair).map(({ host, processLimit, queue }): MailHostLoss => {
    const survivor = graph.serversOf(pair).find((one) => one.host !== host);
    const taken = survivor !== undefined && queue.storage.kind !== 'local';
    const loss = {
      host,
      ...(survivor ? { survivor: survivor.id } : {}),
      lostMessages: taken ? 'none' : 'queue',
      duplicates: taken ? processLimit : 0,
    } as const;
    if (configuration.kind === 'table' || !survivor) return loss;
    return {
      ...loss,
      lookups: graph
        .lookupServers(survivor, configuration)
        .filter((server) => server.host !== host)
        .map(({ id }) => id),
      writes: writesWithout(topology, configuration.directory, host),
    };
  });
}

function writesWithout(topology: Topology, directory: EntityId, lost: EntityId): 'go-on' | 'fail' | 'moved' {
  const graph = replicationGraph(topology);
  const suppliers = graph.replicasOf(directory).filter(({ role }) => role === 'supplier');
  if (suppliers.some(({ server }) => graph.server(server).host !== lost)) return 'go-on';
  const group = topology.failoverGroups.find((one) => one.directory === directory);
  const left = group?.mirrors.some((mirror) => graph.server(mirror).host !== lost) ?? false;
  return left && group?.decision === 'automatic' ? 'moved' : 'fail';
}

/** What is left of a farm without a site, in the part of the whole that each server then gets (S9). */
export function shareWithoutSite(topology: Topology, farm: Topology['mailFarms'][number], site: EntityId): number {
  const graph = mailGraph(topology);
  const hosts = new Map(topology.hosts.map((host) => [host.id, host]));
  const left = graph
    .pairsOf(farm)
    .flatMap(graph.serversOf)
    .filter(({ host }) => hosts.get(host)?.site !== site);
  return left.length === 0 ? Infinity : equalShare(left.length);
}
