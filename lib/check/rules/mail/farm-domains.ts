import { mailGraph } from '../../../topology/mail-graph';
import type { Rule } from '../../rule';

/** S9: the pairs of a farm stand in for each other. */
export const farmDomains: Rule = {
  id: 'mail/farm-domains',
  severity: 'warning',
  requirements: ['S9'],
  title: 'The pairs of a farm take the mail of the same domains.',
  rationale:
    'Where a site is lost the other pairs get its mail; for a domain that they do not have they refuse it for good.',
  check: (topology) =>
    topology.mailFarms.flatMap((farm) => {
      const [first, ...others] = mailGraph(topology).pairsOf(farm);
      if (!first) return [];
      return others
        .filter(({ domains }) => domains.join(' ') !== first.domains.join(' '))
        .map(({ path, domains }) => ({
          path,
          problem: `other domains than pair ${first.name} of the farm has`,
          value: `${domains.join(', ')}; ${first.domains.join(', ')}`,
          remedy: 'give both the same domains',
          property: 'domains',
        }));
    }),
};
