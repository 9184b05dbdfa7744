import { databaseFolder } from '../../../topology/openldap-names';
import type { DirectoryServerFacts } from '../../../topology/replication';
import { membersOf, replicationGraph } from '../../../topology/replication-graph';
import { RefusedError } from '../../pair/operation';
import { contextOf, holdsAll } from '../csn';
import { directoryOption, switchableOf, type DirectoryOperation } from '../directory-operation';
import type { DirectoryStatus } from '../status/copy-status';
import type { MembershipRequest } from './add-mirror';
import { disagreements, mastersText, type Judgement } from './agreement';
import { until } from './until';

/**
 * Says when a member may go (F27): it is not master, nobody outside the group reads from it, and the group has all that it
 * has. Nothing is changed: what changes is the stack.
 * @throws RefusedError where the stack or a server has to be changed first
 * @throws UnfinishedError where it holds what the group does not get
 */
export async function retire(work: DirectoryOperation, request: MembershipRequest): Promise<void> {
  const { operation, topology } = work;
  const { server, directory: name, timeout } = request;
  const chosen = switchableOf(topology, server, name);
  const { directory, group } = chosen;
  const graph = replicationGraph(topology);
  const known = topology.directoryServers.find((one) => one.name === server);
  const replica = known && graph.replica(directory.id, known.id);
  const readers = graph
    .agreementsOf(directory.id)
    .filter(({ supplier }) => supplier.kind === 'server' && supplier.server === known?.id)
    .map(({ consumer }) => graph.server(consumer).name);
  const reasons = [
    ...(replica?.retiring
      ? []
      : [`name ${server} in 'retiring' of group ${group.name} in the stack first, synthesize and apply`]),
    ...readers.map((reader) => `${reader} reads from ${server} in the stack: give it another supplier`),
  ];
  if (reasons.length > 0) throw new RefusedError(`${server} can not go yet`, reasons);
  operation.say(`looking at the servers of directory ${directory.name}`);
  const members = topology.directoryServers.filter(({ id }) => membersOf(group).includes(id));
  await until(work, chosen, {
    judge: (seen) =>
      departure(
        seen,
        server,
        members,
        `tandem switch ${topology.name} --to SERVER${directoryOption(topology, chosen)}`,
      ),
    refused: `${server} can not go yet`,
    unfinished: `${server} can not go yet`,
    limit: timeout,
  });
  operation.say(`${server} is not master, nobody outside the group reads from it, and the group has all that it has`);
  operation.say(
    `next: take it out of 'mirrors' and 'retiring' of group ${group.name} in the stack, synthesize and apply`,
  );
  operation.say(`then stop slapd on its host; ${databaseFolder(directory)} stays there until you remove it`);
}

/**
 * How far a member is that is to go. Pure.
 * @param command what makes another member master
 */
export function departure(
  status: DirectoryStatus,
  server: string,
  members: readonly Pick<DirectoryServerFacts, 'name' | 'serverId'>[],
  command: string,
): Judgement {
  const { copies, writers } = status;
  const own = copies.find((copy) => copy.server === server);
  const named = copies.filter((copy) => copy.server !== server && copy.names.includes(server));
  const outside = copies.filter((copy) => !members.some(({ name }) => name === copy.server));
  const followers = outside.filter(({ follows }) => follows?.includes(server));
  const refused = [
    ...(writers.includes(server) ? [`${server} takes writes: ${command}`] : []),
    ...disagreements(status),
    ...named.map((copy) => `${copy.server} takes ${server} for the master: ${command}`),
    ...followers.map((copy) => `${copy.server} reads from ${server}: ${command}`),
    ...(own?.now === 'returned master' ? [`${server} may hold what nobody else got: tandem rejoin`] : []),
  ];
  const master = copies.find((copy) => copy.server === writers[0]);
  const masterId = members.find(({ name }) => name === master?.server)?.serverId;
  const held = contextOf(own?.look.context ?? []);
  const missing = [
    ...mastersText(status),
    ...(own?.look.context === undefined ? [`${server} does not show what it holds`] : []),
    ...(master && !holdsAll(contextOf(master.look.context ?? [], masterId), held)
      ? [`${server} has changes that ${master.server} lacks`]
      : []),
    ...(own && ['equal', 'reference'].includes(own.content)
      ? []
      : [`the content of ${server} is ${own?.content === 'busy' ? 'being changed' : (own?.content ?? 'not read')}`]),
  ];
  return { refused, missing };
}
