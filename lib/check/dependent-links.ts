import type { LinkFacts } from '../topology/cluster';
import type { Topology } from '../topology/topology';
import type { ConstructPath } from '../topology/units';
import { commonCauseOfLinks, describeLink } from './failure-causes';
import type { RuleFinding } from './rule';

/** The finding of a cluster or pair that has no two heartbeat links without a common cause of failure (X20, E6). */
export function dependentLinks(
  topology: Topology,
  of: { readonly path: ConstructPath; readonly links: readonly LinkFacts[] },
): readonly RuleFinding[] {
  const finding = {
    path: of.path,
    problem: 'fewer than two independent heartbeat links',
    remedy: 'add a serial link, or a link over a network with a switch and cards of its own',
    property: 'links',
  };
  if (of.links.length < 2)
    return [{ ...finding, value: of.links.map((link) => describeLink(topology, link)).join(', ') || 'none' }];
  const shared = commonCauseOfLinks(topology, of);
  return shared === undefined ? [] : [{ ...finding, value: `shared: ${shared}` }];
}
