import type { DrbdPeerFacts, DrbdResourceFacts, DrbdVolumeFacts } from '../../topology/drbd';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import { authenticationOptions, extra, given, netOptions, startupOptions } from './options';
import {
  option,
  quoted,
  raw,
  section,
  type DrbdItem,
  type DrbdOption,
  type DrbdSection,
  type DrbdValue,
} from './syntax';
import { addressValues, deviceValue, metaDiskValues, nameValue, rateValue, refuse } from './values';

/** Generations that have a common section, handlers, and volumes. */
export type ModernVersion = '8.4' | '9';

/** Options of a resource by section; sections that are shared may stand in `common`. */
export type OptionSections = ReadonlyMap<string, readonly DrbdOption[]>;

/** The options of a resource, by section in the order in which they are written. */
export function optionSections(
  topology: Topology,
  resource: DrbdResourceFacts,
  version: ModernVersion,
): OptionSections {
  if (resource.inconDegrCmd !== undefined)
    throw refuse(
      'incon-degr-cmd',
      `is not known to DRBD ${version}`,
      "give a handler for 'pri-on-incon-degr'",
      resource.inconDegrCmd,
    );
  const { disk, net } = resource;
  if (net.onDisconnect !== undefined)
    throw refuse('on-disconnect', `is not known to DRBD ${version}`, 'leave it out', net.onDisconnect);
  if (disk.resyncGroup !== undefined)
    throw refuse('group', `is not known to DRBD ${version}`, "use 'resyncAfter'", String(disk.resyncGroup));
  const fencing = given('fencing', resource.fencing, raw);
  return new Map([
    ['handlers', resource.handlers.map(({ event, command }) => option(event, quoted(command)))],
    ['startup', startupOptions(resource)],
    [
      'disk',
      [
        ...given('on-io-error', disk.onIoError, raw),
        ...(version === '8.4' ? fencing : []),
        ...given('resync-rate', disk.resyncRate, (rate) => rateValue('resync-rate', rate)),
        ...given('resync-after', disk.resyncAfter, (after) => resourceAfter(topology, after)),
        ...given('al-extents', disk.alExtents, raw),
        ...extra(disk.extraOptions),
      ],
    ],
    [
      'net',
      [
        ...given('protocol', resource.protocol, raw),
        ...(version === '9' ? fencing : []),
        ...netOptions(resource, 'K'),
        ...authenticationOptions(resource),
        ...extra(net.extraOptions),
      ],
    ],
  ]);
}

/** The resource that goes first; with several volumes the last of them, because a volume waits for one volume. */
function resourceAfter(topology: Topology, id: string): DrbdValue {
  const { name, volumes } = lookup(topology).drbdResource(id);
  const last = volumes.at(-1);
  return quoted(last === undefined || last.number === 0 ? name : `${name}/${last.number}`);
}

/** A resource without the options that stand in `common`. */
export function buildResource(
  topology: Topology,
  resource: DrbdResourceFacts,
  version: ModernVersion,
  sections: OptionSections,
): DrbdSection {
  return section(
    'resource',
    [nameValue(resource.name)],
    [
      ...filledSections(sections),
      ...resource.peers.map((peer) => onHost(topology, resource, peer, version)),
      ...(version === '9' ? [connectionMesh(topology, resource)] : []),
    ],
  );
}

/** Sections that hold something. */
export const filledSections = (sections: OptionSections): readonly DrbdSection[] =>
  [...sections].filter(([, options]) => options.length > 0).map(([name, options]) => section(name, [], options));

function onHost(
  topology: Topology,
  resource: DrbdResourceFacts,
  peer: DrbdPeerFacts,
  version: ModernVersion,
): DrbdItem {
  const [first] = resource.volumes;
  const plain = resource.volumes.length === 1 && first?.number === 0;
  return section(
    'on',
    [nameValue(lookup(topology).host(peer.host).name)],
    [
      ...(version === '9' ? [option('node-id', raw(peer.nodeId))] : []),
      option('address', ...addressValues(peer.address, peer.port)),
      ...(plain && first
        ? volumeOptions(first, peer)
        : resource.volumes.map((volume) => section('volume', [raw(volume.number)], volumeOptions(volume, peer)))),
    ],
  );
}

function volumeOptions(volume: DrbdVolumeFacts, peer: DrbdPeerFacts): readonly DrbdOption[] {
  const disk = volume.disks.find((candidate) => candidate.host === peer.host);
  return [
    option('device', ...deviceValues(volume)),
    ...given('disk', disk?.disk, deviceValue),
    ...(disk ? [option('meta-disk', ...metaDiskValues(disk.metaDisk))] : []),
  ];
}

/** A device whose name does not tell its minor number needs both. */
const deviceValues = ({ device, minor }: DrbdVolumeFacts): readonly DrbdValue[] =>
  device === `/dev/drbd${minor}` ? [deviceValue(device)] : [deviceValue(device), raw('minor'), raw(minor)];

const connectionMesh = (topology: Topology, resource: DrbdResourceFacts): DrbdSection =>
  section(
    'connection-mesh',
    [],
    [option('hosts', ...resource.peers.map((peer) => nameValue(lookup(topology).host(peer.host).name)))],
  );
