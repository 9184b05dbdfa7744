import type { Rule } from '../../rule';

/** X27: services stay where they are when a node comes back. */
export const autoFailback: Rule = {
  id: 'cluster/auto-failback',
  severity: 'warning',
  requirements: ['X27'],
  title: 'Services do not move back by themselves when a node returns.',
  rationale:
    'Each return costs a second interruption, and a node that fails again and again drags the services to and fro; it may also return before DRBD has resynchronised.',
  check: (topology) =>
    topology.clusters
      .filter((cluster) => cluster.autoFailback !== 'off')
      .map((cluster) => ({
        path: cluster.path,
        problem: 'services move back by themselves when a node returns',
        value: cluster.autoFailback,
        remedy: "set autoFailback to 'off' and move them by hand at a quiet time",
        property: 'autoFailback',
      })),
};
