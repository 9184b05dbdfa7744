import { LdapError } from '../../ldap/session';
import { agreed, isInterrupted, RefusedError, UnfinishedError } from '../../pair/operation';
import { holdsAll, lagsOf, type Context } from '../csn';
import { directoryOption, switchableOf, type DirectoryOperation, type Switchable } from '../directory-operation';
import { again, contextAt, gather, leave, promotion, tellAll, telling, unfitness, writersIn } from './party';
import type { Party, Present } from './party';

/** What a switch of a directory is asked for. */
export interface DirectorySwitchRequest {
  /** Name of the server that shall be master. */
  readonly to: string;
  /** @default - the only one that the server is a member of */
  readonly directory?: string;
  /** Seconds in which the new master has to catch up. @default 10 */
  readonly timeout?: number;
}

/** Seconds in which a target catches up, or the switch is called off. */
const CATCH_UP = 10;

/** Milliseconds between two looks at what the target holds while nobody can write. */
const POLL = 5;

/**
 * Moves the master of a failover group to another member, while both are well (F14). The old one refuses writes and
 * finishes those that are under way, the new one opens when it holds everything, then all others are told.
 * @throws RefusedError with every reason, and nothing was changed
 * @throws UnfinishedError when it came to a halt in between, or somebody could not be told
 */
export async function plannedDirectorySwitch(work: DirectoryOperation, request: DirectorySwitchRequest): Promise<void> {
  const { operation, topology } = work;
  const chosen = switchableOf(topology, request.to, request.directory);
  const { directory } = chosen;
  operation.say(`looking at the servers of directory ${directory.name}`);
  const party = await gather(work, chosen);
  try {
    const target = party.present.find(({ name }) => name === request.to);
    const writers = writersIn(chosen, party);
    const reasons = obstacles(work, chosen, party, request.to, writers);
    if (reasons.length > 0 || !target)
      throw new RefusedError(`${request.to} can not become master of ${directory.name}; nothing was changed`, reasons);
    const [master] = writers;
    if (!master || writers.includes(target)) return await tellAgain(work, chosen, party, target);
    const limit = (request.timeout ?? CATCH_UP) * 1000;
    operation.say(
      `${master.name} is master of ${directory.name}; ${target.name} is to become it (nobody can write for a moment, ${limit / 1000} s at most)`,
    );
    for (const { name, reason } of party.absent) operation.say(`${name} does not answer and is not told: ${reason}`);
    await agreed(operation, `make ${target.name} the master of directory ${directory.name}?`, target.name);
    const [before, ready] = await Promise.all([again(master), again(target)]);
    if (before.state.readOnly || before.state.closed || !ready.state.readOnly || ready.state.closed)
      throw new RefusedError(`the state of ${directory.name} has changed meanwhile; nothing was changed`, [
        `look at it: tandem status ${topology.name}`,
      ]);
    await carryOut(work, chosen, party, before, ready, limit);
  } finally {
    await leave(party);
  }
}

function obstacles(
  { topology }: DirectoryOperation,
  chosen: Switchable,
  party: Party,
  to: string,
  writers: readonly Present[],
): readonly string[] {
  const { target, reasons: unfit } = unfitness(chosen, party, to);
  if (!target) return unfit;
  const reasons = [...unfit];
  if (target.state.closed)
    reasons.push(`${to} is closed: it does not hold everything yet, or it is a master that returned (tandem rejoin)`);
  if (writers.length > 1 && !writers.some(({ name }) => name === to))
    reasons.push(`several servers take writes: ${writers.map(({ name }) => name).join(', ')}; decide for one of them`);
  if (writers.length === 0)
    reasons.push(
      `no server that answers takes writes; if the master is lost: tandem switch ${topology.name} --forced --to ${to}${directoryOption(topology, chosen)}`,
    );
  return reasons;
}

/** The master is the one that is wanted: whoever knows another one is told. */
async function tellAgain(
  { operation }: DirectoryOperation,
  chosen: Switchable,
  party: Party,
  target: Present,
): Promise<void> {
  const servers = [...party.present, ...party.absent].map(({ server }) => server);
  const unaware = party.present.filter(
    (one) => one.server.id !== target.server.id && telling(chosen, servers, one, target.server).length > 0,
  );
  if (unaware.length === 0) {
    operation.say(`${target.name} is master of ${chosen.directory.name} already; nothing to do`);
    return;
  }
  const names = unaware.map(({ name }) => name).join(', ');
  operation.say(`${target.name} is master of ${chosen.directory.name} already; ${names} does not know`);
  await agreed(operation, `tell ${names}?`, target.name);
  finish(chosen, target, await tellAll(chosen, party, target.server));
  operation.say(`told ${names}`);
}

async function carryOut(
  work: DirectoryOperation,
  chosen: Switchable,
  party: Party,
  master: Present,
  target: Present,
  limit: number,
): Promise<void> {
  const { operation } = work;
  const behind = await caughtUp(work, target, await contextAt(master), limit);
  if (behind !== undefined) throw new RefusedError(`${target.name} does not catch up; nothing was changed`, [behind]);
  const closed = operation.now();
  try {
    // Returns when all operations that were under way are finished: slapd holds them while its configuration changes.
    await master.session.modify(master.state.dn, [
      { operation: 'replace', attribute: 'olcReadOnly', values: ['TRUE'] },
    ]);
    operation.say(`${master.name}: takes no more writes`);
    const late = await caughtUp(work, target, await contextAt(master), limit);
    if (late !== undefined) throw new LdapError(late, 0);
  } catch (error) {
    if (!(error instanceof LdapError)) throw error;
    await giveBack(work, chosen, master, error.message);
  }
  try {
    await target.session.modify(target.state.dn, promotion(target.server));
  } catch (error) {
    if (!(error instanceof LdapError)) throw error;
    // Without an answer it may have become master: two of them are worse than none.
    if (error.code !== undefined) await giveBack(work, chosen, master, error.message);
    throw new UnfinishedError(
      `${target.name} did not say whether it takes writes`,
      [error.message, `${master.name} takes none`],
      nextSteps(work, chosen, target.name),
    );
  }
  const gap = operation.now() - closed;
  operation.say(`${target.name}: takes writes; nobody could write for ${(gap / 1000).toFixed(2)} s`);
  const told = await tellAll(
    chosen,
    {
      ...party,
      present: party.present.map((one) =>
        one.server.id === master.server.id ? { ...one, state: { ...one.state, readOnly: true } } : one,
      ),
    },
    target.server,
  );
  finish(chosen, target, told);
  sayFollowers(work, party, target);
}

/** Waits until a server holds everything. Undefined when it does, else why not. */
export async function caughtUp(
  { operation }: Pick<DirectoryOperation, 'operation'>,
  target: Present,
  wanted: Context | undefined,
  limit: number,
): Promise<string | undefined> {
  if (!wanted) return 'the master does not show what it holds';
  const since = operation.now();
  for (;;) {
    const context = await contextAt(target);
    if (context && holdsAll(context, wanted)) return undefined;
    if (isInterrupted(operation)) return 'interrupted';
    if (operation.now() - since > limit) {
      const lags = lagsOf(context ?? new Map(), wanted);
      const most = Math.max(0, ...lags.map(({ seconds }) => seconds));
      return `${target.name} lacks changes of server ids ${lags.map(({ serverId }) => serverId).join(', ')} after ${limit / 1000} s (${most.toFixed(1)} s behind)`;
    }
    await operation.pause(POLL);
  }
}

/** The old master takes writes again. Never returns. */
async function giveBack(work: DirectoryOperation, chosen: Switchable, master: Present, reason: string): Promise<never> {
  try {
    await master.session.modify(master.state.dn, [
      { operation: 'replace', attribute: 'olcReadOnly', values: ['FALSE'] },
    ]);
  } catch (error) {
    if (!(error instanceof LdapError)) throw error;
    throw new UnfinishedError(
      `the switch of ${chosen.directory.name} was called off (${reason}), and ${master.name} could not be opened again`,
      [error.message],
      nextSteps(work, chosen, master.name),
    );
  }
  throw new RefusedError(`the switch was called off, and ${master.name} takes writes again`, [reason]);
}

function nextSteps({ topology }: DirectoryOperation, chosen: Switchable, name: string): readonly string[] {
  const option = directoryOption(topology, chosen);
  return [
    `tandem status ${topology.name}`,
    `if nobody takes writes: tandem switch ${topology.name} --forced --to ${name}${option}`,
  ];
}

/** Who follows the new master now, and who will have to be told. */
export function sayFollowers(
  { operation, topology }: Pick<DirectoryOperation, 'operation' | 'topology'>,
  { absent }: Party,
  target: Present,
): void {
  operation.say(`all that answer follow ${target.name}`);
  if (absent.length === 0) return;
  const names = absent.map(({ name }) => name);
  operation.say(
    `not told: ${names.join(', ')}; when ${names.length === 1 ? 'it is' : 'they are'} back: tandem switch ${topology.name} --to ${target.name}`,
  );
}

/** @throws UnfinishedError where somebody did not take what it was told */
export function finish(
  { directory }: Switchable,
  target: Pick<Present, 'name'>,
  untold: readonly { readonly name: string; readonly reason: string }[],
): void {
  if (untold.length === 0) return;
  throw new UnfinishedError(
    `${target.name} is master of ${directory.name}, and ${untold.map(({ name }) => name).join(', ')} did not take it`,
    untold.map(({ name, reason }) => `${name}: ${reason}`),
    [`the planned switch with --to ${target.name} tells them again`],
  );
}
