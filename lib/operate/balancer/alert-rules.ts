import type { Topology } from '../../topology/topology';
import { selector, type AlertRule } from '../status/alert-rule';

/** Alerts on load balancers in software. */
export function balancerAlertRules(topology: Topology): readonly AlertRule[] {
  if (!topology.loadBalancers.some(({ balancer }) => balancer.kind === 'software')) return [];
  const all = selector(topology.name);
  return [
    {
      alert: 'TandemBalancerNoAddress',
      expr: `tandem_balancer_address_nodes${all} == 0`,
      for: '1m',
      severity: 'critical',
      summary: 'No node has the address of {{ $labels.balancer }}',
    },
    {
      alert: 'TandemBalancerTwoAddresses',
      expr: `tandem_balancer_address_nodes${all} > 1`,
      for: '1m',
      severity: 'critical',
      summary: '{{ $value }} nodes have the address of {{ $labels.balancer }}: one of them hangs',
    },
    {
      alert: 'TandemBalancerNotActive',
      expr: `tandem_balancer_active${all} == 0`,
      for: '2m',
      severity: 'warning',
      summary: '{{ $labels.balancer }} does not work on {{ $labels.node }}',
    },
    {
      alert: 'TandemBalancerNoServer',
      expr: `max by (deployment, balancer, proxy) (tandem_balancer_server_up${all}) == 0`,
      for: '1m',
      severity: 'critical',
      summary: 'No server is left behind {{ $labels.proxy }}',
    },
  ];
}
