import type { DnsZoneFacts } from '../../topology/dns';
import { byId, lookup } from '../../topology/lookup';
import { mailExchangers } from '../../topology/mail-exchangers';
import { by } from '../../topology/order';
import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';
import { FormatError } from '../format-error';

/** A resource record, its name relative to the zone; `@` is the zone itself. */
export interface ResourceRecord {
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'NS' | 'MX';
  /** Of an MX the name alone. */
  readonly data: string;
  /** Of an MX. */
  readonly preference?: number;
}

/** A zone file (RFC 1035, section 5). */
export interface ZoneFile {
  readonly source: ConstructPath;
  readonly origin: string;
  /** Seconds. */
  readonly timeToLive: number;
  /** Absolute name of the primary. */
  readonly primary: string;
  readonly contact: string;
  readonly serial: number;
  readonly records: readonly ResourceRecord[];
}

/** The zone files of a host. */
export function build(topology: Topology, host: EntityId): readonly ZoneFile[] {
  return topology.dnsZones
    .filter(({ nameServers }) => nameServers.includes(host))
    .map((zone) => FormatError.naming(zone.path, () => zoneFile(topology, zone)));
}

function zoneFile(topology: Topology, zone: DnsZoneFacts): ZoneFile {
  const facts = lookup(topology);
  const absolute = (host: string): string => `${host.includes('.') ? host : `${host}.${zone.origin}`}.`;
  /** A host's own name in the zone; undefined for one that lies in another domain. */
  const own = (host: string): string | undefined => {
    if (!host.includes('.')) return host;
    return host.endsWith(`.${zone.origin}`) ? host.slice(0, -zone.origin.length - 1) : undefined;
  };
  const servers = zone.nameServers.map((id) => facts.host(id));
  const hosts = [...new Set([...zone.nameServers, ...zone.names.flatMap((one) => one.hosts)])].map((id) =>
    facts.host(id),
  );
  const exchangers = mailExchangers(topology, zone).map(({ preference, target }) => ({
    preference,
    ...(target.kind === 'server'
      ? { name: target.server.hostname, addresses: addresses(topology, target.server.host) }
      : { name: target.balancer.name, addresses: [target.balancer.address.address] }),
  }));
  const named = new Map<string, readonly string[]>();
  const name = (full: string, found: readonly string[]): void => {
    const label = own(full);
    if (label === undefined) return;
    if (named.has(label) && named.get(label)?.join() !== found.join()) throw taken(label, 'another address');
    named.set(label, found);
  };
  for (const host of hosts) name(host.name, addresses(topology, host.id));
  for (const exchanger of exchangers) name(exchanger.name, exchanger.addresses);
  for (const shared of zone.names) if (named.has(shared.name)) throw taken(shared.name, 'one server');
  const balancerAddress = (id: EntityId): string => byId('load balancer', topology.loadBalancers)(id).address.address;
  return {
    source: zone.path,
    origin: zone.origin,
    timeToLive: Math.ceil(zone.timeToLive / 1000),
    primary: absolute(servers[0]?.name ?? ''),
    contact: zone.contact,
    serial: zone.serial,
    records: [
      ...servers.map(({ name }): ResourceRecord => ({ name: '@', type: 'NS', data: absolute(name) })),
      ...exchangers.map((one): ResourceRecord => ({
        name: '@',
        type: 'MX',
        preference: one.preference,
        data: absolute(one.name),
      })),
      ...[...named].sort(by(([label]) => label)).flatMap(([label, found]) => found.map((one) => record(label, one))),
      ...zone.names.flatMap((shared) =>
        [...shared.hosts.flatMap((id) => addresses(topology, id)), ...shared.balancers.map(balancerAddress)].map(
          (address) => record(shared.name, address),
        ),
      ),
    ],
  };
}

function taken(label: string, by: string): FormatError {
  return new FormatError({
    format: 'dns-zone',
    what: 'a name',
    problem: `stands for ${by} already`,
    remedy: 'give it another one',
    value: label,
  });
}

/** Addresses at which clients reach a host. */
function addresses(topology: Topology, id: EntityId): readonly string[] {
  const facts = lookup(topology);
  const { interfaces } = facts.host(id);
  const service = interfaces.filter(({ network }) => facts.network(network).purpose === 'service');
  return (service.length > 0 ? service : interfaces).map(({ address }) => address);
}

const record = (name: string, data: string): ResourceRecord => ({
  name,
  type: data.includes(':') ? 'AAAA' : 'A',
  data,
});
