import type { LinkFacts } from '../../../lib/topology/cluster';
import { accepts, finds, findsAll, type RuleCase } from '../rule-case';
import {
  asFiles,
  domain,
  lanLink,
  pair,
  replicationLink,
  serialLink,
  withCluster,
  withDomains,
  withHost,
  withNetwork,
  withoutMember,
} from '../fixtures';

const path = 'groupware/ox';
const otherPort: LinkFacts = {
  kind: 'serial',
  baud: 19_200,
  ends: ['hq/ox1', 'hq/ox2'].map((host) => ({ host, device: '/dev/ttyS1' })),
};

const oneCard = (['hq/ox1', 'hq/ox2'] as const).reduce(
  (topology, id) =>
    withHost(id, (host) => ({ interfaces: host.interfaces.map((own) => ({ ...own, card: 'quad' })) }), topology),
  withCluster({ links: [lanLink, replicationLink] }),
);
const sharedSwitch = withNetwork(
  'hq/lan',
  { switches: ['hq/sw'] },
  withNetwork('hq/link', { switches: ['hq/sw'] }, withDomains([domain('sw', 'switch')])),
);

export const linkCases: readonly RuleCase[] = [
  accepts(
    'cluster/heartbeat-paths',
    'a network and a serial line link the nodes (X20)',
    withCluster({ links: [lanLink, serialLink] }),
  ),
  accepts('cluster/heartbeat-paths', 'two networks link the nodes', withCluster({ links: [lanLink, replicationLink] })),
  accepts('cluster/heartbeat-paths', 'a third link is independent of two on one switch', sharedSwitch),
  finds(
    'cluster/heartbeat-paths',
    'there is no link',
    withCluster({ links: [] }),
    path,
    /links \(none\); add a serial/,
  ),
  finds(
    'cluster/heartbeat-paths',
    'there is one link (X20)',
    withCluster({ links: [replicationLink] }),
    path,
    /\(ucast link\)/,
  ),
  finds(
    'cluster/heartbeat-paths',
    'two links use one network',
    withCluster({ links: [lanLink, { ...lanLink }] }),
    path,
    /shared: network hq\/lan/,
  ),
  finds(
    'cluster/heartbeat-paths',
    'two networks share a switch',
    withCluster({ links: [lanLink, replicationLink] }, sharedSwitch),
    path,
    /shared: switch hq\/sw/,
  ),
  finds('cluster/heartbeat-paths', 'two networks share a card', oneCard, path, /shared: card quad of ox1/),
  finds(
    'cluster/heartbeat-paths',
    'a file names both addresses of one interface',
    asFiles(
      withCluster({
        links: ['192.168.180.10', '192.168.180.20'].map((address, index) => ({
          kind: 'ucast',
          ends: [{ host: `hq/ox${index + 1}`, interface: 'eth1', address }],
        })),
      }),
    ),
    path,
    /shared: interface eth1/,
  ),
  accepts(
    'cluster/shared-cable',
    'the serial line survives the replication cable',
    withCluster({ links: [replicationLink, serialLink] }),
  ),
  accepts('cluster/shared-cable', 'there is no link at all', withCluster({ links: [] })),
  finds(
    'cluster/shared-cable',
    'the only link is the replication cable',
    withCluster({ links: [replicationLink] }),
    path,
    /\(network hq\/link\)/,
  ),
  finds(
    'cluster/shared-cable',
    'all links and the replication use one switch',
    withCluster({ links: [lanLink, replicationLink] }, sharedSwitch),
    path,
    /switch hq\/sw, network hq\/link/,
  ),
  finds(
    'cluster/shared-cable',
    'a file shows the address of the replication only',
    asFiles(
      withCluster({
        links: [{ kind: 'ucast', ends: [{ host: 'hq/ox2', interface: 'eth1', address: '192.168.180.20' }] }],
      }),
    ),
    path,
    /192\.168\.180\.20|eth1/,
  ),
  accepts('cluster/two-nodes', 'there are two nodes', pair),
  finds(
    'cluster/two-nodes',
    'a node is named twice',
    withCluster({ nodes: ['hq/ox1', 'hq/ox1'] }),
    path,
    /hq\/ox1, hq\/ox1/,
  ),
  accepts('cluster/one-per-host', 'there is one cluster', pair),
  findsAll(
    'cluster/one-per-host',
    'two clusters use the same hosts',
    { ...pair, clusters: pair.clusters.flatMap((cluster) => [cluster, { ...cluster, id: 'b', path: 'groupware/b' }]) },
    { path: 'groupware/b', text: /already in cluster ox \(ox1\)/ },
    { path: 'groupware/b', text: /\(ox2\)/ },
  ),
  accepts('cluster/addresses', 'each node has an address and the group a virtual one', pair),
  accepts(
    'cluster/addresses',
    'files do not show the fixed addresses',
    asFiles(withHost('hq/ox1', { interfaces: [] })),
  ),
  finds(
    'cluster/addresses',
    'no group has a virtual address (X5)',
    withoutMember('address 192.168.1.160'),
    path,
    /no virtual address/,
  ),
  finds(
    'cluster/addresses',
    'a node is on the replication network only (X5)',
    withHost('hq/ox2', (host) => ({ interfaces: host.interfaces.filter((own) => own.network === 'hq/link') })),
    'groupware/hq/ox2',
    /service or administration network \(ox2\)/,
  ),
  accepts('cluster/group-address', 'the group has a virtual address', pair),
  finds(
    'cluster/group-address',
    'clients have no address',
    withoutMember('address 192.168.1.160'),
    'groupware/ox/groupware',
    /no virtual address/,
  ),
  accepts('cluster/unique-serial-port', 'each link has its own port', withCluster({ links: [serialLink, otherPort] })),
  findsAll(
    'cluster/unique-serial-port',
    'two links use one port',
    withCluster({ links: [serialLink, { ...serialLink }] }),
    { path, text: /serial port of ox1 .*\/dev\/ttyS0/ },
    { path, text: /serial port of ox2/ },
  ),
  accepts('cluster/unique-udp-port', 'two clusters use ucast on one network', twoClusters('ucast')),
  finds(
    'cluster/unique-udp-port',
    'two clusters broadcast on one network',
    twoClusters('bcast'),
    'groupware/b',
    /port of cluster ox \(694\)/,
  ),
];

function twoClusters(kind: 'ucast' | 'bcast'): typeof pair {
  return {
    ...pair,
    clusters: pair.clusters
      .map((cluster) => ({
        ...cluster,
        links: cluster.links.map((link) => (link.kind === 'serial' ? link : { ...link, kind })).slice(0, 1),
      }))
      .flatMap((cluster) => [cluster, { ...cluster, id: 'b', path: 'groupware/b' }]),
  };
}
