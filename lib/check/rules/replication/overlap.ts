import type { ReplicationAgreementFacts } from '../../../topology/replication';
import { groupBy } from '../../collections';
import { replicationGraph, type ReplicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** Two agreements that fill the same entries of one consumer differently. */
export const overlap: Rule = {
  id: 'replication/overlap',
  severity: 'error',
  requirements: ['R8', 'R21'],
  title: 'What arrives at a consumer from several suppliers is the same, or does not overlap.',
  rationale:
    'Where one agreement brings an attribute and another one leaves it out, the consumer has what was sent last: it comes and goes.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return [
      ...groupBy(topology.replicationAgreements, ({ directory, consumer }) => `${directory} ${consumer}`).values(),
    ]
      .flatMap((arriving) => arriving.slice(1).map((one) => [arriving[0] as ReplicationAgreementFacts, one] as const))
      .filter(([first, one]) => overlaps(first, one) && !same(first, one))
      .map(([first, one]) => ({
        path: one.path,
        problem: `${nameOf(graph, one)} gets another part of the same entries by ${first.path}`,
        value: one.area.filter ?? one.area.base,
        remedy: 'give both the same area and attributes, or areas that do not overlap',
        property: 'area',
      }));
  },
};

const nameOf = (graph: ReplicationGraph, { consumer }: ReplicationAgreementFacts): string =>
  graph.server(consumer).name;

// Filters may keep areas apart: whether they do only their author knows.
function overlaps({ area: a }: ReplicationAgreementFacts, { area: b }: ReplicationAgreementFacts): boolean {
  if (a.filter !== undefined && b.filter !== undefined && a.filter !== b.filter) return false;
  const [one, other] = [`,${a.base}`.toLowerCase(), `,${b.base}`.toLowerCase()];
  return one.endsWith(other) || other.endsWith(one);
}

const same = (a: ReplicationAgreementFacts, b: ReplicationAgreementFacts): boolean =>
  JSON.stringify([a.area, a.attributes]) === JSON.stringify([b.area, b.attributes]);
