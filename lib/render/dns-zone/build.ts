import type { DnsZoneFacts } from '../../topology/dns';
import { lookup } from '../../topology/lookup';
import { by } from '../../topology/order';
import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';
import { FormatError } from '../format-error';

/** A resource record, its name relative to the zone; `@` is the zone itself. */
export interface ResourceRecord {
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'NS';
  readonly data: string;
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
  const named = hosts.flatMap((host) => {
    const name = own(host.name);
    return name === undefined ? [] : [{ name, hosts: [host.id] }];
  });
  const taken = zone.names.find(({ name }) => named.some((one) => one.name === name));
  if (taken)
    throw new FormatError({
      format: 'dns-zone',
      what: 'a name for several servers',
      problem: 'is that of a host already',
      remedy: 'give it another one',
      value: taken.name,
    });
  return {
    source: zone.path,
    origin: zone.origin,
    timeToLive: Math.ceil(zone.timeToLive / 1000),
    primary: absolute(servers[0]?.name ?? ''),
    contact: zone.contact,
    serial: zone.serial,
    records: [
      ...servers.map(({ name }): ResourceRecord => ({ name: '@', type: 'NS', data: absolute(name) })),
      ...[...named.sort(by(({ name }) => name)), ...zone.names].flatMap(({ name, hosts: ids }) =>
        ids.flatMap((id) => addresses(topology, id).map((address) => record(name, address))),
      ),
    ],
  };
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
