import { ldapsUrl } from '../../../topology/ldaps-url';
import { membersOf } from '../../../topology/replication-graph';
import { SECRET_MARKER_OPENING } from '../../../topology/secret';
import type { Topology } from '../../../topology/topology';
import { listText, spanText } from '../../status/assess/finding';
import { LdapError, valuesOf, type LdapChange } from '../../ldap/session';
import { agreed, RefusedError, UnfinishedError } from '../../pair/operation';
import { holdsAll, newestOf, type Context } from '../csn';
import { closedLog, providerOf, serverAt } from '../database';
import { directoryOption, switchableOf, type DirectoryOperation, type Switchable } from '../directory-operation';
import { again, contextAt, gather, isMember, leave, promotion, tellAll, unfitness, writersIn } from './party';
import type { Absent, Party, Present } from './party';
import { finish, sayFollowers, type DirectorySwitchRequest } from './planned';
import { ranked, type Ranked } from './rank';

/** What a forced switch of a directory is asked for. */
export interface ForcedDirectorySwitchRequest extends DirectorySwitchRequest {
  /** Go on with a member that lacks changes which another one has. */
  readonly acceptLoss: boolean;
}

/** Seconds in which members fetch from each other what one of them lacks. */
const CATCH_UP = 10;

const POLL = 100;

const MARKER = new RegExp(`${SECRET_MARKER_OPENING}([a-z0-9_]+)@@`, 'g');

/**
 * Makes a member master without the old one, which does not answer (F15). Ranks those that do by what they hold, refuses
 * one that lacks something, opens it, and tells all that answer.
 * @throws RefusedError with every reason, and nothing was changed
 * @throws UnfinishedError with those that were not told
 */
export async function forcedDirectorySwitch(
  work: DirectoryOperation,
  request: ForcedDirectorySwitchRequest,
): Promise<void> {
  const { operation, topology } = work;
  const chosen = switchableOf(topology, request.to, request.directory);
  const { directory } = chosen;
  operation.say(`looking at the servers of directory ${directory.name}`);
  const party = await gather(work, chosen);
  try {
    const target = party.present.find(({ name }) => name === request.to);
    const reasons = obstacles(work, chosen, party, request.to);
    if (reasons.length > 0 || !target)
      throw new RefusedError(
        `${request.to} can not be forced to be master of ${directory.name}; nothing was changed`,
        reasons,
      );
    const order = await settle(work, chosen, party, target, (request.timeout ?? CATCH_UP) * 1000);
    for (const line of rankLines(order)) operation.say(line);
    const own = order.find(({ name }) => name === target.name);
    const stale = own === undefined || (own.known && own.lacks.length > 0);
    if (stale && !request.acceptLoss)
      throw new RefusedError(`${target.name} lacks changes that ${order[0]?.name} has; nothing was changed`, [
        `choose the one that has most: tandem switch ${topology.name} --forced --to ${order[0]?.name}${directoryOption(topology, chosen)}`,
        'or give those changes up with --accept-loss',
      ]);
    for (const line of await lossLines(chosen, party, target)) operation.say(line);
    await agreed(operation, `make ${target.name} the master of directory ${directory.name}?`, target.name);
    await open(work, chosen, target);
    finish(chosen, target, await tellAll(chosen, party, target.server));
    sayFollowers(work, party, target);
  } finally {
    await leave(party);
  }
}

function obstacles({ topology }: DirectoryOperation, chosen: Switchable, party: Party, to: string): readonly string[] {
  const { target, reasons: unfit } = unfitness(chosen, party, to);
  if (!target) return unfit;
  const reasons = [...unfit];
  const option = directoryOption(topology, chosen);
  for (const writer of writersIn(chosen, party))
    reasons.push(
      writer.name === to
        ? `${to} takes writes already; tandem switch ${topology.name} --to ${to}${option} tells those that do not know`
        : `${writer.name} answers and takes writes: switch without --forced, which loses nothing`,
    );
  for (const refusing of party.absent.filter((one) => one.answered && isMember(chosen, one)))
    reasons.push(`${refusing.name} answers, and can not be asked what it holds: ${refusing.reason}`);
  const old = masterBefore(chosen, party);
  if (old && 'session' in old && old.name !== to && old.state.readOnly && !old.state.closed)
    reasons.push(
      `${old.name} was master and answers, read-only: tandem switch ${topology.name} --forced --to ${old.name}${option} opens it again`,
    );
  return reasons;
}

/** Whom the members that answer take for the master. */
function masterBefore(chosen: Switchable, party: Party): Present | Absent | undefined {
  const servers = [...party.present, ...party.absent].map(({ server }) => server);
  const named = party.present
    .filter((one) => isMember(chosen, one))
    .flatMap(({ state }) => serverAt(servers, state.updateRefs[0]) ?? []);
  const count = (id: string): number => named.filter((server) => server.id === id).length;
  const [most] = [...named].sort((a, b) => count(b.id) - count(a.id));
  const id = most?.id ?? chosen.group.master;
  return [...party.present, ...party.absent].find(({ server }) => server.id === id);
}

/** The order of the members, when the target has fetched what others have, or does not get any further. */
async function settle(
  { operation }: DirectoryOperation,
  chosen: Switchable,
  party: Party,
  target: Present,
  limit: number,
): Promise<readonly Ranked[]> {
  const members = party.present.filter((one) => isMember(chosen, one));
  const since = operation.now();
  for (;;) {
    const contexts = await Promise.all(members.map((one) => contextAt(one)));
    const order = ranked(members.map(({ name }, index) => ({ name, context: contexts[index] })));
    const newest: Context = newestOf(contexts.flatMap((context) => context ?? []));
    const own = contexts[members.indexOf(target)];
    if (!own || holdsAll(own, newest) || operation.now() - since > limit || operation.interrupted.aborted) return order;
    await operation.pause(POLL);
  }
}

function rankLines(order: readonly Ranked[]): readonly string[] {
  return order.map(({ name, known, lacks }) => {
    if (!known) return `${name} is closed and does not show what it holds`;
    if (lacks.length === 0) return `${name} holds all that the members which answer have`;
    const parts = lacks.map(({ serverId, seconds, none }) =>
      none ? `everything of server id ${serverId}` : `${spanText(seconds)} of server id ${serverId}`,
    );
    return `${name} lacks ${listText(parts)}`;
  });
}

/** What may be lost (E28). */
async function lossLines(chosen: Switchable, party: Party, target: Present): Promise<readonly string[]> {
  const context = await contextAt(target);
  const old = masterBefore(chosen, party);
  const last = Math.max(0, ...[...(context?.values() ?? [])].map(({ time }) => time));
  const absent = party.absent.filter((one) => isMember(chosen, one)).map(({ name }) => name);
  const when = last === 0 ? '' : ` after ${new Date(last * 1000).toISOString().replace('T', ' ').slice(0, 19)} UTC`;
  return [
    ...(old && old.name !== target.name
      ? [
          `what ${old.name} acknowledged${when} and sent to nobody is not there until it comes back, and then to be looked through (tandem rejoin)`,
        ]
      : []),
    ...(absent.length > 0 ? [`not asked, and not told: ${listText(absent)}; one of them may hold more`] : []),
  ];
}

/** A line that leads to a member; a master that returns has one that leads nowhere. */
function isOfMember(topology: Topology, { group }: Switchable, line: string): boolean {
  const members = topology.directoryServers.filter(({ id }) => membersOf(group).includes(id));
  return serverAt(members, providerOf(line)) !== undefined;
}

/** A member that waits closed, as its own configuration lets no change in, gets its lines back. */
async function open(
  { operation, rendered, secrets, topology }: DirectoryOperation,
  chosen: Switchable,
  target: Present,
): Promise<void> {
  const changes: LdapChange[] = [];
  if (membersOf(chosen.group).length > 1 && !target.lines.some((line) => isOfMember(topology, chosen, line))) {
    const entry = rendered(target.server.id)?.find((one) => one.dn.toLowerCase() === target.state.dn.toLowerCase());
    const lines = valuesOf(entry, 'olcSyncrepl').map((line) =>
      line.replace(MARKER, (marker, name: string) => secrets(name) ?? marker),
    );
    if (lines.length === 0 || lines.some((line) => line.includes(SECRET_MARKER_OPENING)))
      throw new RefusedError(`${target.name} reads from nobody, and its lines are not at hand; nothing was changed`, [
        'run the synth where this command runs, or apply the stack and start slapd on it',
      ]);
    changes.push({ operation: 'replace', attribute: 'olcSyncrepl', values: lines });
    changes.push({ operation: 'replace', attribute: 'olcMultiProvider', values: ['TRUE'] });
  }
  changes.push(...promotion(target.server));
  if (target.state.closed) changes.push({ operation: 'delete', attribute: 'olcRestrict', values: [] });
  try {
    // Readers that find the directory open find its log of changes open too.
    const log = target.state.closed ? await closedLog(target.session, target.state) : undefined;
    if (log !== undefined)
      await target.session.modify(log, [{ operation: 'delete', attribute: 'olcRestrict', values: [] }]);
    await target.session.modify(target.state.dn, changes);
  } catch (error) {
    if (!(error instanceof LdapError)) throw error;
    const now = await again(target).catch(() => undefined);
    throw new UnfinishedError(
      `${target.name} did not become master`,
      [error.message, ...(now ? [`it ${now.state.readOnly ? 'takes no writes' : 'takes writes'}`] : [])],
      [`tandem status ${topology.name}`],
    );
  }
  operation.say(`${target.name}: takes writes as ${ldapsUrl(target.server)}`);
}
