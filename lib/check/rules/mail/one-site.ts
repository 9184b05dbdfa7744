import { mailGraph } from '../../../topology/mail-graph';
import type { Rule } from '../../rule';

/** F7: mail outlives a site where another pair stands elsewhere. */
export const oneSite: Rule = {
  id: 'mail/one-site',
  severity: 'warning',
  requirements: ['F7', 'S9'],
  title: 'A pair on one site has another pair of its farm on another site.',
  rationale:
    'Disks, feeds and switches of a site all burn with it. Mail for the domains then waits at its senders, and comes back when they give up.',
  check: (topology) => {
    const graph = mailGraph(topology);
    return topology.mailPairs.flatMap((pair) => {
      const sites = graph.sitesOf(pair);
      const others = graph.farmsOf(pair).flatMap((farm) => graph.pairsOf(farm).flatMap(graph.sitesOf));
      return sites.length > 1 || others.some((site) => !sites.includes(site))
        ? []
        : [
            {
              path: pair.path,
              problem: `all servers that take the mail of pair ${pair.name} are on one site`,
              value: sites[0] ?? 'none',
              remedy: 'add a pair on another site and make a MailFarm of both, or accept it',
              property: 'servers',
            },
          ];
    });
  },
};
