import type { BalancedServiceFacts, BalancerFacts, HealthCheckKind } from '../../../lib/topology/load-balancer';
import type { Topology } from '../../../lib/topology/topology';
import { patch } from '../fixtures';
import { faultless, withBalancer, withHosts, withMailPair } from '../mail-fixtures';
import { accepts, finds, type RuleCase } from '../rule-case';

const software = (change: Partial<Extract<BalancerFacts, { kind: 'software' }>>): Topology =>
  withBalancer(({ balancer }) => ({ balancer: { ...balancer, ...change } as BalancerFacts }));
const external = (units: number): Topology => withBalancer({ balancer: { kind: 'external', site: 'dr', units } });
const checked = (service: BalancedServiceFacts['kind'], kind: HealthCheckKind): Topology =>
  withBalancer(({ services }) => ({
    services: services.map((one) =>
      one.kind === service ? { ...one, healthCheck: { ...one.healthCheck, kind } } : one,
    ),
  }));
/** The balancer of `hq` is LVS, with mail alone, and the servers of the pair there have interfaces in these networks. */
const lvs = (networks: readonly string[], port: number): Topology => {
  const of = withHosts(['hq/hq-mail1', 'hq/hq-mail2'], ({ interfaces }) => ({
    interfaces: interfaces.filter(({ network }) => networks.includes(network)),
  }));
  return {
    ...of,
    loadBalancers: patch(of.loadBalancers, ['front-hq'], ({ balancer, services }) => ({
      balancer: { ...balancer, software: 'lvs-keepalived' } as BalancerFacts,
      services: services.filter(({ kind }) => kind === 'mail').map((one) => ({ ...one, port })),
    })),
  };
};
const trusting = (...trustedNetworks: readonly string[]): Topology => withMailPair('mx-hq', { trustedNetworks });
const HOSTS = ['dr/dr-lb1', 'dr/dr-lb2'];

/** Rules of load balancers. */
export const balancerCases: readonly RuleCase[] = [
  accepts('balancer/single', 'there are two hosts', faultless),
  accepts('balancer/single', 'there are two units', external(2)),
  finds('balancer/single', 'there is one host', software({ hosts: ['dr/dr-lb1'] }), 'mail/front-dr', /run it on two/),
  finds('balancer/single', 'there is one unit (S3, E33)', external(1), 'mail/front-dr', /\(front-dr\); use two units/),
  accepts('balancer/health-check', 'services have to answer', faultless),
  finds(
    'balancer/health-check',
    'a port has to open',
    checked('mail', 'connect'),
    'mail/front-dr',
    /health check of mail on port 25 misses a server that hangs \(connect\); use 'smtp'/,
  ),
  accepts('balancer/role-aware', 'the role is asked for', faultless),
  accepts('balancer/role-aware', 'there is no failover group', {
    ...checked('directory-writes', 'ldap'),
    failoverGroups: [],
  }),
  finds(
    'balancer/role-aware',
    'writes go to who answers a bind (S6)',
    checked('directory-writes', 'ldap'),
    'mail/front-dr',
    /writes are sent to servers without a look at their role \(ldap\)/,
  ),
  accepts('balancer/common-failure-domain', 'hosts share nothing', faultless),
  accepts('balancer/common-failure-domain', 'there are devices', external(2)),
  finds(
    'balancer/common-failure-domain',
    'hosts share their only feed (F6)',
    withHosts(HOSTS, { failureDomains: ['dr/feed-a'] }),
    'mail/front-dr',
    /depend on one power feed \(dr\/feed-a\)/,
  ),
  accepts('balancer/hang', 'each resets the other', faultless),
  accepts('balancer/hang', 'there are devices', external(2)),
  finds(
    'balancer/hang',
    'one is not reset',
    software({ fencing: ['dr/fence-dr-lb1'] }),
    'mail/front-dr',
    /hangs and keeps the address \(dr-lb2\)/,
  ),
  accepts('balancer/address-interface', 'hosts are in the network', faultless),
  accepts('balancer/address-interface', 'there are devices', external(2)),
  finds(
    'balancer/address-interface',
    'a host is not in the network',
    withHosts(['dr/dr-lb2'], ({ interfaces }) => ({ interfaces: interfaces.slice(1) })),
    'mail/front-dr',
    /host dr-lb2 has no interface in the network of the address \(dr\/lan\)/,
  ),
  accepts('balancer/unique-router-id', 'ids differ', faultless),
  accepts('balancer/unique-router-id', 'networks differ', software({ virtualRouterId: 51 })),
  finds(
    'balancer/unique-router-id',
    'two of a network have one id',
    {
      ...faultless,
      loadBalancers: [
        ...faultless.loadBalancers,
        { ...faultless.loadBalancers[0]!, id: 'other', path: 'mail/other', name: 'other' },
      ],
    },
    'mail/other',
    /load balancer front-dr has this virtual router id in the same network \(52\)/,
  ),
  accepts('balancer/unique-port', 'ports and hosts differ', faultless),
  finds(
    'balancer/unique-port',
    'two services have one port',
    withBalancer(({ services }) => ({ services: services.map((one) => ({ ...one, port: 25 })) })),
    'mail/front-dr',
    /two services on one port \(25\)/,
  ),
  finds(
    'balancer/unique-port',
    'a host carries a server on the port',
    {
      ...faultless,
      directoryServers: patch(faultless.directoryServers, ['ldap-dr-mail1'], { host: 'dr/dr-lb1' }),
    },
    'mail/front-dr',
    /host dr-lb1 carries ldap-dr-mail1, which has this port \(389\)/,
  ),
  accepts('balancer/direct-routing', 'HAProxy changes address and port', faultless),
  accepts('balancer/direct-routing', 'LVS balances servers of its network on their ports', lvs(['hq/lan'], 25)),
  accepts('balancer/direct-routing', 'there are devices', external(2)),
  finds(
    'balancer/direct-routing',
    'a server is in another network',
    lvs(['hq/link'], 25),
    'mail/front-hq',
    /servers of port 25 have no interface in the network of the address \(mx-hq-mail1, mx-hq-mail2\)/,
  ),
  finds(
    'balancer/direct-routing',
    'the service has another port',
    lvs(['hq/lan'], 2525),
    'mail/front-hq',
    /servers behind port 2525 have another one \(mx-hq-mail1, mx-hq-mail2\)/,
  ),
  accepts('balancer/trusted-clients', 'servers trust other networks', trusting('203.0.113.0/24', '2001:db8::/32')),
  accepts('balancer/trusted-clients', 'LVS leaves clients their addresses', {
    ...trusting('192.0.2.0/24'),
    loadBalancers: lvs(['hq/lan'], 25).loadBalancers,
  }),
  finds(
    'balancer/trusted-clients',
    'servers trust the network of the balancers',
    trusting('192.0.2.12/31'),
    'mail/front-hq',
    /pair mx-hq trusts host hq-lb1, hence every client of the load balancer \(192\.0\.2\.13\)/,
  ),
];
