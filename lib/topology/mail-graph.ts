import type { LoadBalancerFacts } from './load-balancer';
import { byId, lookup } from './lookup';
import type { DirectoryConfigurationFacts, MailFarmFacts, MailPairFacts, MailServerFacts } from './mail';
import type { DirectoryServerFacts } from './replication';
import { replicationGraph } from './replication-graph';
import type { Topology } from './topology';
import type { EntityId } from './units';

/** Joins of mail servers, pairs, farms and balancers that rules, predictions and renderers share; made once per topology. */
export interface MailGraph {
  server(id: EntityId): MailServerFacts;
  pair(id: EntityId): MailPairFacts;
  /** The servers of a pair, in its order. */
  serversOf(pair: MailPairFacts): readonly MailServerFacts[];
  /** The hosts of a pair, in its order. */
  hostsOf(pair: MailPairFacts): readonly EntityId[];
  /** The sites of a pair, each once. */
  sitesOf(pair: MailPairFacts): readonly EntityId[];
  pairsOf(farm: MailFarmFacts): readonly MailPairFacts[];
  /** The farms that a pair belongs to. */
  farmsOf(pair: MailPairFacts): readonly MailFarmFacts[];
  /** The load balancers that send mail to a pair. */
  balancersOf(pair: MailPairFacts): readonly LoadBalancerFacts[];
  /** The sites that a load balancer stands on. */
  sitesOfBalancer(balancer: LoadBalancerFacts): readonly EntityId[];
  /** The directory servers that a mail server asks: one on its own host first, then of its site, then others (S5, S6). */
  lookupServers(server: MailServerFacts, configuration: DirectoryConfigurationFacts): readonly DirectoryServerFacts[];
}

const graphs = new WeakMap<Topology, MailGraph>();

/** The graph of a topology. Throws for an id that the topology does not hold. */
export function mailGraph(topology: Topology): MailGraph {
  const known = graphs.get(topology);
  if (known) return known;
  const made = build(topology);
  graphs.set(topology, made);
  return made;
}

function build(topology: Topology): MailGraph {
  const server = byId('mail server', topology.mailServers);
  const pair = byId('mail pair', topology.mailPairs);
  const siteOf = (host: EntityId): EntityId => lookup(topology).host(host).site;
  const hostsOf = ({ servers }: MailPairFacts): readonly EntityId[] => servers.map((id) => server(id).host);
  return {
    server,
    pair,
    serversOf: ({ servers }) => servers.map(server),
    hostsOf,
    sitesOf: (facts) => [...new Set(hostsOf(facts).map(siteOf))],
    pairsOf: ({ pairs }) => pairs.map(pair),
    farmsOf: ({ id }) => topology.mailFarms.filter(({ pairs }) => pairs.includes(id)),
    balancersOf: ({ id }) =>
      topology.loadBalancers.filter(({ services }) =>
        services.some((service) => service.kind === 'mail' && service.pairs.includes(id)),
      ),
    sitesOfBalancer: ({ balancer }) =>
      balancer.kind === 'external' ? [balancer.site] : [...new Set(balancer.hosts.map(siteOf))],
    lookupServers: ({ host }, { directory }) => {
      const graph = replicationGraph(topology);
      const distance = (one: DirectoryServerFacts): number =>
        one.host === host ? 0 : siteOf(one.host) === siteOf(host) ? 1 : 2;
      return graph
        .replicasOf(directory)
        .filter(({ retiring }) => !retiring)
        .map((replica) => graph.server(replica.server))
        .sort((a, b) => distance(a) - distance(b));
    },
  };
}
