import { lookup } from '../../../topology/lookup';
import type { EntityId } from '../../../topology/units';
import { byId } from '../../collections';
import type { Rule } from '../../rule';

/** X4: the device works when the node has no power. */
export const powerFeed: Rule = {
  id: 'fencing/power-feed',
  severity: 'error',
  requirements: ['X4'],
  title: 'A fencing device does not depend on the one power feed of a node that it fences.',
  rationale:
    'When the feed fails, the node and its device are off together: the survivor cannot confirm the reset, tries for ever, and does not take over. A node with two feeds stays up when one fails.',
  check: (topology) => {
    const domains = byId(topology.failureDomains);
    const feedsOf = (ids: readonly EntityId[]): readonly EntityId[] =>
      ids.filter((id) => domains.get(id)?.kind === 'power-feed');
    return topology.fencingDevices.flatMap((device) => {
      const [feed, ...more] = feedsOf(device.failureDomains);
      if (feed === undefined || more.length > 0) return [];
      return device.fences
        .map((id) => lookup(topology).host(id))
        .filter((host) => {
          const feeds = feedsOf(host.failureDomains);
          return feeds.length === 1 && feeds[0] === feed;
        })
        .map((host) => ({
          path: device.path,
          problem: `the fencing device is on the power feed of ${host.name}, which it fences`,
          value: feed,
          remedy: 'put the device on another feed, or the node on two',
          property: 'failureDomains',
        }));
    });
  },
};
