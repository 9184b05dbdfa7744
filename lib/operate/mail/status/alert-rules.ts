import { mailGraph } from '../../../topology/mail-graph';
import type { Topology } from '../../../topology/topology';
import { selector, type AlertRule } from '../../status/alert-rule';
import { LATE } from './findings';

/** Alerts on mail servers. */
export function mailAlertRules(topology: Topology): readonly AlertRule[] {
  if (topology.mailPairs.length === 0) return [];
  const all = selector(topology.name);
  const graph = mailGraph(topology);
  return [
    {
      alert: 'TandemMailQueueNotServed',
      expr: `tandem_mail_queue_served${all} == 0`,
      for: '2m',
      severity: 'critical',
      summary: 'Nobody delivers the queue of {{ $labels.server }}',
    },
    {
      alert: 'TandemMailQueueTwice',
      expr: `tandem_mail_queue_hosts${all} > 1`,
      severity: 'critical',
      summary: '{{ $value }} hosts run an instance on the queue of {{ $labels.server }}',
    },
    {
      alert: 'TandemMailServerHangs',
      expr: `tandem_mail_server_hangs${all} == 1`,
      for: '1m',
      severity: 'critical',
      summary: '{{ $labels.server }} has its queue and does not answer: reset its host',
    },
    {
      alert: 'TandemMailPairSilent',
      expr: `max by (deployment, pair) (tandem_mail_server_greets${all}) == 0`,
      for: '1m',
      severity: 'critical',
      summary: 'No server of pair {{ $labels.pair }} takes mail',
    },
    {
      alert: 'TandemMailQueueAtPeer',
      expr: `tandem_mail_queue_at_home${all} == 0`,
      for: '5m',
      severity: 'warning',
      summary: '{{ $labels.server }} is not at home: its peer has all the mail of the pair',
    },
    ...topology.mailPairs.flatMap(graph.serversOf).map(({ name, queue }): AlertRule => ({
      alert: 'TandemMailQueueOld',
      expr: `tandem_mail_queue_oldest_seconds${selector(topology.name, { server: name })} > ${Math.round((queue.lifetime * LATE) / 1000)}`,
      for: '10m',
      severity: 'warning',
      labels: { server: name },
      summary: `The oldest message of ${name} has waited for {{ $value }} s`,
    })),
  ];
}
