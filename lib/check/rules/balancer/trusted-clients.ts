import ipaddr from 'ipaddr.js';
import { lookup } from '../../../topology/lookup';
import { mailGraph } from '../../../topology/mail-graph';
import type { Rule } from '../../rule';

/** S3: who comes through a balancer is not trusted for its address. */
export const trustedClients: Rule = {
  id: 'balancer/trusted-clients',
  severity: 'error',
  requirements: ['S3'],
  title: 'Mail servers do not trust the hosts of a HAProxy that balances them.',
  rationale:
    'HAProxy connects to servers from its own address. Where that lies in a network whose clients may send anywhere, everybody who reaches the load balancer may: an open relay.',
  check: (topology) =>
    topology.loadBalancers.flatMap(({ path, services, balancer }) => {
      if (balancer.kind === 'external' || balancer.software !== 'haproxy') return [];
      const pairs = services.flatMap((service) => (service.kind === 'mail' ? service.pairs : []));
      const hosts = balancer.hosts.map((id) => lookup(topology).host(id));
      return pairs
        .map((id) => mailGraph(topology).pair(id))
        .flatMap(({ name, trustedNetworks }) =>
          hosts.flatMap((host) => {
            const trusted = host.interfaces.find(({ address }) => trustedNetworks.some((one) => holds(one, address)));
            return trusted
              ? [
                  {
                    path,
                    problem: `pair ${name} trusts host ${host.name}, hence every client of the load balancer`,
                    value: trusted.address,
                    remedy: "trust narrower networks, or use 'lvs-keepalived', which leaves clients their addresses",
                    property: 'on.software',
                  },
                ]
              : [];
          }),
        );
    }),
};

function holds(cidr: string, address: string): boolean {
  if (!ipaddr.isValidCIDR(cidr) || !ipaddr.isValid(address)) return false;
  const [network, length] = ipaddr.parseCIDR(cidr);
  const parsed = ipaddr.parse(address);
  return parsed.kind() === network.kind() && parsed.match(network, length);
}
