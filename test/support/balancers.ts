import fc from 'fast-check';
import type {
  BalancedServiceFacts,
  HealthCheckFacts,
  LoadBalancerFacts,
  SoftwareBalancer,
} from '../../lib/topology/load-balancer';
import type { Topology } from '../../lib/topology/topology';
import { mail } from './mail';

/** A topology with every load balancer in the given software; with LVS services have the ports of their servers. */
export const balancedBy = (software: SoftwareBalancer, topology: Topology = mail()): Topology => ({
  ...topology,
  loadBalancers: topology.loadBalancers.map((one) =>
    one.balancer.kind === 'external'
      ? one
      : {
          ...one,
          balancer: { ...one.balancer, software },
          services: software === 'haproxy' ? one.services : withPortsOfServers(one.services),
        },
  ),
});

/** Of several services that come to have one port, the first. */
const withPortsOfServers = (services: readonly BalancedServiceFacts[]): readonly BalancedServiceFacts[] =>
  services
    .map((one) => ({ ...one, port: one.kind === 'mail' ? 25 : 389 }))
    .filter(({ port }, index, all) => all.findIndex((other) => other.port === port) === index);

const healthCheck = (...kinds: readonly HealthCheckFacts['kind'][]): fc.Arbitrary<HealthCheckFacts> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    interval: fc.integer({ min: 100, max: 60_000 }),
    timeout: fc.integer({ min: 100, max: 60_000 }),
    fall: fc.integer({ min: 1, max: 100 }),
    rise: fc.integer({ min: 1, max: 100 }),
  });

const service = (topology: Topology): fc.Arbitrary<BalancedServiceFacts> =>
  fc.oneof(
    fc.record({
      kind: fc.constant('mail' as const),
      pairs: fc.subarray(
        topology.mailPairs.map(({ id }) => id),
        { minLength: 1 },
      ),
      port: fc.integer({ min: 1, max: 65_535 }),
      healthCheck: healthCheck('smtp', 'connect'),
    }),
    fc.record({
      kind: fc.constantFrom('directory-reads' as const, 'directory-writes' as const),
      directory: fc.constantFrom(...topology.directories.map(({ id }) => id)),
      port: fc.integer({ min: 1, max: 65_535 }),
      healthCheck: healthCheck('ldap', 'ldap-role', 'connect'),
    }),
  );

const HOST = 'hq/hq-lb1';

const words = (pattern: RegExp): fc.Arbitrary<string> => fc.stringMatching(pattern);

/** Mail and a directory behind two balancers of any kind, on host `hq/hq-lb1`, with any suffix, engine, names and times. */
export function randomBalancers(): fc.Arbitrary<Topology> {
  const base = mail();
  const first = base.loadBalancers.find(({ address }) => address.network === 'hq/lan');
  if (!first) throw new Error('the topology has no load balancer in hq/lan');
  const balancer = (number: number): fc.Arbitrary<LoadBalancerFacts> =>
    fc
      .record({
        name: words(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,20}$/),
        software: fc.constantFrom('haproxy' as const, 'lvs-keepalived' as const),
        hosts: fc.constantFrom([HOST], [HOST, 'hq/hq-lb2'], ['hq/hq-lb2', HOST]),
        virtualRouterId: fc.integer({ min: 1, max: 100 }),
        services: fc.uniqueArray(service(base), { minLength: 1, maxLength: 4, selector: ({ port }) => port }),
      })
      .map(({ name, software, hosts, virtualRouterId, services }) => ({
        ...first,
        id: `balancer-${number}`,
        name: `${name}-${number}`,
        balancer: { kind: 'software', software, hosts, virtualRouterId: virtualRouterId * 2 + number, fencing: [] },
        address: { ...first.address, address: `192.0.2.${100 + number}` },
        services: software === 'haproxy' ? services : withPortsOfServers(services),
      }));
  return fc
    .record({
      balancers: fc.tuple(balancer(0), balancer(1)),
      suffix: words(/^[a-z]{1,20}$/).chain((name) =>
        fc.constantFrom(`dc=${name},dc=com`, `o=Bücher \\, "${name}" (*)`),
      ),
      engine: fc.constantFrom('openldap' as const, 'ds389' as const),
      version6: fc.boolean(),
    })
    .map(({ balancers, suffix, engine, version6 }) => {
      const other = (address: string): string => (version6 ? `2001:db8::${address.split('.').join(':')}` : address);
      return {
        ...base,
        loadBalancers: balancers.map((one) => ({
          ...one,
          address: { ...one.address, address: other(one.address.address) },
        })),
        directories: base.directories.map((one) => ({ ...one, suffix })),
        directoryServers: base.directoryServers.map((one) => ({ ...one, engine })),
        hosts: base.hosts.map((host) => ({
          ...host,
          interfaces: host.interfaces.map((each) => ({ ...each, address: other(each.address) })),
        })),
      };
    });
}
