import { lookup } from '../../../topology/lookup';
import { mailGraph } from '../../../topology/mail-graph';
import { byId } from '../../collections';
import type { Rule } from '../../rule';

/** F7: what a disaster-recovery site counts on is there. */
export const onSite: Rule = {
  id: 'recovery/on-site',
  severity: 'error',
  requirements: ['F7', 'S9'],
  title: 'Pairs, directory servers and volumes of a disaster-recovery site are on it.',
  rationale: 'What stands elsewhere may be lost with the primary site, or is out of reach when it is.',
  check: (topology) => {
    const graph = mailGraph(topology);
    const [servers, resources, shared] = [
      byId(topology.directoryServers),
      byId(topology.drbdResources),
      byId(topology.sharedVolumes),
    ];
    const siteOf = (host: string): string => lookup(topology).host(host).site;
    return topology.disasterRecoverySites.flatMap(({ path, site, mailPairs, directoryServers, volumes }) => {
      const places = [
        ...mailPairs.map((id) => ({ id, there: graph.sitesOf(graph.pair(id)).every((one) => one === site) })),
        ...directoryServers.map((id) => ({ id, there: siteOf(servers.get(id)?.host ?? '') === site })),
        ...volumes.map((id) => ({
          id,
          there: [...(resources.get(id)?.peers.map(({ host }) => host) ?? []), ...(shared.get(id)?.hosts ?? [])].some(
            (host) => siteOf(host) === site,
          ),
        })),
      ];
      return places
        .filter(({ there }) => !there)
        .map(({ id }) => ({
          path,
          problem: `this is not on site ${site}`,
          value: id,
          remedy: 'name what is there, or move it',
        }));
    });
  },
};
