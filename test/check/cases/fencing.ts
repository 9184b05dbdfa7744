import { accepts, finds, findsAll, type RuleCase } from '../rule-case';
import { asFiles, pair, withCluster, withDevice, withHost, withMembers } from '../fixtures';

const path = 'groupware/ox';
const withoutStorage = withMembers((members) => members.filter((member) => member.kind === 'service'), {
  ...pair,
  drbdResources: [],
});

export const fencingCases: readonly RuleCase[] = [
  accepts('cluster/fencing', 'each node has a device', pair),
  accepts('cluster/fencing', 'nothing is replicated or shared', withCluster({ fencing: [] }, withoutStorage)),
  accepts(
    'cluster/fencing',
    'a file does not show what a device resets',
    asFiles(withDevice('hq/ox1-ipmi', { fences: [] })),
  ),
  finds('cluster/fencing', 'there is no device', withCluster({ fencing: [] }), path, /no fencing; give the cluster/),
  finds(
    'cluster/fencing',
    'one node has no device',
    withCluster({ fencing: ['hq/ox1-ipmi'] }),
    path,
    /resets this node \(ox2\)/,
  ),
  finds(
    'cluster/fencing',
    'a device is used only by the node that it resets',
    withDevice('hq/ox1-ipmi', { from: 'hq/ox1' }),
    path,
    /resets this node \(ox1\)/,
  ),
  accepts('fencing/power-feed', 'each device is on the feed of the other node', pair),
  accepts(
    'fencing/power-feed',
    'the node is on two feeds',
    withHost('hq/ox1', { failureDomains: ['hq/feed-a', 'hq/feed-b'] }),
  ),
  accepts(
    'fencing/power-feed',
    'the device is on two feeds',
    withDevice('hq/ox1-ipmi', { failureDomains: ['hq/feed-a', 'hq/feed-b'] }),
  ),
  finds(
    'fencing/power-feed',
    'the device is on the feed of its node',
    withDevice('hq/ox1-ipmi', { failureDomains: ['hq/feed-a'] }),
    'groupware/hq/ox1-ipmi',
    /power feed of ox1, which it fences \(hq\/feed-a\)/,
  ),
  accepts('fencing/one-device', 'each node resets the other by one device', pair),
  accepts(
    'fencing/one-device',
    'one device resets both nodes',
    withDevice('hq/ox1-ipmi', { fences: ['hq/ox1', 'hq/ox2'] }, withCluster({ fencing: ['hq/ox1-ipmi'] })),
  ),
  findsAll(
    'fencing/one-device',
    'two devices reset both nodes',
    withDevice(
      'hq/ox1-ipmi',
      { fences: ['hq/ox1', 'hq/ox2'] },
      withDevice('hq/ox2-ipmi', { fences: ['hq/ox1', 'hq/ox2'] }),
    ),
    { path, text: /ox1 has to use \(ox1-ipmi, ox2-ipmi\)/ },
    { path, text: /ox2 has to use/ },
  ),
];
