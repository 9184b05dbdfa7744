import type { LinkFacts } from '../../topology/cluster';
import type { HostFacts, NetworkFacts } from '../../topology/site';
import type { EntityId } from '../../topology/units';
import { call, element, list, object, property, text } from './code';
import { camelCase, Names } from './names';
import type { StackParts } from './stack-parts';

/** Names of networks by what they are for. */
const PURPOSES: Readonly<Record<NetworkFacts['purpose'], string>> = {
  service: 'lan',
  replication: 'link',
  heartbeat: 'heartbeat',
  administration: 'administration',
};

/** An interface that a stack needs; an address that no file has is from the range for documentation. */
interface NeededInterface {
  readonly name: string;
  readonly network: EntityId;
  readonly address: string;
  readonly comment?: string;
}

const placeholder = (index: number, network: string): string =>
  network.includes(':') ? `2001:db8::${index + 1}` : `192.0.2.${index + 1}`;

/** Network of an interface whose addresses are in no file. */
export const unknownNetwork = (name: string): EntityId => `network of ${name}`;

/** The network that a link needs. */
export const networkOfLink = (link: Exclude<LinkFacts, { kind: 'serial' }>): EntityId =>
  link.network ?? unknownNetwork(link.ends[0]?.interface ?? '');

/** Adds networks and hosts. */
export function addHosts(parts: StackParts): void {
  const { topology } = parts;
  parts.use('Site');
  parts.add('const site = ', "new Site(this, 'site')");
  const ids = new Names();
  for (const network of topology.networks) {
    const constant = parts.constants.give(PURPOSES[network.purpose]);
    parts.define(
      'network',
      network.id,
      constant,
      call(
        `new ${parts.use('Network')}`,
        'site',
        text(ids.give(constant)),
        object(
          property('cidr', text(network.cidr)),
          property('purpose', network.purpose === 'service' ? undefined : text(network.purpose)),
        ),
      ),
    );
  }
  addUnknownNetworks(parts, ids);
  topology.hosts.forEach((host, index) => addHost(parts, host, index));
}

function addUnknownNetworks(parts: StackParts, ids: Names): void {
  const names = parts.topology.clusters.flatMap((cluster) =>
    cluster.links.flatMap((link) =>
      link.kind === 'serial' || link.network !== undefined ? [] : [link.ends[0]?.interface ?? ''],
    ),
  );
  for (const name of new Set(names)) {
    const constant = parts.constants.give(camelCase(`heartbeat ${name}`, 'heartbeat'));
    parts.define(
      'network',
      unknownNetwork(name),
      constant,
      call(
        `new ${parts.use('Network')}`,
        'site',
        text(ids.give(constant)),
        object(property('cidr', text('192.0.2.0/24')), property('purpose', text('heartbeat'))),
      ),
      `the addresses of ${name} are in none of the files: put the real network here and the addresses into the hosts`,
    );
  }
}

function addHost(parts: StackParts, host: HostFacts, index: number): void {
  const constant = parts.constants.give(camelCase(host.name, 'host'));
  const interfaces = neededInterfaces(parts, host, index);
  parts.define(
    'host',
    host.id,
    constant,
    call(
      `new ${parts.use('Host')}`,
      'site',
      text(host.name),
      object(
        property(
          'interfaces',
          object(
            ...interfaces.map(({ name, network, address, comment }) =>
              property(
                name,
                call(`${parts.constantOf('network', network)}.address`, text(address)),
                ...(comment === undefined ? [] : [comment]),
              ),
            ),
          ) ?? '{}',
        ),
        property(
          'serialPorts',
          host.serialPorts.length > 0 ? list(host.serialPorts.map((port) => element(text(port)))) : undefined,
        ),
      ),
    ),
  );
}

/** Known interfaces, and those that links and virtual addresses take for granted. */
function neededInterfaces({ topology, left }: StackParts, host: HostFacts, index: number): readonly NeededInterface[] {
  const names = new Names();
  const needed = new Map<EntityId, NeededInterface>();
  for (const own of host.interfaces) {
    if (needed.has(own.network)) {
      left.push(`address ${own.address} of ${host.name}: it has another one in ${own.network}, which is used instead`);
      continue;
    }
    const known = !own.name.startsWith('of ');
    needed.set(own.network, {
      name: names.give(known ? own.name : 'eth'),
      network: own.network,
      address: own.address,
      comment: known ? undefined : 'the name of this interface is in none of the files',
    });
  }
  const add = (name: string, network: EntityId): void => {
    if (needed.has(network)) return;
    needed.set(network, {
      name: names.give(name),
      network,
      address: placeholder(index, network),
      comment: `put the address of ${host.name} here: it is in none of the files`,
    });
  };
  for (const cluster of topology.clusters.filter(({ nodes }) => nodes.includes(host.id))) {
    for (const link of cluster.links)
      if (link.kind !== 'serial') add(link.ends[0]?.interface ?? '', networkOfLink(link));
    for (const group of cluster.groups)
      for (const member of group.members)
        if (member.kind === 'address' && member.network !== undefined && member.interfaces[0])
          add(member.interfaces[0].interface, member.network);
  }
  return [...needed.values()];
}
