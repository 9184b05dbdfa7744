import { by } from '../topology/order';
import ipaddr from 'ipaddr.js';
import type { SourceLocation } from '../render/source';
import type { InterfaceFacts, NetworkFacts, NetworkPurpose } from '../topology/site';
import type { EntityId } from '../topology/units';

/** Prefix length that is assumed where no file gives one. */
const ASSUMED_PREFIX = { ipv4: 24, ipv6: 64 } as const;

/** Site of all that files show. */
export const SITE = 'site';

interface Known {
  readonly address: string;
  readonly location?: SourceLocation;
  readonly purpose: NetworkPurpose;
  readonly host?: EntityId;
  readonly interface?: string;
  readonly prefixLength?: number;
}

/** What is known, by what it is asked for. */
interface Index {
  /** Networks that files give with a prefix length, the widest first. */
  readonly given: readonly string[];
  readonly networkOf: Map<string, EntityId>;
  readonly hostWith: ReadonlyMap<string, EntityId>;
  readonly placeOf: ReadonlyMap<string, SourceLocation>;
  readonly interfaceIn: ReadonlyMap<EntityId, string>;
  readonly networkBehind: ReadonlyMap<string, EntityId>;
  readonly ofHost: ReadonlyMap<EntityId, readonly Known[]>;
}

/**
 * The networks that addresses in files lie in. Files give addresses without prefix length; addresses in one /24 (IPv6:
 * /64) are taken for one network, unless a virtual address says more.
 */
export class NetworkBook {
  private readonly known: Known[] = [];
  private made?: Index;

  /** Notes an address and what is known of it; one of the loopback interface tells nothing. */
  add(known: Known): void {
    if (!isAddress(known.address) || isLoopback(known.address)) return;
    this.known.push(known);
    this.made = undefined;
  }

  /** Notes which host has an address that is known already. */
  assign(address: string, host: EntityId): void {
    const entry = this.known.find((candidate) => candidate.address === address);
    if (entry) this.add({ ...entry, host });
  }

  /** Whether the prefix length of some address had to be assumed. */
  get assumes(): boolean {
    const given = new Set(this.index.given);
    return this.known.some((entry) => !given.has(this.networkOf(entry.address) ?? ''));
  }

  /** Id of the network an address lies in: its CIDR. */
  networkOf(address: string): EntityId | undefined {
    if (!isAddress(address) || isLoopback(address)) return undefined;
    return networkOf(address, this.index);
  }

  /** The host with a fixed address. */
  hostWith(address: string): EntityId | undefined {
    return this.index.hostWith.get(address);
  }

  /** Where an address is first seen. */
  placeOf(address: string): SourceLocation | undefined {
    return this.index.placeOf.get(address);
  }

  /** The networks, sorted by id, each with the place where it is first seen. */
  networks(): readonly { readonly facts: NetworkFacts; readonly location?: SourceLocation }[] {
    const found = new Map<EntityId, Known>();
    for (const entry of this.known) {
      const id = networkOf(entry.address, this.index);
      const first = found.get(id);
      if (!first || RANK[entry.purpose] > RANK[first.purpose])
        found.set(id, { ...entry, location: first?.location ?? entry.location });
    }
    return [...found].sort(by(([name]) => name)).map(([id, entry]) => ({
      facts: { id, path: id, name: id, site: SITE, cidr: id, purpose: entry.purpose, switches: [] },
      location: entry.location,
    }));
  }

  /** The interfaces of a host, as far as files show them. */
  interfacesOf(host: EntityId): readonly InterfaceFacts[] {
    const own = new Map<string, InterfaceFacts>();
    for (const { address } of this.index.ofHost.get(host) ?? []) {
      if (own.has(address)) continue;
      const network = networkOf(address, this.index);
      own.set(address, {
        name: this.interfaceIn(network) ?? `of ${address}`,
        network,
        address,
        prefixLength: Number(network.split('/')[1]),
      });
    }
    return [...own.values()].sort(by((entity) => entity.name));
  }

  /** Name of the interface in a network, the same on both nodes, when some file gives it. */
  interfaceIn(network: EntityId): string | undefined {
    return this.index.interfaceIn.get(network);
  }

  /** The network that an interface is in, when some file gives an address with it. */
  networkBehind(name: string): EntityId | undefined {
    return this.index.networkBehind.get(name);
  }

  private get index(): Index {
    this.made ??= indexOf(this.known);
    return this.made;
  }
}

function indexOf(known: readonly Known[]): Index {
  const given = new Set(
    known.flatMap((entry) => (entry.prefixLength === undefined ? [] : [cidrOf(entry.address, entry.prefixLength)])),
  );
  const index = {
    given: [...given].sort((one, other) => lengthOf(one) - lengthOf(other)),
    networkOf: new Map<string, EntityId>(),
    hostWith: new Map<string, EntityId>(),
    placeOf: new Map<string, SourceLocation>(),
    interfaceIn: new Map<EntityId, string>(),
    networkBehind: new Map<string, EntityId>(),
    ofHost: new Map<EntityId, Known[]>(),
  };
  // What is seen first counts.
  const note = <K, V>(map: Map<K, V>, key: K, value: V | undefined): void => {
    if (value !== undefined && !map.has(key)) map.set(key, value);
  };
  for (const entry of known) {
    const network = networkOf(entry.address, index);
    note(index.placeOf, entry.address, entry.location);
    note(index.interfaceIn, network, entry.interface);
    if (entry.interface !== undefined) note(index.networkBehind, entry.interface, network);
    if (entry.host === undefined) continue;
    note(index.hostWith, entry.address, entry.host);
    const ofHost = index.ofHost.get(entry.host);
    if (ofHost) ofHost.push(entry);
    else index.ofHost.set(entry.host, [entry]);
  }
  return index;
}

/** The network of an address, remembered. */
function networkOf(address: string, { given, networkOf: known }: Pick<Index, 'given' | 'networkOf'>): EntityId {
  const remembered = known.get(address);
  if (remembered !== undefined) return remembered;
  const parsed = ipaddr.parse(address);
  const network = given.find((cidr) => isIn(parsed, cidr)) ?? cidrOf(address, undefined);
  known.set(address, network);
  return network;
}

const lengthOf = (cidr: string): number => Number(cidr.split('/')[1]);

const RANK: Readonly<Record<NetworkPurpose, number>> = { administration: 0, heartbeat: 1, service: 2, replication: 3 };

/** True for an address without zone or prefix, in the form that every program reads. */
export function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || (ipaddr.IPv6.isValid(text) && !text.includes('%'));
}

const isLoopback = (address: string): boolean => ipaddr.parse(address).range() === 'loopback';

/** Order of two addresses by their bytes; texts that are none keep their order. */
export function byAddress(one: string, other: string): number {
  if (!isAddress(one) || !isAddress(other)) return 0;
  const left = ipaddr.parse(one).toByteArray();
  const right = ipaddr.parse(other).toByteArray();
  const place = left.findIndex((byte, index) => byte !== right[index]);
  return place < 0 || left.length !== right.length
    ? left.length - right.length
    : (left[place] ?? 0) - (right[place] ?? 0);
}

/** Longest prefix of the family of an address. */
export const addressBits = (address: string): number => ipaddr.parse(address).toByteArray().length * 8;

type Parsed = ipaddr.IPv4 | ipaddr.IPv6;

function isIn(address: Parsed, cidr: string): boolean {
  const [network, length] = ipaddr.parseCIDR(cidr);
  if (address instanceof ipaddr.IPv4 && network instanceof ipaddr.IPv4) return address.match(network, length);
  if (address instanceof ipaddr.IPv6 && network instanceof ipaddr.IPv6) return address.match(network, length);
  return false;
}

function cidrOf(address: string, prefixLength: number | undefined): string {
  const kind = ipaddr.parse(address).kind();
  const length = prefixLength ?? ASSUMED_PREFIX[kind];
  const family = kind === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(`${address}/${length}`).toString()}/${length}`;
}
