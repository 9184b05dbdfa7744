import type { HeartbeatClusterFacts } from '../../../topology/cluster';
import { lookup } from '../../../topology/lookup';
import type { Topology } from '../../../topology/topology';
import type { Rule, RuleFinding } from '../../rule';
import { time } from '../../wording';

/** E9: after a start the cluster waits until the other node can have come up. */
export const initdead: Rule = {
  id: 'cluster/initdead',
  severity: 'error',
  requirements: ['E9'],
  title: 'initdead is at least twice deadtime and at least the time in which the slowest node boots and gets its link.',
  rationale:
    'When both nodes are switched on together, the faster one declares the other dead after initdead, fences it and takes everything: each power cut ends with nodes that shoot each other. Older Heartbeats refuse less than twice deadtime.',
  check: (topology) => topology.clusters.flatMap((cluster) => faults(topology, cluster)),
};

function faults(topology: Topology, cluster: HeartbeatClusterFacts): readonly RuleFinding[] {
  const { initdead: given, deadtime } = cluster.timing;
  if (given === undefined) return [];
  const findings: RuleFinding[] = [];
  if (deadtime !== undefined && given < 2 * deadtime)
    findings.push({
      path: cluster.path,
      problem: 'initdead must be at least twice deadtime',
      value: `${time(given)}, ${time(deadtime)}`,
      remedy: `raise initdead to ${time(2 * deadtime)}`,
      property: 'timing.initdead',
    });
  for (const node of cluster.nodes) {
    const host = lookup(topology).host(node);
    const needed = host.bootTime + host.linkUpTime;
    if (given < needed)
      findings.push({
        path: cluster.path,
        problem: `initdead must be at least the boot and link-up time of ${host.name}`,
        value: `${time(given)}, ${time(needed)}`,
        remedy: `raise initdead to ${time(needed)}`,
        property: 'timing.initdead',
      });
  }
  return findings;
}
