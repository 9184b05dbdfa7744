import { balancedMembers } from '../../../topology/balanced-members';
import type { Rule } from '../../rule';
import { lookup } from '../../../topology/lookup';

/** S3: what LVS asks of the servers behind it. */
export const directRouting: Rule = {
  id: 'balancer/direct-routing',
  severity: 'error',
  requirements: ['S3'],
  title: 'Servers behind LVS are in the network of its address and listen on the port of the service.',
  rationale:
    'LVS hands packets on as they are, in its own network, and servers answer clients themselves (direct routing). It changes neither address nor port.',
  check: (topology) =>
    topology.loadBalancers.flatMap((balancer) => {
      const { path, address, services, balancer: kind } = balancer;
      if (kind.kind === 'external' || kind.software === 'haproxy') return [];
      return services.flatMap((service) => {
        const members = balancedMembers(topology, balancer, service);
        const names = (of: typeof members): string => of.map(({ name }) => name).join(', ');
        const elsewhere = members.filter(
          ({ host }) =>
            !lookup(topology)
              .host(host)
              .interfaces.some(({ network }) => network === address.network),
        );
        const others = members.filter(({ port }) => port !== service.port);
        return [
          {
            of: elsewhere,
            problem: `servers of port ${service.port} have no interface in the network of the address`,
            remedy: "balance servers of that network alone, or use 'haproxy'",
          },
          {
            of: others,
            problem: `servers behind port ${service.port} have another one`,
            remedy: "give the service their port, on a balancer of its own where that is taken, or use 'haproxy'",
          },
        ]
          .filter(({ of }) => of.length > 0)
          .map(({ of, problem, remedy }) => ({ path, problem, value: names(of), remedy, property: 'services' }));
      });
    }),
};
