import { by } from '../topology/order';
import { parse as parseHaresources } from '../render/haresources/parse';
import { groupsOf, type HaResources } from '../render/haresources/syntax';
import type { SourceLocation, SyntaxFault } from '../render/source';
import type { HeartbeatClusterFacts, ResourceGroupFacts } from '../topology/cluster';
import type { HostFacts } from '../topology/site';
import { pluginBehind } from '../topology/stonith-plugins';
import { NO_DIRECTORIES, NO_MAIL, TOPOLOGY_FORMAT_VERSION, type Topology } from '../topology/topology';
import { adoptDrbd, type AdoptedDrbd } from './drbd/drbd-conf';
import { judgeActivationSteps } from './files/steps';
import { noteMissingFiles, noteUnseen } from './files/notes';
import { unusedHaresources } from './files/rules';
import { unseenRules } from './files/unseen';
import { frozen } from './freeze';
import { readAuthkeys } from './heartbeat/authkeys';
import { fencingOf, type PlacedFencing } from './heartbeat/fencing';
import { CLUSTER, readHaCf, type HaCfDraft } from './heartbeat/ha-cf';
import { linksOf, noteAddresses, type PlacedLink } from './heartbeat/links';
import type { AdoptInput, InputFile } from './input';
import { NetworkBook, SITE } from './networks';
import { Remarks, type FileFinding, type Note, type UnmodelledSetting } from './remarks';
import { addressWord, isAddressScript } from './resources/address';
import { DeviceBook } from './resources/devices';
import { adoptGroups, startsTogether, type AdoptedGroups } from './resources/groups';
import { ServiceBook } from './resources/services';
import { SourceMap } from './source-map';
import { adoptedSecrets, extraOptionsOf } from './summary';

/** What files that users already have say, joined to one topology. */
export interface Adoption {
  /** The facts, with origin `files`. */
  readonly topology: Topology;
  /** What breaks the syntax of a file, with file and line. */
  readonly faults: readonly SyntaxFault[];
  /** What is wrong with the files beyond what rules on the topology say, unknown keywords included. */
  readonly findings: readonly FileFinding[];
  /** What the files leave open. */
  readonly notes: readonly Note[];
  /** Settings that the model cannot hold. */
  readonly unmodelled: readonly UnmodelledSetting[];
  /** Ids of rules that would judge what these files do not show. */
  readonly unseenRules: ReadonlySet<string>;
  /** Place of an entity, or of one of its properties. */
  locate(path: string, property?: string): SourceLocation | undefined;
}

/**
 * Reads drbd.conf, ha.cf, haresources and authkeys, as far as they are given, and joins devices, mounts, services,
 * nodes and networks across them. Never throws for what a file says: what cannot be read is reported with its line.
 */
export function adopt(input: AdoptInput): Adoption {
  const remarks = new Remarks();
  const sources = new SourceMap();
  const ha = readHaCf(input.ha, remarks, sources);
  const resources = readHaresources(input, remarks);
  const preferred = groupsOf(resources).map((group) => group.node);
  const stated = [...new Set(ha.nodes.length > 0 ? ha.nodes : preferred)];
  const drbd = input.drbd && adoptDrbd(input.drbd, stated, remarks, sources);
  const peers = (drbd?.resources ?? []).flatMap((resource) => resource.peers.map((peer) => peer.host));
  const nodes = ha.nodes.length > 0 ? ha.nodes : [...new Set([...preferred, ...peers])];
  const networks = readNetworks(ha, resources, drbd, sources);
  const cluster = input.ha !== undefined || input.haresources !== undefined;
  const links = linksOf(ha.links, { path: CLUSTER, nodes, baud: ha.baud, networks, remarks });
  const fencing = ha.stonith.flatMap((directive, index) => fencingOf(directive, index, nodes) ?? []);
  const services = new ServiceBook(sources);
  const devices = new DeviceBook(drbd, nodes);
  if (ha.manager && input.haresources)
    remarks.finding(unusedHaresources, {
      path: CLUSTER,
      problem: `a cluster resource manager is on, so that Heartbeat does not read ${input.haresources.file}`,
      value: [ha.manager.name, ...ha.manager.words].join(' '),
      remedy: 'remove the file, or switch the manager off; the rules do not look at its groups',
      location: ha.manager.location,
    });
  const groups = adoptGroups(ha.manager ? { items: [] } : resources, {
    ...{ nodes, drbd, devices, services, networks, remarks, sources },
  });
  judgeActivationSteps(groups.groups, sources, remarks);
  sources.add(CLUSTER, sources.find(CLUSTER, 'nodes') ?? startOf(input.ha) ?? sources.find(CLUSTER, 'groups'));
  const hosts = [...new Set([...nodes, ...preferred, ...peers])].sort();
  sourcesOfHosts(sources, hosts, networks, fencing);
  const topology: Topology = frozen<Topology>({
    format: 'tandem-topology',
    formatVersion: TOPOLOGY_FORMAT_VERSION,
    origin: 'files',
    name: input.name ?? 'adopted',
    path: input.name ?? 'adopted',
    drbdVersion: drbd?.version ?? '8.4',
    sites: [{ id: SITE, path: SITE }],
    failureDomains: [],
    networks: networks.networks().map(({ facts }) => facts),
    hosts: hosts.map((name) => hostFacts(name, networks, ha)),
    drbdResources: drbd ? withNetworks(drbd, networks) : [],
    sharedVolumes: devices.sharedVolumes(),
    fencingDevices: fencing.map(({ facts }) => facts),
    clusters: cluster ? [clusterFacts({ ha, nodes, links, fencing, groups, input, remarks, sources })] : [],
    services: services.all(),
    backups: [],
    ...NO_DIRECTORIES,
    ...NO_MAIL,
    secrets: adoptedSecrets(drbd?.resources ?? [], fencing, input.authkeys !== undefined),
    acknowledgements: [],
    extraOptions: extraOptionsOf(drbd?.resources ?? [], ha),
  });
  noteMissingFiles(input, ha.manager !== undefined, remarks);
  noteUnseen(topology, networks, sources, remarks);
  return {
    topology,
    faults: remarks.faults,
    findings: remarks.findings,
    notes: remarks.notes,
    unmodelled: remarks.unmodelled,
    unseenRules: unseenRules(
      input,
      ha.manager !== undefined,
      (drbd?.stacked.length ?? 0) > 0,
      topology.clusters.some(({ groups }) => groups.some(startsTogether)),
    ),
    locate: (path, property) => sources.find(path, property),
  };
}

const startOf = (input: InputFile | undefined): SourceLocation | undefined => input && { file: input.file, line: 1 };

function readHaresources({ haresources }: AdoptInput, remarks: Remarks): HaResources {
  if (!haresources) return { items: [] };
  const { tree, errors } = parseHaresources(haresources.text, haresources.file);
  remarks.faults.push(...errors);
  return tree;
}

/** Collects all addresses of all files: which network is which shows only when all are known. */
function readNetworks(
  ha: HaCfDraft,
  resources: HaResources,
  drbd: AdoptedDrbd | undefined,
  sources: SourceMap,
): NetworkBook {
  const networks = new NetworkBook();
  for (const resource of drbd?.resources ?? [])
    for (const peer of resource.peers) {
      const location = sources.find(resource.path, `peers.${peer.host}`);
      networks.add({ address: peer.address, host: peer.host, purpose: 'replication', location });
    }
  noteAddresses(ha.links, networks);
  for (const group of groupsOf(resources))
    for (const resource of group.resources) {
      const word = isAddressScript(resource.script) ? addressWord(resource) : undefined;
      if (!word) continue;
      const { address, prefixLength } = word;
      networks.add({
        address,
        prefixLength,
        interface: word.interface,
        purpose: 'service',
        location: resource.location,
      });
    }
  return networks;
}

function withNetworks(drbd: AdoptedDrbd, networks: NetworkBook): Topology['drbdResources'] {
  return drbd.resources
    .map((resource) => ({ ...resource, network: networks.networkOf(resource.peers[0]?.address ?? '') }))
    .sort(by((entity) => entity.id));
}

function hostFacts(name: string, networks: NetworkBook, ha: HaCfDraft): HostFacts {
  return {
    id: name,
    path: name,
    name,
    site: SITE,
    interfaces: networks.interfacesOf(name),
    disks: [],
    serialPorts: [...new Set(ha.links.filter((link) => link.kind === 'serial').map((link) => link.medium))].sort(),
    failureDomains: [],
    // Not in any of the files, and so never too long.
    bootTime: 0,
    linkUpTime: 0,
    timeServers: [],
  };
}

interface ClusterParts {
  readonly ha: HaCfDraft;
  readonly nodes: readonly string[];
  readonly links: readonly PlacedLink[];
  readonly fencing: readonly PlacedFencing[];
  readonly groups: AdoptedGroups;
  readonly input: AdoptInput;
  readonly remarks: Remarks;
  readonly sources: SourceMap;
}

function clusterFacts({
  ha,
  nodes,
  links,
  fencing,
  groups,
  input,
  remarks,
  sources,
}: ClusterParts): HeartbeatClusterFacts {
  return {
    id: CLUSTER,
    path: CLUSTER,
    name: CLUSTER,
    standby: standbyOf(groups.groups),
    nodes,
    links: links.map(({ facts }) => facts),
    timing: ha.timing,
    udpPort: ha.udpPort,
    autoFailback: ha.autoFailback,
    authentication: readAuthkeys(input.authkeys, remarks, sources),
    fencing: fencing.map(({ facts }) => facts.id),
    // Neither is in the files of Heartbeat; what Tandem adds is found by the name of its plugin.
    fencingDelay: ha.stonith.some(({ words }) => words.some((word) => pluginBehind(word) !== undefined)) ? 5_000 : 0,
    startsAlone: true,
    dopd: ha.dopd,
    monitoring: groups.monitoring,
    groups: groups.groups,
    extraDirectives: ha.extraDirectives,
  };
}

/** Groups that prefer different nodes put both to work. */
function standbyOf(groups: readonly ResourceGroupFacts[]): HeartbeatClusterFacts['standby'] {
  return new Set(groups.map((group) => group.preferred)).size > 1 ? 'hot' : 'cold';
}

function sourcesOfHosts(
  sources: SourceMap,
  hosts: readonly string[],
  networks: NetworkBook,
  fencing: readonly PlacedFencing[],
): void {
  for (const { facts, location } of networks.networks()) sources.add(facts.path, location);
  for (const { facts, location } of fencing) sources.add(facts.path, location);
  for (const host of hosts) sources.add(host, sources.find(CLUSTER, 'nodes'));
  // Rules on a pair of addresses name the interface; what stands in a file is an address of a resource.
  for (const host of hosts)
    for (const own of networks.interfacesOf(host))
      sources.add(CLUSTER, networks.placeOf(own.address), `interfaces.${own.name}`);
}
