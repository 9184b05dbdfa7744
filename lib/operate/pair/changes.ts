import type { ResourceGroupFacts } from '../../topology/cluster';
import type { Topology } from '../../topology/topology';
import { groupState } from './group-state';
import type { NodeLook } from './node-look';

/** What became different on a node between two looks, as words for a line of progress. */
export function changes(
  topology: Topology,
  groups: readonly ResourceGroupFacts[],
  before: NodeLook,
  after: NodeLook,
): readonly string[] {
  if (!after.reached) return before.reached ? [`does not answer: ${after.reason}`] : [];
  if (!before.reached) return ['answers again'];
  return groups.flatMap((group) => {
    const old = groupState(topology, group, before).members;
    return groupState(topology, group, after).members.flatMap(({ text, otherwise, runs }, index) => {
      if (old[index]?.runs === runs) return [];
      return [runs ? text : otherwise];
    });
  });
}
