import { addressPool } from '../../render/containers/pool';
import { roleTitles, rolesOf } from '../../render/containers/roles';
import { lookup } from '../../topology/lookup';
import type { MailPairFacts } from '../../topology/mail';
import { mailGraph } from '../../topology/mail-graph';
import { onOneKernel, volumeOfQueue } from '../../topology/mail-queues';
import { replicationGraph } from '../../topology/replication-graph';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { TargetError } from '../target-error';
import type { DaemonHosts } from './daemons';

/** What containers can not give, or can not give yet, with what to do instead; `docker/…`. */
export function assertFit(path: string, topology: Topology, daemons: readonly DaemonHosts[]): void {
  const refuse = (rule: string, problem: string, names: readonly string[], remedy: string): void => {
    if (names.length > 0) throw new TargetError(path, `docker/${rule}`, problem, names.join(', '), remedy);
  };
  const hosts = daemons.flatMap((daemon) => daemon.hosts);
  const own = new Set(hosts.map(({ id }) => id));
  const namesOf = (found: readonly { readonly name: string }[]): readonly string[] => found.map(({ name }) => name);
  refuse(
    'drbd',
    'containers share the kernel of their daemon and have no replicated block device',
    namesOf(topology.drbdResources.filter(({ peers }) => peers.some(({ host }) => own.has(host)))),
    'replicate in the service, as a FailoverGroup does for a directory, or deploy these hosts with SshTarget',
  );
  refuse(
    'shared-volume',
    'two containers share a volume of Docker, for the queue of a mail server; no device or export is mounted into them',
    sharedWrongly(topology, own),
    "use a SharedVolume of kind 'docker' for queues, replicate a directory in the service, or deploy these hosts with SshTarget",
  );
  refuse(
    'queue-volume',
    'a volume is on one daemon, and both servers of a pair mount the queues; on two daemons no lock keeps them apart',
    dividedPairs(topology, daemons).map(({ name }) => name),
    'give both hosts of the pair to one daemon, or deploy them with SshTarget and DRBD queues',
  );
  refuse(
    'cluster',
    'heartbeat moves addresses and disks between machines, which containers are not',
    namesOf(topology.clusters.filter(({ nodes }) => nodes.some((node) => own.has(node)))),
    'deploy these hosts with SshTarget',
  );
  refuse(
    'engine',
    'containers of a deployment are made from one image, which has the programs of one engine',
    new Set(topology.directoryServers.map(({ engine }) => engine)).size > 1
      ? namesOf(topology.directoryServers.filter(({ engine }) => engine !== topology.directoryServers[0]?.engine))
      : [],
    'describe servers of the other engine in a deployment of their own',
  );
  refuse(
    'several-servers',
    'a container runs one directory server, and these hosts have several',
    namesOf(hosts.filter(({ id }) => topology.directoryServers.filter(({ host }) => host === id).length > 1)),
    'give each server a host of its own',
  );
  refuse(
    'lvs',
    'LVS is in the kernel of the daemon, which containers do not configure',
    namesOf(
      topology.loadBalancers.filter(
        ({ balancer }) =>
          balancer.kind === 'software' &&
          balancer.software !== 'haproxy' &&
          balancer.hosts.some((host) => own.has(host)),
      ),
    ),
    "use the software 'haproxy', or deploy these hosts with SshTarget",
  );
  refuse(
    'host',
    `a container is made for a ${roleTitles(topology).join(' or a ')}, and these hosts have none`,
    namesOf(hosts.filter((host) => rolesOf(topology, host).length === 0)),
    "leave them out with the target's property hosts",
  );
  refuse(
    'address',
    'a container has a fixed address on a network, and these hosts have no interface',
    namesOf(hosts.filter(({ interfaces }) => interfaces.length === 0)),
    'give each an interface',
  );
  assertNetworks(topology, daemons, refuse);
}

/** Volumes of these hosts that are none of Docker, or no queue. */
function sharedWrongly(topology: Topology, own: ReadonlySet<string>): readonly string[] {
  const queues = new Set(topology.mailServers.map((server) => volumeOfQueue(topology, server)?.id));
  return topology.sharedVolumes
    .filter(({ hosts }) => hosts.some((host) => own.has(host)))
    .filter(({ id, kind }) => kind !== 'docker' || !queues.has(id))
    .map(({ id }) => id);
}

/** Pairs with a queue on a volume of Docker that are not whole on one daemon. */
function dividedPairs(topology: Topology, daemons: readonly DaemonHosts[]): readonly MailPairFacts[] {
  const graph = mailGraph(topology);
  return topology.mailPairs.filter((pair) => {
    if (!graph.serversOf(pair).some((server) => onOneKernel(topology, server))) return false;
    const counts = daemons.map(({ hosts }) => hosts.filter(({ id }) => graph.hostsOf(pair).includes(id)).length);
    return counts.some((count) => count === 1);
  });
}

type Refuse = (rule: string, problem: string, names: readonly string[], remedy: string) => void;

function assertNetworks(topology: Topology, daemons: readonly DaemonHosts[], refuse: Refuse): void {
  const networksOf = (hosts: readonly HostFacts[]): Set<string> =>
    new Set(hosts.flatMap(({ interfaces }) => interfaces.map(({ network }) => network)));
  const used = [...networksOf(daemons.flatMap(({ hosts }) => hosts))].sort();
  const facts = lookup(topology);
  refuse(
    'ipv6',
    'a bridge gets IPv4 addresses only',
    used.filter((id) => facts.network(id).cidr.includes(':')),
    'describe the network with an IPv4 cidr',
  );
  refuse(
    'address-pool',
    'no address is left on the network for the machine of the daemon',
    used.filter((id) => addressPool(topology, facts.network(id)) === undefined),
    'give it a larger cidr',
  );
  refuse(
    'several-daemons',
    'daemons do not share a bridge, and the network has hosts on several',
    used.filter((id) => daemons.filter(({ hosts }) => networksOf(hosts).has(id)).length > 1),
    'give the hosts of each daemon a network of their own, with a route between them',
  );
  refuse(
    'separate-bridges',
    'Docker lets nothing pass from one bridge of a daemon to another, and servers on both replicate',
    daemons.flatMap(({ hosts }) => unreachable(topology, hosts)),
    'give the hosts of each network a daemon (DockerTarget, daemons), or one network to all of them',
  );
  const own = new Set(daemons.flatMap(({ hosts }) => hosts.map(({ id }) => id)));
  refuse(
    'divided-network',
    'a bridge belongs to one target, and the network has hosts of others',
    used.filter((id) => topology.hosts.some((host) => !own.has(host.id) && networksOf([host]).has(id))),
    'give all hosts of the network to one target',
  );
}

/** Pairs of servers on hosts of one daemon that feed each other and have no network in common. */
function unreachable(topology: Topology, hosts: readonly HostFacts[]): readonly string[] {
  const graph = replicationGraph(topology);
  const hostOf = (server: string): HostFacts | undefined => hosts.find(({ id }) => id === graph.server(server).host);
  return topology.replicationAgreements.flatMap(({ supplier, consumer }) => {
    const to = hostOf(consumer);
    return graph.suppliersOf(supplier).flatMap((from) => {
      const at = hostOf(from);
      if (!at || !to) return [];
      const common = at.interfaces.some((one) => to.interfaces.some(({ network }) => network === one.network));
      return common ? [] : [`${graph.server(from).name} to ${graph.server(consumer).name}`];
    });
  });
}
