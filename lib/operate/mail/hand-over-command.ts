import type { ResourceGroupFacts } from '../../topology/cluster';
import type { MailServerFacts } from '../../topology/mail';
import { onOneKernel } from '../../topology/mail-queues';
import type { Topology } from '../../topology/topology';

/** The group of a cluster that moves the queue of a mail server: Heartbeat mounts it and starts the server. */
export function groupOfQueue(
  topology: Topology,
  { queue, host }: Pick<MailServerFacts, 'queue' | 'host'>,
): ResourceGroupFacts | undefined {
  return topology.clusters
    .filter(({ nodes }) => nodes.includes(host))
    .flatMap(({ groups }) => groups)
    .find(({ members }) => members.some((member) => member.kind === 'mount' && member.directory === queue.directory));
}

/** The command that lets a host serve the queue of a mail server. @param forced without its owner */
export function handOverCommand(topology: Topology, server: string, to: string, forced = false): string {
  const facts = topology.mailServers.find(({ name }) => name === server);
  const group = facts && groupOfQueue(topology, facts);
  const what = group ? `--group ${group.name}` : `--mail ${server}`;
  const docker = facts && onOneKernel(topology, facts) ? ' --docker' : '';
  return `tandem switch ${topology.name}${forced ? ' --forced' : ''} ${what} --to ${to}${docker}`;
}
