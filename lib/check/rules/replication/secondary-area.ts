import type { AttributeSelectionFacts, ReplicationAgreementFacts } from '../../../topology/replication';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** A hub passes on what it holds, and no more. */
export const secondaryArea: Rule = {
  id: 'replication/secondary-area',
  severity: 'error',
  requirements: ['R4', 'F19'],
  title: 'A hub feeds others with a part of what it gets itself.',
  rationale: 'Entries and attributes that a hub does not hold are missing behind it, whatever its agreements say.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements.flatMap((out) => {
      const { path, directory, supplier } = out;
      const from = graph.supplierOf(supplier);
      if (from === undefined || graph.replica(directory, from)?.role !== 'hub') return [];
      const arriving = graph.agreementsOf(directory).filter(({ consumer }) => consumer === from);
      if (arriving.length === 0 || arriving.some((into) => holds(into, out))) return [];
      return [
        {
          path,
          problem: `${graph.server(from).name} is to pass on what it does not get`,
          value: `${out.area.base}, ${selection(out.attributes)}`,
          remedy: 'widen what feeds the hub, or narrow this agreement',
        },
      ];
    });
  },
};

function holds(into: ReplicationAgreementFacts, out: ReplicationAgreementFacts): boolean {
  const whole = into.area.filter === undefined || into.area.filter === out.area.filter;
  return whole && `,${out.area.base}`.endsWith(`,${into.area.base}`) && covers(into.attributes, out.attributes);
}

function covers(held: AttributeSelectionFacts, wanted: AttributeSelectionFacts): boolean {
  if (held.kind === 'all') return true;
  if (wanted.kind === 'all') return false;
  const [has, wants] = [new Set(held.attributes), new Set(wanted.attributes)];
  if (held.kind === 'include') return wanted.kind === 'include' && [...wants].every((one) => has.has(one));
  return wanted.kind === 'include' ? [...wants].every((one) => !has.has(one)) : [...has].every((one) => wants.has(one));
}

const selection = (attributes: AttributeSelectionFacts): string =>
  attributes.kind === 'all' ? 'all attributes' : `${attributes.kind} ${attributes.attributes.join(', ')}`;
