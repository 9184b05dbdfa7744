import { lookup } from '../../topology/lookup';
import { mailGraph } from '../../topology/mail-graph';
import type { Topology } from '../../topology/topology';
import { listText, spanText } from '../status/assess/finding';
import type { SiteMove } from './site-move';

/** What waits in queues of the side that does not serve any more, one line each. */
export function waitingLines({ left, from, recoveries }: SiteMove): readonly string[] {
  if (left.length === 0) return [];
  const lifetime = Math.min(...left.map(({ queue }) => queue.lifetime)) / 1000;
  const promised = Math.max(...recoveries.map(({ promisedRecovery }) => promisedRecovery)) / 1000;
  return [
    `what lies in the queues of ${listText(left.map(({ name }) => name))} waits there until site ${listText(from)} is back: nothing of it is lost with the power`,
    `a message goes back to its sender when it is ${spanText(lifetime)} old and its server works again; promised is ${spanText(promised)}`,
  ];
}

/** What happens by itself, and what a person does beside this command, one line each. */
export function byHandLines(topology: Topology, move: SiteMove): readonly string[] {
  const { to, way, recoveries, pairs, balancers } = move;
  const facts = lookup(topology);
  const graph = mailGraph(topology);
  const servers = pairs.flatMap(graph.serversOf).map(({ hostname }) => hostname);
  const automatic = recoveries.every(({ failover }) => failover.mail === 'automatic');
  const nameServers = [...new Set(recoveries.flatMap((one) => one.nameServers))]
    .map(facts.host)
    .filter(({ site }) => site === to)
    .map(({ name }) => name);
  return [
    ...(servers.length === 0
      ? []
      : [
          automatic
            ? `mail: senders find ${listText(servers)} by themselves, by the next MX of the domain`
            : `mail: by hand, let the MX of ${listText([...new Set(pairs.flatMap(({ domains }) => domains))])} name ${listText(servers)}`,
        ]),
    ...(nameServers.length === 0 ? [] : [`DNS: ${listText(nameServers)} answers; see that it does: dig @ADDRESS MX`]),
    ...balancers
      .filter(({ balancer }) => balancer.kind === 'external')
      .map(({ name }) => `${name}: a device that is set up by hand; see that it sends to the servers of site ${to}`),
    ...(way === 'there' ? volumeLines(topology, move) : []),
    ...unmovedDirectories(topology, move),
  ];
}

/** Volumes that no cluster of both sites brings up. */
function volumeLines(topology: Topology, { to, recoveries, nodes }: SiteMove): readonly string[] {
  const facts = lookup(topology);
  return recoveries.flatMap(({ volumes }) =>
    volumes.flatMap((id) => {
      const resource = topology.drbdResources.find((one) => one.id === id);
      const shared = topology.sharedVolumes.find((one) => one.id === id);
      const hosts = (resource?.peers.map(({ host }) => host) ?? shared?.hosts ?? [])
        .map(facts.host)
        .filter(({ site }) => site === to);
      if (hosts.some((host) => nodes.includes(host))) return [];
      const names = listText(hosts.map(({ name }) => name));
      return resource
        ? [`volume ${resource.name}: by hand on ${names}: drbdadm primary ${resource.name}, mount, start what uses it`]
        : shared
          ? [`volume ${shared.name}: by hand on ${names}: mount ${shared.source}, start what uses it`]
          : [];
    }),
  );
}

/** Directories with servers on the site whose master this command does not move. */
function unmovedDirectories(topology: Topology, { recoveries, directories }: SiteMove): readonly string[] {
  const there = new Set(recoveries.flatMap((one) => one.directoryServers));
  return topology.directories
    .filter(
      ({ id }) =>
        topology.replicas.some(({ directory, server }) => directory === id && there.has(server)) &&
        !directories.some(({ directory }) => directory.id === id),
    )
    .map(({ id, name }) =>
      topology.multiMasterGroups.some(({ directory }) => directory === id)
        ? `directory ${name}: its suppliers take writes by themselves, as the policy of its group lets them`
        : `directory ${name}: its master does not move by this command`,
    );
}
