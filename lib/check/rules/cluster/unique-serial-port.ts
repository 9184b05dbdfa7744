import { lookup } from '../../../topology/lookup';
import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** X20: a serial port carries one cable. */
export const uniqueSerialPort: Rule = {
  id: 'cluster/unique-serial-port',
  severity: 'error',
  requirements: ['X20'],
  title: 'A serial port of a host carries one heartbeat link.',
  rationale: 'Two readers of one port each take a part of the bytes; both links fail.',
  check: (topology) => {
    const ends = topology.clusters.flatMap((cluster) =>
      cluster.links.flatMap((link) => (link.kind === 'serial' ? link.ends.map((end) => ({ cluster, end })) : [])),
    );
    return duplicates(ends, ({ end }) => `${end.host} ${end.device}`).flatMap(({ others }) =>
      others.map(({ cluster, end }) => ({
        path: cluster.path,
        problem: `a serial port of ${lookup(topology).host(end.host).name} that carries another link`,
        value: end.device,
        remedy: 'use another port or remove the link',
        property: 'links',
      })),
    );
  },
};
