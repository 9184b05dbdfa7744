import ipaddr from 'ipaddr.js';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';

type Parsed = ipaddr.IPv4 | ipaddr.IPv6;

/** A network, parsed once. */
export interface ParsedNetwork {
  readonly address: Parsed;
  readonly prefixLength: number;
  /** The network's own and its broadcast address; point-to-point networks and IPv6 have neither. */
  readonly reserved: ReadonlySet<string>;
}

const tables = new WeakMap<Topology, ReadonlyMap<EntityId, ParsedNetwork>>();

/** The networks of a topology by id; without those whose CIDR cannot be read. */
export function parsedNetworks(topology: Topology): ReadonlyMap<EntityId, ParsedNetwork> {
  const known = tables.get(topology);
  if (known) return known;
  const made = new Map(
    topology.networks.flatMap((network) => {
      const parsed = parseNetwork(network.cidr);
      return parsed ? [[network.id, parsed] as const] : [];
    }),
  );
  tables.set(topology, made);
  return made;
}

/** True when the address lies in the network; undefined when the text is no address. */
export function inNetwork(address: string, network: ParsedNetwork): boolean | undefined {
  return ipaddr.isValid(address) ? matches(ipaddr.parse(address), network, network.prefixLength) : undefined;
}

/** True when two networks have addresses in common. */
export function overlap(one: ParsedNetwork, other: ParsedNetwork): boolean {
  return matches(one.address, other, Math.min(one.prefixLength, other.prefixLength));
}

/** Order of two addresses of one family by their bytes; 0 for texts that cannot be compared. */
export function compareAddresses(one: string, other: string): number {
  if (!ipaddr.isValid(one) || !ipaddr.isValid(other)) return 0;
  const left = ipaddr.parse(one).toByteArray();
  const right = ipaddr.parse(other).toByteArray();
  if (left.length !== right.length) return 0;
  const place = left.findIndex((byte, index) => byte !== right[index]);
  return place < 0 ? 0 : (left[place] ?? 0) - (right[place] ?? 0);
}

function parseNetwork(cidr: string): ParsedNetwork | undefined {
  if (!ipaddr.isValidCIDR(cidr)) return undefined;
  const [address, prefixLength] = ipaddr.parseCIDR(cidr);
  const reserved =
    address.kind() === 'ipv4' && prefixLength < 31
      ? [ipaddr.IPv4.networkAddressFromCIDR(cidr).toString(), ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toString()]
      : [];
  return { address, prefixLength, reserved: new Set(reserved) };
}

function matches(address: Parsed, network: ParsedNetwork, length: number): boolean {
  const other = network.address;
  if (address instanceof ipaddr.IPv4 && other instanceof ipaddr.IPv4) return address.match(other, length);
  if (address instanceof ipaddr.IPv6 && other instanceof ipaddr.IPv6) return address.match(other, length);
  return false;
}
