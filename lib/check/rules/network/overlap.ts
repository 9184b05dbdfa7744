import { lookup } from '../../../topology/lookup';
import type { NetworkFacts } from '../../../topology/site';
import type { Topology } from '../../../topology/topology';
import { overlap, parsedNetworks } from '../../addresses';
import type { Rule } from '../../rule';

/** X20: two interfaces of a host are in two networks. */
export const networkOverlap: Rule = {
  id: 'network/overlap',
  severity: 'error',
  requirements: ['X20', 'E6'],
  title: 'The networks of one host do not overlap.',
  rationale:
    'The kernel sends all packets for both networks out of one interface: the second cable carries nothing, and what looks like two heartbeat links is one.',
  check: (topology) =>
    topology.hosts.flatMap((host) => {
      const networks = [...new Set(host.interfaces.map((own) => own.network))].map((id) =>
        lookup(topology).network(id),
      );
      return networks.flatMap((one, index) =>
        networks
          .slice(index + 1)
          .filter((other) => overlapping(topology, one, other))
          .map((other) => ({
            path: host.path,
            problem: `networks ${one.name} and ${other.name} of one host overlap`,
            value: `${one.cidr}, ${other.cidr}`,
            remedy: 'give them different ranges',
            property: 'interfaces',
          })),
      );
    }),
};

function overlapping(topology: Topology, one: NetworkFacts, other: NetworkFacts): boolean {
  const [first, second] = [one, other].map((network) => parsedNetworks(topology).get(network.id));
  return first !== undefined && second !== undefined && overlap(first, second);
}
