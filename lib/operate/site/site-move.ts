import type { LoadBalancerFacts } from '../../topology/load-balancer';
import { lookup } from '../../topology/lookup';
import type { DisasterRecoverySiteFacts, MailPairFacts, MailServerFacts } from '../../topology/mail';
import { mailGraph } from '../../topology/mail-graph';
import { membersOf, replicationGraph } from '../../topology/replication-graph';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { Switchable } from '../directory/directory-operation';
import { RefusedError } from '../pair/operation';

/** A directory whose master may move to a site. */
export interface SiteDirectory extends Switchable {
  /** Members of the failover group on the site, the declared master first. */
  readonly members: readonly string[];
}

/** What is to go on at one site, and what may be lost or left with others. */
export interface SiteMove {
  /** Id of the site. */
  readonly to: EntityId;
  /** The sites that served until now. */
  readonly from: readonly EntityId[];
  /** `there`: to the disaster-recovery site; `back`: to the primary one. */
  readonly way: 'there' | 'back';
  readonly recoveries: readonly DisasterRecoverySiteFacts[];
  readonly directories: readonly SiteDirectory[];
  /** Nodes on the site of clusters that have nodes on both sides, one for each cluster. */
  readonly nodes: readonly HostFacts[];
  readonly pairs: readonly MailPairFacts[];
  /** Mail servers of the other side. */
  readonly left: readonly MailServerFacts[];
  readonly balancers: readonly LoadBalancerFacts[];
  /** Hosts on the site that are asked. */
  readonly hosts: readonly HostFacts[];
  /** Hosts of the other side with something that serves. */
  readonly others: readonly HostFacts[];
}

/**
 * The move to a site, by its name; `primary` is the primary one.
 * @throws RefusedError for a site that no `DisasterRecoverySite` is about
 */
export function siteMoveOf(topology: Topology, name: string): SiteMove {
  const { disasterRecoverySites: all } = topology;
  const there = all.filter(({ site }) => site === name);
  const back = all.filter(({ primary }) => primary === name || name === 'primary');
  const recoveries = there.length > 0 ? there : back;
  const way = there.length > 0 ? 'there' : 'back';
  const [to, other] = new Set(recoveries.map(({ site, primary }) => (way === 'there' ? site : primary)));
  if (to === undefined || other !== undefined) {
    const known = [...new Set(all.flatMap(({ site, primary }) => [site, primary]))];
    throw new RefusedError('nothing was changed', [
      all.length === 0
        ? 'no DisasterRecoverySite is declared: there is no site to go to'
        : `--site takes one site that a DisasterRecoverySite is about (${known.join(', ')}), got '${name}'`,
    ]);
  }
  const from = [...new Set(recoveries.map(({ site, primary }) => (way === 'there' ? primary : site)))];
  return { to, from, way, recoveries, ...partsOf(topology, to, from) };
}

function partsOf(
  topology: Topology,
  to: EntityId,
  from: readonly EntityId[],
): Pick<SiteMove, 'directories' | 'nodes' | 'pairs' | 'left' | 'balancers' | 'hosts' | 'others'> {
  const facts = lookup(topology);
  const graph = mailGraph(topology);
  const siteOf = (host: EntityId): EntityId => facts.host(host).site;
  const serving = new Set([
    ...topology.mailServers.map(({ host }) => host),
    ...topology.directoryServers.map(({ host }) => host),
    ...topology.loadBalancers.flatMap(({ balancer }) => (balancer.kind === 'software' ? balancer.hosts : [])),
    ...topology.clusters.flatMap(({ nodes }) => nodes),
  ]);
  const hosts = topology.hosts.filter(({ id }) => serving.has(id));
  return {
    directories: directoriesAt(topology, to),
    nodes: topology.clusters
      .filter(({ nodes }) => nodes.some((node) => from.includes(siteOf(node))))
      .flatMap(({ nodes }) => nodes.map(facts.host).find(({ site }) => site === to) ?? []),
    pairs: topology.mailPairs.filter((pair) => graph.hostsOf(pair).every((host) => siteOf(host) === to)),
    left: topology.mailServers.filter(({ host }) => from.includes(siteOf(host))),
    balancers: topology.loadBalancers.filter((one) => graph.sitesOfBalancer(one).every((site) => site === to)),
    hosts: hosts.filter(({ site }) => site === to),
    others: hosts.filter(({ site }) => from.includes(site)),
  };
}

function directoriesAt(topology: Topology, to: EntityId): readonly SiteDirectory[] {
  const graph = replicationGraph(topology);
  return topology.failoverGroups.flatMap((group) => {
    const servers = membersOf(group).map(graph.server);
    const members = servers.filter(({ host }) => lookup(topology).host(host).site === to).map(({ name }) => name);
    // The roles of other software do not move.
    return members.length === 0 || servers.some(({ engine }) => engine !== 'openldap')
      ? []
      : [{ group, directory: graph.directory(group.directory), members }];
  });
}
