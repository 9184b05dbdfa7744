import type {
  AutoFailback,
  HeartbeatClusterFacts,
  MonitoringFacts,
  StandbyMode,
  TimingFacts,
} from '../topology/cluster';
import { by } from '../topology/order';
import { secretPrefix } from './drbd-defaults';
import type { Entity } from './entity';
import type { FencingDevice } from './fencing-device';
import type { Host } from './host';
import { linkFacts, type Link } from './link';
import type { ResourceGroup } from './resource-group';
import { sortedIds } from './sorted';
import type { TopologyParts } from './topology-parts';
import { Duration } from './values/duration';
import { SecretRef } from './values/secret-ref';

/** Times of ha.cf(5). Those that are absent follow from the others. */
export interface TimingProps {
  /** Time between heartbeats. @default 1 second, or a tenth of `deadtime` if that is less */
  readonly keepalive?: Duration;
  /** Silence that is worth a warning in the log. @default half of `deadtime` */
  readonly warntime?: Duration;
  /** Silence after which a node counts as dead: the detection part of every outage. @default 10 seconds */
  readonly deadtime?: Duration;
  /** `deadtime` after a boot. @default twice `deadtime`, or boot plus link-up time of the slower node if that is more */
  readonly initdead?: Duration;
}

/** Watching of services; Heartbeat by itself watches nodes only (E15). */
export interface MonitoringProps {
  /** Time between two probes of a service. @default 10 seconds */
  readonly interval?: Duration;
  /** A probe that takes longer has failed. @default 10 seconds */
  readonly timeout?: Duration;
  /** Restarts within an hour before the group goes to the other node. @default 3 */
  readonly restartsBeforeSwitch?: number;
}

/** Properties that every pair of nodes under Heartbeat has. */
export interface ClusterProps {
  /** The two nodes, in the order of ha.cf. */
  readonly hosts: readonly Host[];
  /** Paths for heartbeats: networks, or `ucast()`, `bcast()`, `mcast()`, `serial()`. Two that fail apart are needed (X20). */
  readonly links: readonly Link[];
  /** Devices that reset a node before its services start on the other (X4). @default - none, an error with replicated storage */
  readonly fencing?: readonly FencingDevice[];
  /**
   * How long a node that runs less than the other waits before it resets it: of two nodes that do not hear each other the
   * one that works wins (X4). It lengthens every takeover. Zero lets both shoot at once.
   * @default 5 seconds
   */
  readonly fencingDelay?: Duration;
  /**
   * Whether a node that sees no peer at boot starts the groups by itself. A node that was reset while all paths are cut
   * would then reset the one that works, in turns. Without it a lone node waits for its peer or for an operator.
   * @default false
   */
  readonly startsAlone?: boolean;
  /** @default - see `TimingProps` */
  readonly timing?: TimingProps;
  /**
   * Cold standby: one node works (X1); hot standby: both do (X6). Hot standby uses the second machine, and is no better for
   * availability: the loss of either node interrupts something (X8).
   * @default 'cold'
   */
  readonly standby?: StandbyMode;
  /** Whether groups go back to their preferred node by themselves. @default 'off' */
  readonly autoFailback?: AutoFailback;
  /** @default 694 */
  readonly udpPort?: number;
  /** How heartbeats are signed. @default 'sha1', the strongest that Heartbeat has */
  readonly authenticationMethod?: 'sha1' | 'md5' | 'crc';
  /** Key of the signature. @default - a secret named after the deployment and the cluster */
  readonly authenticationKey?: SecretRef;
  /** `false` leaves services unwatched. @default - on, see `MonitoringProps` */
  readonly monitoring?: MonitoringProps | false;
  /**
   * Whether the outdater of DRBD runs beside the cluster.
   * @default - when a DRBD resource of a group fences by it
   */
  readonly dopd?: boolean;
  /** Directives of ha.cf(5) outside this list, in order; the report lists them. @default - none */
  readonly extraDirectives?: readonly { readonly name: string; readonly value: string }[];
}

/** The facts of the cluster that a construct is, with all defaults. */
export function clusterFacts(
  parts: TopologyParts,
  { entityId, name, node: { path }, deployment }: Entity,
  props: ClusterProps,
  groups: readonly ResourceGroup[],
): HeartbeatClusterFacts {
  const method = props.authenticationMethod ?? 'sha1';
  const key =
    props.authenticationKey ?? SecretRef.named(`${secretPrefix(deployment.name)}_${secretPrefix(name)}_heartbeat`);
  const extraDirectives = props.extraDirectives ?? [];
  parts.options(path, 'ha.cf', Object.fromEntries(extraDirectives.map((one) => [one.name, one.value])));
  return {
    id: entityId,
    path,
    name,
    standby: props.standby ?? 'cold',
    nodes: props.hosts.map((host) => host.entityId),
    links: props.links.map((link) => linkFacts(link, props.hosts)),
    timing: timingFacts(parts, props),
    udpPort: props.udpPort ?? 694,
    autoFailback: props.autoFailback ?? 'off',
    authentication: {
      method,
      secret: method === 'crc' ? undefined : parts.secret(key, 'cluster nodes sign their heartbeats', path),
    },
    fencing: sortedIds(props.fencing ?? []),
    fencingDelay: (props.fencingDelay ?? Duration.seconds(5)).inMilliseconds,
    startsAlone: props.startsAlone ?? false,
    dopd: props.dopd ?? deployment.drbdVersion !== '0.7',
    monitoring: monitoringFacts(props),
    groups: groups.map((group) => group.groupFacts()).sort(by((group) => group.name)),
    extraDirectives,
  };
}

function timingFacts(parts: TopologyParts, { timing = {}, hosts }: ClusterProps): TimingFacts {
  const deadtime = (timing.deadtime ?? Duration.seconds(10)).inMilliseconds;
  const nodes = new Set(hosts.map((host) => host.entityId));
  const startUp = parts.hosts.filter((host) => nodes.has(host.id)).map((host) => host.bootTime + host.linkUpTime);
  return {
    keepalive: timing.keepalive?.inMilliseconds ?? Math.min(1000, Math.round(deadtime / 10)),
    warntime: timing.warntime?.inMilliseconds ?? Math.round(deadtime / 2),
    deadtime,
    initdead: timing.initdead?.inMilliseconds ?? Math.max(2 * deadtime, ...startUp),
  };
}

function monitoringFacts({ monitoring = {} }: ClusterProps): MonitoringFacts | undefined {
  if (monitoring === false) return undefined;
  return {
    interval: (monitoring.interval ?? Duration.seconds(10)).inMilliseconds,
    timeout: (monitoring.timeout ?? Duration.seconds(10)).inMilliseconds,
    restartsBeforeSwitch: monitoring.restartsBeforeSwitch ?? 3,
  };
}
