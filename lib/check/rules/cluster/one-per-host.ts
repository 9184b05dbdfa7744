import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** A host runs one Heartbeat. */
export const onePerHost: Rule = {
  id: 'cluster/one-per-host',
  severity: 'error',
  requirements: ['X16', 'X27'],
  title: 'A host is a node of at most one Heartbeat cluster.',
  rationale: 'There is one ha.cf and one haresources on a host; the files of two clusters overwrite each other.',
  check: (topology) =>
    topology.hosts.flatMap((host) => {
      const [first, ...others] = lookup(topology).clustersOf(host.id);
      return others
        .filter((cluster) => cluster !== first)
        .map((cluster) => ({
          path: cluster.path,
          problem: `a node that is already in cluster ${first?.name ?? ''}`,
          value: host.name,
          remedy: 'use another host or move the groups into one cluster',
          property: 'nodes',
        }));
    }),
};
