import type { HeartbeatClusterFacts } from '../../../topology/cluster';
import { lookup } from '../../../topology/lookup';
import type { HostFacts } from '../../../topology/site';
import type { Topology } from '../../../topology/topology';
import { compareAddresses } from '../../addresses';
import { clusterResources } from '../../groups';
import type { Rule, RuleFinding } from '../../rule';

/** E7: node numbers and addresses rise together. */
export const nodeOrder: Rule = {
  id: 'drbd/node-order',
  severity: 'warning',
  requirements: ['E7'],
  title: 'The node with the lower number has the lower address.',
  rationale:
    'Where ox1 is .20 and ox2 is .10, the line `ucast ... .10` on ox1 looks like its own address; files get copied to the wrong node and the wrong node gets switched off.',
  check: (topology) => topology.clusters.flatMap((cluster) => reversed(topology, cluster)),
};

function reversed(topology: Topology, cluster: HeartbeatClusterFacts): readonly RuleFinding[] {
  const hosts = cluster.nodes.map((node) => lookup(topology).host(node));
  const [low, high] = [...hosts].sort((one, other) => (numberOf(one) ?? 0) - (numberOf(other) ?? 0));
  if (!low || !high || numberOf(low) === undefined || stem(low) !== stem(high) || numberOf(low) === numberOf(high))
    return [];
  return [...addressPairs(topology, cluster, low, high)]
    .filter(([, [lowAddress, highAddress]]) => compareAddresses(lowAddress, highAddress) > 0)
    .map(([property, [lowAddress, highAddress]]) => ({
      path: cluster.path,
      problem: 'node numbers and addresses run in opposite order',
      value: `${low.name} = ${lowAddress}, ${high.name} = ${highAddress}`,
      remedy: 'give the node with the lower number the lower address',
      property,
    }));
}

/** The addresses of both nodes per network, and of DRBD where the network is not known. */
function addressPairs(
  topology: Topology,
  cluster: HeartbeatClusterFacts,
  low: HostFacts,
  high: HostFacts,
): ReadonlyMap<string, readonly [string, string]> {
  const pairs = new Map<string, readonly [string, string]>();
  const seen = new Set<string>();
  const add = (property: string, one: string | undefined, other: string | undefined): void => {
    if (one === undefined || other === undefined || seen.has(`${one} ${other}`)) return;
    seen.add(`${one} ${other}`);
    pairs.set(property, [one, other]);
  };
  for (const first of low.interfaces)
    add(
      `interfaces.${first.name}`,
      first.address,
      high.interfaces.find((second) => second.network === first.network)?.address,
    );
  for (const resource of clusterResources(topology, cluster)) {
    const addressOf = (host: HostFacts): string | undefined =>
      resource.peers.find((peer) => peer.host === host.id)?.address;
    add('peers', addressOf(low), addressOf(high));
  }
  return pairs;
}

function numberOf(host: HostFacts): number | undefined {
  const digits = /(\d+)(?:\..*)?$/.exec(host.name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function stem(host: HostFacts): string {
  return host.name.replace(/\d+(\..*)?$/, '$1');
}
