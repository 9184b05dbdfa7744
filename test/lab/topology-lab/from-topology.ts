import type { HostFacts, NetworkPurpose } from '../../../lib/topology/site';
import type { Topology } from '../../../lib/topology/topology';
import { freeAddress } from './addresses';
import { disksOf } from './disks';
import type { LabCable, LabFencingDevice, LabInterface, LabNetwork, LabNode, LabPlan, LabPlanOptions } from './plan';
import { LabError } from './plan';

/** Networks in the order in which one is taken to reach a node; as the ssh target does it. */
const PURPOSES: readonly NetworkPurpose[] = ['administration', 'service', 'replication', 'heartbeat'];

/** STONITH plug-ins that the image has a counterpart for. */
const PLUGINS = ['external/ipmi'];

/** The lab of a topology: every host becomes a node, every network a bridge, with the names and addresses of the topology. */
export function planLab(topology: Topology, options: LabPlanOptions = {}): LabPlan {
  const names = topology.hosts.map((host) => host.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new LabError(`two hosts are called '${twice}'; the lab tells its nodes apart by name`);
  const networks = planNetworks(topology);
  return {
    name: topology.name,
    networks: networks.map(({ plan }) => plan),
    nodes: topology.hosts.map((host, index) => planNode(topology, host, index + 1, networks, options)),
    cables: planCables(topology),
    fencing: planFencing(topology),
  };
}

interface PlannedNetwork {
  readonly id: string;
  readonly plan: LabNetwork;
}

function planNetworks(topology: Topology): readonly PlannedNetwork[] {
  const taken = addressesIn(topology);
  return topology.networks.map((network, index) => {
    const alone = topology.networks.filter((other) => other.name === network.name).length === 1;
    const client = freeAddress(network.cidr, taken);
    if (client === undefined) throw new LabError(`network '${network.id}' has no free address for clients of the lab`);
    return {
      id: network.id,
      plan: { name: alone ? network.name : network.id, bridge: `br${index}`, client },
    };
  });
}

/** Every text of the topology that is an address, wherever it stands: none of them may be given away. */
function addressesIn(topology: Topology): ReadonlySet<string> {
  return new Set(JSON.stringify(topology).match(/\b\d{1,3}(\.\d{1,3}){3}\b|\b[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}\b/g));
}

function planNode(
  topology: Topology,
  host: HostFacts,
  number: number,
  networks: readonly PlannedNetwork[],
  options: LabPlanOptions,
): LabNode {
  const interfaces: LabInterface[] = [];
  for (const facts of host.interfaces) {
    const address = `${facts.address}/${facts.prefixLength}`;
    const index = interfaces.findIndex((known) => known.name === facts.name);
    const known = interfaces[index];
    if (known) {
      interfaces[index] = { ...known, addresses: [...known.addresses, address] };
      continue;
    }
    const network = networks.find((candidate) => candidate.id === facts.network);
    if (!network) throw new LabError(`interface ${facts.name} of '${host.id}' is in no network`);
    const position = interfaces.length;
    interfaces.push({
      name: facts.name,
      device: `vec${position}`,
      tap: `n${number}-${position}`,
      network: network.plan.name,
      bridge: network.plan.bridge,
      // 02: locally administered. Fixed, so that a node keeps its address in the neighbours' tables when it boots again.
      mac: `02:00:00:00:${hexadecimal(number)}:${hexadecimal(position)}`,
      addresses: [address],
    });
  }
  const disks = disksOf(topology, host, options.partitionSize ?? 128);
  return {
    name: host.name,
    address: addressOf(topology, host),
    interfaces,
    disks,
    setupDevice: `/dev/ubd${String.fromCharCode(98 + disks.length)}`,
    standIns: topology.services
      .filter((service) => service.settings.kind === 'generic')
      .map((service) => ({
        service: service.name,
        ports: service.ports.filter((port) => port.protocol === 'tcp').map((port) => port.port),
      })),
  };
}

function addressOf(topology: Topology, host: HostFacts): string {
  const purpose = (id: string): number =>
    PURPOSES.indexOf(topology.networks.find((network) => network.id === id)?.purpose ?? 'service');
  const [first] = [...host.interfaces].sort((a, b) => purpose(a.network) - purpose(b.network));
  if (!first) throw new LabError(`host '${host.id}' has no interface, so that nothing can reach it`);
  return first.address;
}

function hexadecimal(number: number): string {
  return number.toString(16).padStart(2, '0');
}

function planCables(topology: Topology): readonly LabCable[] {
  return topology.clusters.flatMap((cluster) =>
    cluster.links.flatMap((link, index) => {
      if (link.kind !== 'serial') return [];
      const ends = link.ends.map((end) => {
        const port = /^\/dev\/ttyS(\d+)$/.exec(end.device)?.[1];
        if (port === undefined) throw new LabError(`serial port '${end.device}' must be a /dev/ttyS<number> in a lab`);
        return { node: nameOf(topology, end.host), port: Number(port) };
      });
      return [{ name: `${cluster.name}-${index}`, baud: link.baud, ends }];
    }),
  );
}

function planFencing(topology: Topology): readonly LabFencingDevice[] {
  return topology.fencingDevices.map((device) => {
    if (!PLUGINS.includes(device.plugin)) {
      throw new LabError(
        `fencing device '${device.id}' has plug-in ${device.plugin}, which a lab does not know; it knows ${PLUGINS.join(', ')}`,
      );
    }
    const parameter = device.parameters.find((candidate) => candidate.name === 'ipaddr');
    if (!parameter || !('value' in parameter))
      throw new LabError(`fencing device '${device.id}' has no parameter ipaddr`);
    return { name: device.name, address: parameter.value, nodes: device.fences.map((id) => nameOf(topology, id)) };
  });
}

function nameOf(topology: Topology, id: string): string {
  const host = topology.hosts.find((candidate) => candidate.id === id);
  if (!host) throw new LabError(`the topology has no host '${id}'`);
  return host.name;
}
