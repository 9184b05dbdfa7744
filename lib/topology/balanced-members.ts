import type { BalancedServiceFacts, LoadBalancerFacts, SoftwareBalancer } from './load-balancer';
import { lookup } from './lookup';
import { mailGraph } from './mail-graph';
import type { DirectoryServerFacts } from './replication';
import { isOpenLdap } from './open-ldap-directory';
import { replicationGraph } from './replication-graph';
import type { Topology } from './topology';
import type { EntityId } from './units';

/** The port of a mail server behind a load balancer: others hand mail over there (RFC 5321, section 4.5.4.2). */
const SMTP_PORT = 25;

/** A server behind a load balancer. */
export interface BalancedMember {
  readonly name: string;
  readonly host: EntityId;
  /** Where balancers reach it: in the network of the balancer's address, else in one that is meant for services. */
  readonly address: string;
  readonly port: number;
  /** Absent: a mail server. */
  readonly directoryServer?: DirectoryServerFacts;
}

/** The servers behind a service of a load balancer. Those for writes: the one that clients are to reach comes first. */
export function balancedMembers(
  topology: Topology,
  { address }: Pick<LoadBalancerFacts, 'address'>,
  service: BalancedServiceFacts,
): readonly BalancedMember[] {
  const reached = (host: EntityId): string => {
    const facts = lookup(topology);
    const { interfaces } = facts.host(host);
    const chosen =
      interfaces.find(({ network }) => network === address.network) ??
      interfaces.find(({ network }) => facts.network(network).purpose === 'service') ??
      interfaces[0];
    return chosen?.address ?? '';
  };
  if (service.kind === 'mail') {
    const graph = mailGraph(topology);
    return service.pairs.flatMap((id) =>
      graph
        .serversOf(graph.pair(id))
        .map(({ name, host }) => ({ name, host, address: reached(host), port: SMTP_PORT })),
    );
  }
  return directoryServers(topology, service.kind, service.directory).map((server) => ({
    name: server.name,
    host: server.host,
    address: reached(server.host),
    port: server.port,
    directoryServer: server,
  }));
}

function directoryServers(
  topology: Topology,
  kind: 'directory-reads' | 'directory-writes',
  directory: EntityId,
): readonly DirectoryServerFacts[] {
  const graph = replicationGraph(topology);
  const replicas = kind === 'directory-reads' ? graph.replicasOf(directory) : graph.writersOf(directory);
  const servers = replicas.filter(({ retiring }) => !retiring).map(({ server }) => graph.server(server));
  if (kind === 'directory-reads') return servers;
  const chosen = graph.writersAtFirst(directory)[0]?.id;
  return [...servers.filter(({ id }) => id === chosen), ...servers.filter(({ id }) => id !== chosen)];
}

/** Whether a member is one of a failover group, of which one alone says that it takes writes: who it is changes. */
export function hasRole(topology: Topology, service: BalancedServiceFacts): boolean {
  return (
    service.kind === 'directory-writes' &&
    service.healthCheck.kind === 'ldap-role' &&
    isOpenLdap(topology, service.directory) &&
    topology.failoverGroups.some(({ directory }) => directory === service.directory)
  );
}

/** A load balancer in software, on a host of its own. */
export interface BalancerOnHost {
  readonly balancer: LoadBalancerFacts;
  readonly software: SoftwareBalancer;
  readonly virtualRouterId: number;
  /** All hosts of it, the first has the address while it lives. */
  readonly hosts: readonly EntityId[];
}

/** The load balancers that run on a host, in the topology's order. */
export function balancersOn(topology: Topology, host: EntityId): readonly BalancerOnHost[] {
  return topology.loadBalancers.flatMap((balancer) =>
    balancer.balancer.kind === 'software' && balancer.balancer.hosts.includes(host)
      ? [{ balancer, ...balancer.balancer }]
      : [],
  );
}
