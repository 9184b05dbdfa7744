import type { FencingDeviceFacts, HeartbeatClusterFacts, LinkFacts, NetworkLinkFacts } from '../../topology/cluster';
import { fencingDevicesOf, issuerOf } from '../../topology/fencing';
import { lookup } from '../../topology/lookup';
import { secretMarker } from '../../topology/secret';
import type { Topology } from '../../topology/topology';
import type { EntityId, Milliseconds } from '../../topology/units';
import { clusterOf } from './cluster-of';
import { delayedPlugin } from '../../topology/stonith-plugins';
import { isDelayed } from '../stonith/build';
import { BEFORE_MEDIA } from './directives';
import { refuse } from './refuse';
import { directive, type HaCf, type HaCfDirective } from './syntax';
import { formatTime } from './time';

/** Where Debian's heartbeat keeps the peer outdater of DRBD. */
const DOPD = '/usr/libexec/heartbeat/dopd';

/**
 * ha.cf(5) of one node: its paths name the other node's address (E7), all times are explicit (E9), and what heartbeat
 * applies to media stands before them. Empty for a host that is no node.
 * @throws FormatError for facts that the format can not hold
 */
export function build(topology: Topology, host: EntityId): HaCf {
  const cluster = clusterOf(topology, host);
  if (!cluster) return { items: [] };
  const names = lookup(topology);
  return {
    items: [
      directive('logfile', '/var/log/ha-log'),
      directive('debugfile', '/dev/null'),
      ...times(cluster),
      directive('udpport', cluster.udpPort),
      ...baud(cluster),
      ...extraDirectives(cluster, true),
      ...cluster.links.flatMap((link) => media(link, host)),
      directive('auto_failback', cluster.autoFailback),
      ...cluster.nodes.map((node) => directive('node', names.host(node).name)),
      ...(cluster.dopd ? peerOutdater() : []),
      ...fencingDevicesOf(topology, cluster).map((device) => fencing(topology, cluster, device)),
      ...extraDirectives(cluster, false),
    ],
  };
}

function times({ timing }: HeartbeatClusterFacts): readonly HaCfDirective[] {
  const time = (name: string, value: Milliseconds | undefined): HaCfDirective[] =>
    value === undefined ? [] : [directive(name, formatTime(value))];
  return [
    ...time('keepalive', timing.keepalive),
    ...time('warntime', timing.warntime),
    ...time('deadtime', timing.deadtime),
    ...time('initdead', timing.initdead),
  ];
}

/** heartbeat takes one speed for all serial lines. */
function baud({ links }: HeartbeatClusterFacts): readonly HaCfDirective[] {
  const [speed, other] = [...new Set(links.flatMap((link) => (link.kind === 'serial' ? [link.baud] : [])))];
  if (other !== undefined)
    throw refuse(
      "directive 'baud'",
      'has one value for all serial lines',
      'give them the same speed',
      `${speed}, ${other}`,
    );
  return speed === undefined ? [] : [directive('baud', speed)];
}

function media(link: LinkFacts, host: EntityId): readonly HaCfDirective[] {
  if (link.kind === 'serial')
    return link.ends.filter((end) => end.host === host).map((end) => directive('serial', end.device));
  const own = link.ends.find((end) => end.host === host);
  if (!own) return [];
  switch (link.kind) {
    case 'bcast':
      return [directive('bcast', own.interface)];
    case 'mcast':
      return [multicast(link, own.interface)];
    case 'ucast':
      return link.ends.filter((end) => end.host !== host).map((end) => unicast(own.interface, end.host, end.address));
  }
}

function unicast(ownInterface: string, peer: EntityId, address: string | undefined): HaCfDirective {
  if (address === undefined)
    throw refuse("directive 'ucast'", 'needs the address of the other node', 'give its interface an address', peer);
  return directive(address.includes(':') ? 'ucast6' : 'ucast', ownInterface, address);
}

function multicast({ multicast: target }: NetworkLinkFacts, ownInterface: string): HaCfDirective {
  if (!target) throw refuse("directive 'mcast'", 'needs a group, a port and a ttl', 'give them', ownInterface);
  const name = target.group.includes(':') ? 'mcast6' : 'mcast';
  return directive(name, ownInterface, target.group, target.port, target.ttl, target.loop);
}

// dopd(8) runs as the user of the cluster and reaches heartbeat through its API.
const peerOutdater = (): readonly HaCfDirective[] => [
  directive('respawn', 'hacluster', DOPD),
  directive('apiauth', 'dopd', 'gid=haclient', 'uid=hacluster'),
];

function fencing(topology: Topology, cluster: HeartbeatClusterFacts, device: FencingDeviceFacts): HaCfDirective {
  const from = issuerOf(cluster, device);
  const values = device.parameters.map((parameter) =>
    'secret' in parameter ? secretMarker(parameter.secret) : parameter.value,
  );
  const plugin = isDelayed(cluster, device) ? delayedPlugin(device.plugin) : device.plugin;
  return directive('stonith_host', from ? lookup(topology).host(from).name : '*', plugin, ...values);
}

/** Directives outside the model; those that media read must come before them. */
const extraDirectives = (
  { extraDirectives: all }: HeartbeatClusterFacts,
  beforeMedia: boolean,
): readonly HaCfDirective[] =>
  all
    .filter(({ name }) => BEFORE_MEDIA.has(name) === beforeMedia)
    .map(({ name, value }) => directive(name, ...value.split(' ').filter((word) => word !== '')));
