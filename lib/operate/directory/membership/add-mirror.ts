import { membersOf } from '../../../topology/replication-graph';
import { RefusedError } from '../../pair/operation';
import { switchableOf, directoryOption, type DirectoryOperation } from '../directory-operation';
import type { CopyStatus, DirectoryStatus } from '../status/copy-status';
import { configurationText, disagreements, mastersText, type Judgement } from './agreement';
import { until } from './until';

/** What is asked of a server that joins or leaves a group. */
export interface MembershipRequest {
  readonly server: string;
  /** @default - the only one that the server is a member of */
  readonly directory?: string;
  /** Seconds. @default 600 */
  readonly timeout?: number;
}

/**
 * Sees a new mirror into its group (F28). The stack has made it a member and the apply has put it there; this looks whether
 * all servers know it, and waits until it holds everything.
 * @throws RefusedError where the stack or a server has to be changed first
 * @throws UnfinishedError where it does not come to hold everything
 */
export async function addMirror(work: DirectoryOperation, request: MembershipRequest): Promise<void> {
  const { operation, topology } = work;
  const { server, directory: name, timeout } = request;
  const chosen = switchableOf(topology, server, name);
  const { directory, group } = chosen;
  const known = topology.directoryServers.find((one) => one.name === server);
  if (!known || !group.mirrors.includes(known.id))
    throw new RefusedError(`${server} can not be waited for`, [
      known?.id === group.master
        ? `${server} is the master of group ${group.name} in the stack`
        : `${server} is no member of group ${group.name}: add it to 'mirrors' in the stack, synthesize and apply`,
    ]);
  const members = topology.directoryServers.filter(({ id }) => membersOf(group).includes(id)).map((one) => one.name);
  operation.say(`looking at the servers of directory ${directory.name}`);
  const status = await until(work, chosen, {
    judge: (seen) => arrival(seen, server, members),
    refused: `${server} can not become a mirror`,
    unfinished: `${server} is no mirror yet`,
    limit: timeout,
  });
  const { entries } = copyOf(status, server) ?? {};
  operation.say(`${server} is a mirror of ${status.writers[0]}, with the same ${entries} entries`);
  operation.say(
    `it may become master: tandem switch ${topology.name} --to ${server}${directoryOption(topology, chosen)}`,
  );
}

/** How far a new mirror is. Pure. */
export function arrival(status: DirectoryStatus, server: string, members: readonly string[]): Judgement {
  const others = members.filter((name) => name !== server);
  const own = copyOf(status, server);
  const strangers = others.filter((name) => {
    const follows = copyOf(status, name)?.follows;
    return follows !== undefined && !follows.includes(server);
  });
  const refused = [
    ...disagreements(status, server),
    ...strangers.map((name) => `${name} does not read from ${server}; apply the stack`),
    ...(own?.look.configuration === undefined ? [] : configurationText(own)),
    ...(own?.now === 'returned master' ? [`${server} was master before: tandem rejoin`] : []),
    ...(own?.now === 'second master' ? [`${server} takes writes beside the master`] : []),
  ];
  return { refused, missing: [...mastersText(status), ...missingOf(status, own, server)] };
}

function missingOf({ writers }: DirectoryStatus, own: CopyStatus | undefined, server: string): readonly string[] {
  if (!own || own.now === 'unreachable') return [`${server} does not answer`];
  if (own.now === 'closed' || own.now === 'unknown') return [`${server} is closed: it does not hold everything yet`];
  const [master] = writers;
  const late = (own.lag ?? []).map(({ serverId }) => serverId);
  return [
    ...(own.now === 'mirror' || own.now === 'master' ? [] : [`${server} is ${own.now}`]),
    ...(master === undefined || own.names[0] === master ? [] : [`${server} does not know ${master} as master`]),
    ...(late.length > 0 ? [`${server} lacks changes of server ids ${late.join(', ')}`] : []),
    ...(own.content === 'equal' || own.content === 'reference'
      ? []
      : [`the content of ${server} is ${own.content === 'busy' ? 'being changed' : own.content}`]),
  ];
}

const copyOf = ({ copies }: DirectoryStatus, name: string): CopyStatus | undefined =>
  copies.find(({ server }) => server === name);
