import { textOf, type DrbdItem, type DrbdSection } from '../../render/drbd-conf/syntax';
import type {
  BackingDiskFacts,
  DrbdPeerFacts,
  DrbdResourceFacts,
  DrbdVersion,
  DrbdVolumeFacts,
} from '../../topology/drbd';
import { physicalDiskOf } from '../../topology/physical-disk';
import { incompleteResource } from '../files/rules';
import type { Remarks } from '../remarks';
import type { SourceMap } from '../source-map';
import { peersIn, type PeerDraft } from './peers';
import { readSettings, ResourceSections } from './resource-settings';
import { SettingReader } from './setting-reader';
import { sectionsIn, textOfSetting } from './settings';
import { deviceOf, merged, metaDiskOf, volumesIn, type VolumeDraft } from './volumes';

/** What reading a resource needs besides its section. */
export interface ResourceContext {
  readonly version: DrbdVersion;
  readonly common: readonly DrbdItem[];
  /** Nodes of the cluster, when they are known: a host section may have several names. */
  readonly nodes: readonly string[];
  /** Id of another resource by its name. */
  resourceNamed(name: string): string | undefined;
  readonly remarks: Remarks;
  readonly sources: SourceMap;
}

/** A host section whose host is known. */
interface NamedPeer extends PeerDraft {
  readonly host: string;
}

/** Reads one `resource` section; its id is its name. */
export function readResource(section: DrbdSection, name: string, context: ResourceContext): DrbdResourceFacts {
  const { sources, remarks } = context;
  const path = resourcePath(name);
  sources.add(path, section.location);
  for (const part of ['startup', 'disk', 'syncer', 'net', 'handlers'])
    sources.add(path, sectionsIn(section.body, part)[0]?.location, part === 'syncer' ? 'disk' : part);
  const connections = sectionsIn(section.body, 'connection', 'connection-mesh').map((connection) => connection.body);
  const sections = new ResourceSections(section.body, connections, context.common);
  const reader = new SettingReader(path, remarks, sources);
  const settings = readSettings(sections, reader, (other) => context.resourceNamed(other));
  const left = [
    ...reader.left(sections.syncer, sections.options).map((setting) => ({ setting, part: 'options' })),
    ...reader.left(sections.own).flatMap((setting) => (DEVICE.has(setting.name) ? [] : [{ setting, part: '' }])),
  ];
  for (const { setting, part } of left)
    remarks.unmodelled.push({
      where: part === '' ? `resource ${name}` : `resource ${name}, section ${part}`,
      name: setting.name,
      value: textOfSetting(setting),
      location: setting.location,
    });
  const hosts = nameHosts(peersIn(section.body), name, context);
  return {
    id: name,
    path,
    name,
    version: context.version,
    ...settings,
    volumes: readVolumes(section, hosts, name, context),
    peers: hosts.flatMap((host, index) => peerFacts(host, index, name, context)).sort((a, b) => a.nodeId - b.nodeId),
  };
}

/** Path of a resource in messages. */
export const resourcePath = (name: string): string => `resource ${name}`;

const DEVICE: ReadonlySet<string> = new Set(['device', 'disk', 'meta-disk', 'flexible-meta-disk', 'address']);

/** Gives every host section the name of a node; a floating peer stands for the node in its place. */
function nameHosts(
  peers: readonly PeerDraft[],
  name: string,
  { nodes, remarks }: ResourceContext,
): readonly NamedPeer[] {
  return peers.flatMap((peer, index): readonly NamedPeer[] => {
    const [first, ...others] = peer.names;
    if (first === undefined) {
      const host = nodes.length === peers.length ? nodes[index] : peer.endpoint?.address;
      if (host === undefined) return [];
      remarks.note(`resource ${name} has a floating peer, taken for host ${host}`, peer.location);
      return [{ ...peer, host }];
    }
    const host = peer.names.find((candidate) => nodes.includes(candidate)) ?? first;
    if (others.length > 0)
      remarks.note(`resource ${name} names several hosts in one section, ${host} stands for them`, peer.location);
    return [{ ...peer, host }];
  });
}

function peerFacts(peer: NamedPeer, index: number, name: string, context: ResourceContext): readonly DrbdPeerFacts[] {
  const path = resourcePath(name);
  if (!peer.endpoint) {
    context.remarks.finding(incompleteResource, {
      path,
      problem: `resource ${name} has no address with a port for host ${peer.host}`,
      remedy: "add 'address IP:PORT;'",
      location: peer.addressLocation ?? peer.location,
    });
    return [];
  }
  for (const property of [`peers.${peer.host}`, 'peers', 'port'])
    context.sources.add(path, peer.addressLocation, property);
  return [{ host: peer.host, nodeId: peer.nodeId ?? index, ...peer.endpoint }];
}

function readVolumes(
  section: DrbdSection,
  hosts: readonly NamedPeer[],
  name: string,
  context: ResourceContext,
): readonly DrbdVolumeFacts[] {
  const shared = volumesIn(section.body, section.location);
  const own = hosts.map((host) => ({ host, volumes: volumesIn(host.body, host.location) }));
  const numbers = new Set([...shared.keys(), ...own.flatMap(({ volumes }) => [...volumes.keys()])]);
  // A single volume written at the resource's top level is volume 0, also of hosts that say nothing of it.
  return [...numbers]
    .sort((one, other) => one - other)
    .flatMap((number) => {
      const drafts = own.map(({ host, volumes }) => ({
        host: host.host,
        location: host.location,
        draft: merged(volumes.get(number), shared.get(number)),
      }));
      return volumeFacts(number, drafts, name, context);
    });
}

interface HostVolume {
  readonly host: string;
  readonly location: NamedPeer['location'];
  readonly draft: VolumeDraft;
}

function volumeFacts(
  number: number,
  drafts: readonly HostVolume[],
  name: string,
  { remarks, sources }: ResourceContext,
): readonly DrbdVolumeFacts[] {
  const path = resourcePath(name);
  const incomplete = (what: string, remedy: string, place: HostVolume | undefined): void =>
    remarks.finding(incompleteResource, {
      path,
      problem: `resource ${name} has no ${what}`,
      remedy,
      location: place?.draft.location ?? place?.location,
    });
  const setting = drafts.find(({ draft }) => draft.device)?.draft.device;
  const device = setting && deviceOf(setting);
  if (!device) {
    incomplete(`device with a minor number for volume ${number}`, "add 'device /dev/drbdN minor N;'", drafts[0]);
    return [];
  }
  sources.add(path, setting.location, `volumes.${number}`);
  sources.add(path, setting.location, 'minor');
  sources.add(path, setting.location, 'volumes');
  const disks = drafts.flatMap((place): readonly BackingDiskFacts[] => {
    const { disk, metaDisk } = place.draft;
    // DRBD 9 keeps a node without a copy.
    if (disk && textOfSetting(disk) === 'none') return [];
    if (!disk) {
      incomplete(`disk on host ${place.host} for volume ${number}`, "add 'disk DEVICE;'", place);
      return [];
    }
    if (!metaDisk)
      incomplete(`meta-disk on host ${place.host} for volume ${number}`, "add 'meta-disk internal;'", place);
    sources.add(path, disk.location, 'disk');
    sources.add(path, metaDisk?.location, 'metaDisk');
    const backing = textOfSetting(disk);
    return [
      {
        host: place.host,
        disk: backing,
        physicalDisk: physicalDiskOf(backing),
        metaDisk: metaDisk ? metaDiskOf(metaDisk) : 'internal',
      },
    ];
  });
  return [{ number, ...device, disks }];
}

/** Name of a resource section; undefined when it has none, which is a syntax fault. */
export const nameOf = (section: DrbdSection): string | undefined =>
  section.arguments.map(textOf).join(' ') || undefined;
