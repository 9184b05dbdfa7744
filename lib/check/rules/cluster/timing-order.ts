import type { HeartbeatClusterFacts } from '../../../topology/cluster';
import type { Rule, RuleFinding } from '../../rule';
import { time } from '../../wording';

/** E9: keepalive < warntime < deadtime, and deadtime more than twice keepalive. */
export const timingOrder: Rule = {
  id: 'cluster/timing-order',
  severity: 'error',
  requirements: ['E9'],
  title: 'keepalive is less than warntime, warntime less than deadtime, and deadtime more than twice keepalive.',
  rationale:
    'Heartbeat refuses a deadtime of up to twice keepalive, since one lost packet would be a dead node; a warntime at or above deadtime never warns.',
  check: (topology) => topology.clusters.flatMap((cluster) => faults(cluster)),
};

function faults(cluster: HeartbeatClusterFacts): readonly RuleFinding[] {
  const { keepalive, warntime, deadtime } = cluster.timing;
  const findings: RuleFinding[] = [];
  const add = (problem: string, value: string, remedy: string, property: string): void => {
    findings.push({ path: cluster.path, problem, value, remedy, property });
  };
  if (keepalive !== undefined && warntime !== undefined && keepalive >= warntime)
    add(
      'keepalive must be less than warntime',
      `${time(keepalive)}, ${time(warntime)}`,
      'lower keepalive or raise warntime',
      'timing.keepalive',
    );
  if (warntime !== undefined && deadtime !== undefined && warntime >= deadtime)
    add(
      'warntime must be less than deadtime',
      `${time(warntime)}, ${time(deadtime)}`,
      'raise deadtime or lower warntime',
      'timing.warntime',
    );
  if (keepalive !== undefined && deadtime !== undefined && deadtime <= 2 * keepalive)
    add(
      'deadtime must be more than twice keepalive',
      `${time(deadtime)}, ${time(keepalive)}`,
      'raise deadtime or lower keepalive',
      'timing.deadtime',
    );
  return findings;
}
