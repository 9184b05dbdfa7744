import type { Metric } from '../status/metric';
import type { BalancerStatus } from './balancer-status';

/** Gauges of load balancers. What was not seen has no sample. */
export function balancerMetrics(statuses: readonly BalancerStatus[]): readonly Metric[] {
  const servers = statuses.flatMap(({ balancer, hosts }) =>
    hosts.flatMap(({ host, servers: seen }) =>
      seen
        .filter(({ server }) => server !== 'BACKEND')
        .map(({ proxy, server, status, sessions }) => ({
          labels: { node: host, balancer, proxy, server },
          ...{ status, sessions },
        })),
    ),
  );
  return [
    {
      name: 'tandem_balancer_address_nodes',
      help: 'Nodes that have the address of the load balancer: one, when all is well.',
      samples: statuses
        // A node that does not answer may have it or not.
        .filter(({ holders, unreached }) => unreached.length === 0 || holders.length > 0)
        .map(({ balancer, holders }) => ({ labels: { balancer }, value: holders.length })),
    },
    {
      name: 'tandem_balancer_active',
      help: 'Whether the programs of the load balancer run on the node, and HAProxy answers.',
      samples: statuses.flatMap(({ balancer, hosts }) =>
        hosts.map(({ host, units, answers }) => ({
          labels: { node: host, balancer },
          value: Number(answers !== false && Object.values(units).every((state) => state === 'active')),
        })),
      ),
    },
    {
      name: 'tandem_balancer_server_up',
      help: 'Whether the load balancer on the node gives the server its share.',
      samples: servers.map(({ labels, status }) => ({ labels, value: Number(status.startsWith('UP')) })),
    },
    {
      name: 'tandem_balancer_server_sessions',
      help: 'Connections to the server now.',
      samples: servers.map(({ labels, sessions }) => ({ labels, value: sessions })),
    },
  ];
}
