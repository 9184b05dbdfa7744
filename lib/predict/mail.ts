import type { MailPairFacts, MailServerFacts } from '../topology/mail';
import { mailGraph } from '../topology/mail-graph';
import { equalShare, peakLookups, peakMessages, peakVolume, sustainedShare, workloadOf } from '../topology/mail-load';
import { replicationGraph } from '../topology/replication-graph';
import type { Topology } from '../topology/topology';
import type { BytesPerSecond, EntityId } from '../topology/units';
import type { Interval } from './interval';
import type { ServiceOutcome } from './outcome';
import { takeoverByWatch } from './mail-containers';
import { predict } from './predict';
import { defaultStepTimes, type StepTimes } from './step-times';

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
  /** From the last sign of life to the first delivery from the queue by the survivor; absent: nobody takes it, or it is not known. */
  readonly queueDelivered?: Interval;
  /**
   * How long nobody accepts mail: what the survivor writes waits until the lost host is fenced or its copies are marked as
   * outdated (X4), or until a person helps; absent: it goes on at once.
   */
  readonly standstill?: Interval | 'until-mended';
  /** Accepted messages that are lost: none where the survivor reaches the queue (S4), the last ones where copies lag behind. */
  readonly lostMessages: 'none' | 'last' | 'queue';
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

/**
 * What the loss of each host of a pair does. Where Heartbeat moves the queues it is what `predict` says of a power cut.
 * @param times @default - `defaultStepTimes`
 */
export function mailHostLosses(
  topology: Topology,
  pair: MailPairFacts,
  times: StepTimes = defaultStepTimes,
): readonly MailHostLoss[] {
  const graph = mailGraph(topology);
  const { configuration } = pair;
  return graph.serversOf(pair).map((server): MailHostLoss => {
    const { host, processLimit, queue } = server;
    const survivor = graph.serversOf(pair).find((one) => one.host !== host);
    const [outcome, own] = queueOutcomes(topology, [server, survivor], host, times);
    const reached = survivor !== undefined && queue.storage.kind !== 'local';
    const taken = reached && (outcome === undefined || outcome.state === 'interrupted');
    const queueDelivered = taken ? (outcome?.timeline?.total ?? takeoverByWatch(topology, pair)) : undefined;
    const loss = {
      host,
      ...(survivor ? { survivor: survivor.id } : {}),
      ...(queueDelivered ? { queueDelivered } : {}),
      ...standstillOf(own),
      lostMessages: reached ? lostOf(outcome) : 'queue',
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

/** What becomes of the queues of some servers when a host loses power; undefined where Heartbeat does not move them. */
function queueOutcomes(
  topology: Topology,
  servers: readonly (MailServerFacts | undefined)[],
  lost: EntityId,
  times: StepTimes,
): readonly (ServiceOutcome | undefined)[] {
  const moved = servers.map((server) =>
    topology.services.find(({ settings }) => settings.kind === 'mail-server' && settings.server === server?.id),
  );
  if (moved.every((service) => service === undefined)) return [];
  const { services } = predict(topology, { kind: 'node-power-cut', host: lost }, times);
  return moved.map((service) => services.find((one) => one.service === service?.id));
}

function standstillOf(own: ServiceOutcome | undefined): Pick<MailHostLoss, 'standstill'> {
  if (own?.state === 'down') return { standstill: 'until-mended' };
  return own?.timeline ? { standstill: own.timeline.total } : {};
}

function lostOf(outcome: ServiceOutcome | undefined): MailHostLoss['lostMessages'] {
  if (outcome === undefined || outcome.dataAtRisk.kind === 'none') return 'none';
  return outcome.dataAtRisk.kind === 'last-writes' ? 'last' : 'queue';
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
