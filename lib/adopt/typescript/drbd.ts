import type { DrbdResourceFacts, DrbdVolumeFacts } from '../../topology/drbd';
import type { ExtraOptions } from '../../topology/units';
import { call, element, list, object, property, text, type Code } from './code';
import { camelCase } from './names';
import type { StackParts } from './stack-parts';

const FIRST_PORT = 7788;

/** Adds the DRBD resources; those that the model cannot hold are named in `left`. */
export function addResources(parts: StackParts): void {
  const directories = mountPoints(parts);
  for (const resource of byOrder(parts.topology.drbdResources)) {
    const problem = refusal(resource);
    if (problem !== undefined) {
      parts.left.push(`resource ${resource.name}: ${problem}`);
      continue;
    }
    addResource(parts, resource, directories.get(resource.id) ?? []);
  }
}

/** Those that others wait for come first. */
function byOrder(resources: readonly DrbdResourceFacts[]): readonly DrbdResourceFacts[] {
  const done = new Map<string, DrbdResourceFacts>();
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  for (const resource of resources) {
    const chain: DrbdResourceFacts[] = [];
    for (
      let next: DrbdResourceFacts | undefined = resource;
      next && !done.has(next.id) && !chain.includes(next);
      next = byId.get(next.disk.resyncAfter ?? '')
    )
      chain.unshift(next);
    for (const one of chain) done.set(one.id, one);
  }
  return [...done.values()];
}

/** Why the model cannot hold a resource at all. */
function refusal(resource: DrbdResourceFacts): string | undefined {
  if (resource.peers.length !== 2)
    return `the model has resources with two hosts, this one has ${resource.peers.length}`;
  if (resource.network === undefined) return 'its addresses are no IP addresses';
  if (resource.volumes.length === 0) return 'it has no complete volume';
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/u.test(resource.name)) return 'its name is none that the model takes';
  return resource.volumes.some((volume) => volume.disks.length !== 2)
    ? 'a volume has no disk on one of the hosts'
    : undefined;
}

function mountPoints({ topology }: StackParts): ReadonlyMap<string, readonly string[]> {
  const directories = new Map<string, string[]>();
  for (const cluster of topology.clusters)
    for (const member of cluster.groups.flatMap((group) => group.members))
      if (member.kind === 'mount' && member.source.kind === 'drbd') {
        const known = directories.get(member.source.resource);
        if (known) known.push(member.directory);
        else directories.set(member.source.resource, [member.directory]);
      }
  return directories;
}

function addResource(parts: StackParts, resource: DrbdResourceFacts, directories: readonly string[]): void {
  const numbered = /^[a-z]*[-_]?\d+$/iu.test(resource.name);
  const [directory] = directories;
  const constant = parts.constants.give(...constantsFor(resource.name, numbered ? directory : undefined));
  const comments = numbered
    ? [
        `${resource.name} holds ${directory ?? 'what no group mounts'}; it keeps its name, by which DRBD knows it on both nodes`,
      ]
    : [];
  noteLosses(parts, resource);
  parts.define(
    'resource',
    resource.id,
    constant,
    call(`new ${parts.use('DrbdResource')}`, 'this', text(resource.name), properties(parts, resource)),
    ...comments,
  );
}

/** Names that say what the resource holds: the last part of its mount point, two parts when that is not enough. */
function constantsFor(name: string, directory: string | undefined): readonly string[] {
  if (directory === undefined) return [camelCase(`${name} disk`, 'disk')];
  const places = directory.split('/').filter((part) => part !== '');
  return [
    camelCase(`${places.slice(-1).join(' ')} disk`, 'disk'),
    camelCase(`${places.slice(-2).join(' ')} disk`, 'disk'),
  ];
}

function properties(parts: StackParts, resource: DrbdResourceFacts): Code | undefined {
  const { startup, disk, net, peers, volumes } = resource;
  const wait = (time: number | 'infinite' | undefined): string | undefined =>
    time === undefined ? undefined : time === 'infinite' ? text(time) : parts.duration(time);
  const time = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : parts.duration(value);
  const number = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value));
  const word = (value: string | undefined): string | undefined => (value === undefined ? undefined : text(value));
  const port = peers[0]?.port ?? 0;
  const [first] = volumes;
  const modern = resource.version !== '0.7';
  return object(
    property('hosts', list(peers.map((peer) => element(parts.constantOf('host', peer.host) ?? '')))),
    property('network', parts.constantOf('network', resource.network ?? '')),
    property('port', String(port)),
    ...(volumes.length === 1 && first
      ? [
          property('minor', first.minor === port - FIRST_PORT ? undefined : String(first.minor)),
          ...volumeProperties(parts, first),
        ]
      : [
          property(
            'volumes',
            list(
              volumes.map((volume) =>
                element(object(property('minor', String(volume.minor)), ...volumeProperties(parts, volume)) ?? '{}'),
              ),
            ),
          ),
        ]),
    property('protocol', word(resource.protocol)),
    property('wfcTimeout', wait(startup.wfcTimeout)),
    property('degrWfcTimeout', wait(startup.degrWfcTimeout)),
    property('outdatedWfcTimeout', wait(startup.outdatedWfcTimeout)),
    property('onIoError', word(disk.onIoError)),
    property('resyncRate', disk.resyncRate ? parts.rate(disk.resyncRate) : undefined),
    property('resyncAfter', parts.constantOf('resource', disk.resyncAfter ?? '')),
    property('resyncGroup', number(disk.resyncGroup)),
    property('alExtents', number(disk.alExtents)),
    property('timeout', time(net.timeout)),
    property('connectInt', time(net.connectInt)),
    property('pingInt', time(net.pingInt)),
    property('pingTimeout', time(net.pingTimeout)),
    property('koCount', number(net.koCount)),
    property('maxBuffers', number(net.maxBuffers)),
    property('maxEpochSize', number(net.maxEpochSize)),
    property('sndbufSize', net.sndbufSize ? parts.size(net.sndbufSize) : undefined),
    property('onDisconnect', word(net.onDisconnect)),
    property('sharedSecret', net.sharedSecret === undefined ? undefined : parts.secret(net.sharedSecret)),
    ...(modern ? [fencing(resource)] : []),
    property('handlers', record(Object.fromEntries(resource.handlers.map(({ event, command }) => [event, command])))),
    property('inconDegrCmd', word(resource.inconDegrCmd)),
    property('extraOptions', extraOptions(resource)),
  );
}

function fencing(resource: DrbdResourceFacts): ReturnType<typeof property> {
  if (resource.fencing !== undefined) return property('fencing', text(resource.fencing));
  return property(
    'fencing',
    text('dont-care'),
    'as in the files; without this line a lost peer is marked as outdated (X2)',
  );
}

function record(values: ExtraOptions): Code | undefined {
  return object(...Object.entries(values).map(([key, value]) => property(key, text(value))));
}

function extraOptions({ startup, disk, net }: DrbdResourceFacts): Code | undefined {
  return object(
    property('startup', record(startup.extraOptions)),
    property('disk', record(disk.extraOptions)),
    property('net', record(net.extraOptions)),
  );
}

function volumeProperties({ topology }: StackParts, volume: DrbdVolumeFacts): readonly ReturnType<typeof property>[] {
  const [one, other] = volume.disks;
  const nameOf = (host = ''): string => topology.hosts.find((candidate) => candidate.id === host)?.name ?? host;
  const disk =
    one?.disk === other?.disk
      ? text(one?.disk ?? '')
      : record(Object.fromEntries(volume.disks.map((backing) => [nameOf(backing.host), backing.disk])));
  return [
    property('disk', disk),
    property('metaDisk', one === undefined || one.metaDisk === 'internal' ? undefined : text(one.metaDisk)),
  ];
}

/** What a resource of the model says in another way. */
function noteLosses({ left, topology }: StackParts, resource: DrbdResourceFacts): void {
  const { name, peers, volumes, net, disk } = resource;
  const lose = (what: string): void => void left.push(`resource ${name}: ${what}`);
  if (peers[0]?.port !== peers[1]?.port)
    lose(`port ${peers[1]?.port} of ${peers[1]?.host}; both hosts use ${peers[0]?.port}`);
  peers.forEach((peer, index) => {
    if (resource.version === '9' && peer.nodeId !== index)
      lose(`node-id ${peer.nodeId} of ${peer.host}; it becomes ${index}`);
    const host = topology.hosts.find((candidate) => candidate.id === peer.host);
    if (host?.interfaces.find((own) => own.network === resource.network)?.address !== peer.address)
      lose(`address ${peer.address} of ${peer.host} is not the one that the host has in ${resource.network}`);
  });
  volumes.forEach((volume, index) => {
    if (volume.number !== index) lose(`volume number ${volume.number}; it becomes ${index}`);
    if (volume.device !== `/dev/drbd${volume.minor}`)
      lose(`device name ${volume.device}; it becomes /dev/drbd${volume.minor}`);
    if (volume.disks[0]?.metaDisk !== volume.disks[1]?.metaDisk)
      lose(
        `meta-disk ${volume.disks[1]?.metaDisk} of ${volume.disks[1]?.host}; both hosts use ${volume.disks[0]?.metaDisk}`,
      );
  });
  if (net.cramHmacAlg !== undefined && net.cramHmacAlg !== 'sha256')
    lose(`cram-hmac-alg ${net.cramHmacAlg}; it becomes sha256, on both nodes at once`);
  if (net.sndbufSize === 0) lose('sndbuf-size 0, which lets the kernel choose, as it does without the setting');
  if (disk.resyncRate === 0) lose('rate 0, which is none');
  if (disk.resyncAfter !== undefined && !topology.drbdResources.some((other) => other.id === disk.resyncAfter))
    lose(`resync-after ${disk.resyncAfter}, which is no resource`);
}
