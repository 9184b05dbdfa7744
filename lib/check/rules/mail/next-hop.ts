import { mailGraph } from '../../../topology/mail-graph';
import type { Rule } from '../../rule';

/** S2: what is taken for a domain has somewhere to go. */
export const nextHop: Rule = {
  id: 'mail/next-hop',
  severity: 'warning',
  requirements: ['S2'],
  title:
    'Mail of every domain of a pair is sent somewhere: by a transport, relayHost, or an address that a directory gives.',
  rationale:
    'Else it goes to the MX of its domain, and where that is the pair itself, Postfix returns it: mail loops back to myself.',
  check: (topology) => {
    const graph = mailGraph(topology);
    return topology.mailPairs
      .filter(
        (pair) => pair.relayHost === undefined && graph.serversOf(pair).every(({ software }) => software === 'postfix'),
      )
      .flatMap(({ path, domains, configuration }) => {
        if (configuration.kind === 'directory' && configuration.resultAttribute !== 'mail') return [];
        const sent = configuration.kind === 'table' ? configuration.transports.map(({ domain }) => domain) : [];
        return domains
          .filter((domain) => !sent.includes(domain))
          .map((domain) => ({
            path,
            problem: 'mail of a domain goes to the MX of the domain, which may be the pair itself',
            value: domain,
            remedy: 'set relayHost, or say in transports where its mail goes',
            property: 'relayHost',
          }));
      });
  },
};
