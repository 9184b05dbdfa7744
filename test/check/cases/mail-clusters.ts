import type { Topology } from '../../../lib/topology/topology';
import { patch } from '../fixtures';
import { faultless, withMailPair } from '../mail-fixtures';
import { accepts, finds, findsAll, type RuleCase } from '../rule-case';

const operator = { decision: 'operator', fenceFirst: true } as const;
const PATH = 'mail/mx-hq';

/** The pairs of the mail deployment without the clusters that they are. */
const withoutClusters: Topology = { ...faultless, clusters: [] };

/** The cluster alone, as it were without a mail pair. */
const notOfPair: Topology = {
  ...faultless,
  mailPairs: [],
  clusters: patch(faultless.clusters, ['mx-hq'], () => ({ fencing: [], links: [] })),
};

/** The pair has neither devices nor links, and so has its cluster. */
const bare: Topology = {
  ...withMailPair('mx-hq', { fencing: [], links: [] }),
  clusters: notOfPair.clusters,
};

const withPurpose = (purpose: 'service' | 'replication'): Topology => ({
  ...faultless,
  networks: patch(faultless.networks, ['hq/link'], () => ({ purpose })),
});

/** Both servers of a pair at home on one host. */
const onOneNode: Topology = {
  ...faultless,
  clusters: patch(faultless.clusters, ['mx-hq'], ({ groups }) => ({
    groups: groups.map((group) => ({ ...group, preferred: 'hq/hq-mail1' })),
  })),
};

/** Rules of clusters and of mail pairs, where a pair is a cluster. */
export const mailClusterCases: readonly RuleCase[] = [
  accepts('mail/operator-takeover', 'Heartbeat takes over by itself', faultless),
  accepts(
    'mail/operator-takeover',
    'the pair is no cluster',
    withMailPair('mx-hq', { takeover: operator }, withoutClusters),
  ),
  finds(
    'mail/operator-takeover',
    'an operator is to decide',
    withMailPair('mx-hq', { takeover: operator }),
    PATH,
    /Heartbeat takes over the queue of a lost server by itself \(operator\)/,
  ),
  accepts('cluster/fencing', 'mail/fencing speaks of a pair', bare),
  findsAll(
    'mail/fencing',
    'the pair has no devices',
    bare,
    { path: PATH, text: /hq-mail1/ },
    { path: PATH, text: /2/ },
  ),
  finds('cluster/fencing', 'the same is no pair', notOfPair, PATH, /no fencing/),
  accepts('cluster/heartbeat-paths', 'mail/heartbeat-paths speaks of a pair', bare),
  finds('cluster/heartbeat-paths', 'the same is no pair', notOfPair, PATH, /fewer than two/),
  accepts('cluster/addresses', 'clients know both servers of a pair', faultless),
  finds(
    'cluster/addresses',
    'the same is no pair',
    { ...notOfPair, clusters: notOfPair.clusters.slice(1) },
    PATH,
    /no/,
  ),
  accepts('cluster/group-address', 'clients know both servers of a pair', faultless),
  findsAll(
    'cluster/group-address',
    'the same is no pair',
    { ...notOfPair, clusters: notOfPair.clusters.slice(1) },
    { path: `${PATH}/mx-hq-mail1`, text: /no virtual address/ },
    { path: `${PATH}/mx-hq-mail2`, text: /no virtual address/ },
  ),
  accepts('cluster/hot-standby', 'the servers of a pair have addresses of their own', faultless),
  finds('cluster/hot-standby', 'both are at home on one node', onOneNode, PATH, /all groups prefer one node/),
  accepts('service/unique-port', 'each server takes mail on its own host', faultless),
  finds('service/unique-port', 'both take mail on one host', onOneNode, `${PATH}/postfix-mx-hq-mail2`, /already uses/),
  accepts('drbd/dedicated-network', 'queues are replicated over a network of their own', withPurpose('replication')),
  finds(
    'drbd/dedicated-network',
    'queues are replicated over a network on which mail comes in',
    withPurpose('service'),
    'mail/hq/link',
    /queue-hq-mail1, queue-hq-mail2/,
  ),
];
