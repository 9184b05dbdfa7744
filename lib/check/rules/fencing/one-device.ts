import { fencingDevicesOf, issues } from '../../../topology/fencing';
import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** Heartbeat keeps one STONITH device per node. */
export const oneDevice: Rule = {
  id: 'fencing/one-device',
  severity: 'error',
  requirements: ['X4'],
  title: 'Each node issues its resets through one fencing device.',
  rationale:
    'Of several stonith_host lines for one node Heartbeat keeps the last: the others are never used, and what only they can reset is never reset.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) => {
      const used = fencingDevicesOf(topology, cluster);
      return cluster.nodes.flatMap((node) => {
        const issued = used.filter((device) => issues(cluster, device, node));
        return issued.length < 2
          ? []
          : [
              {
                path: cluster.path,
                problem: `more than one fencing device that ${lookup(topology).host(node).name} has to use`,
                value: issued.map((device) => device.name).join(', '),
                remedy: 'let each device be issued from one node, or use one device for all nodes',
                property: 'fencing',
              },
            ];
      });
    }),
};
