import { callsOutdaterAtOnce, PEER_OUTDATER } from '../../../topology/peer-outdater';
import { clusterResources } from '../../groups';
import type { Rule } from '../../rule';

/** dopd serves one caller at a time. */
export const outdaterInTurn: Rule = {
  id: 'drbd/outdater-in-turn',
  severity: 'error',
  requirements: ['X2'],
  title: 'Resources that lose their link together call the outdater one after the other.',
  rationale:
    "dopd sends a second caller away, DRBD takes that for a dead peer, and the peer's copy is not outdated: it is promoted with old data at the next takeover.",
  check: (topology) =>
    topology.clusters.flatMap((cluster) => {
      const callers = clusterResources(topology, cluster).filter((resource) =>
        resource.handlers.some(callsOutdaterAtOnce),
      );
      return callers.length < 2
        ? []
        : callers.map((resource) => ({
            path: resource.path,
            problem: `drbd-peer-outdater is called at the same time for ${callers.length} resources, and dopd serves one`,
            value: 'drbd-peer-outdater',
            remedy: `use the handler that calls it in turn (${PEER_OUTDATER})`,
            property: 'handlers.fence-peer',
          }));
    }),
};
