import { directoryDumps, type DumpFacts } from '../../../topology/directory-dumps';
import { lookup } from '../../../topology/lookup';
import { isOpenLdap } from '../../../topology/open-ldap-directory';
import { databaseFolder } from '../../../topology/openldap-names';
import type { DirectoryFacts, DirectoryServerFacts } from '../../../topology/replication';
import { membersOf } from '../../../topology/replication-graph';
import type { HostFacts } from '../../../topology/site';
import type { Topology } from '../../../topology/topology';
import { agreed, isInterrupted, outcomeOf, RefusedError, UnfinishedError } from '../../pair/operation';
import { lastLines } from '../../remote/remote';
import { ageText, chosenDump, listDumps, type Dump } from '../../restore/dumps';
import { copiesOf, failoverGroupOf, type Copy } from '../copies';
import { serverAt } from '../database';
import type { DirectoryOperation } from '../directory-operation';
import { settled } from '../settled';
import { timeStamp } from '../../time-stamp';
import { gather, leave, type Party } from '../switch/party';
import {
  checkDump,
  dropDump,
  fileOf,
  holdsData,
  loadDump,
  moveAside,
  receiveDump,
  sendDump,
  startSlapd,
  stopSlapd,
} from './steps';

/** What a restore of a directory is asked for. */
export interface DirectoryRestoreRequest {
  /** @default - the only one that is dumped */
  readonly directory?: string;
  /** `latest`, `HOST:latest` or `HOST:FILE`. */
  readonly from: string;
  /** Move aside what servers hold. */
  readonly replace: boolean;
  /** List the dumps and change nothing. */
  readonly show: boolean;
  /** Seconds in which all copies have to hold what was restored. @default 600 */
  readonly timeout?: number;
}

/** Seconds for reading, sending or loading a dump. */
const LONG = 4 * 3600;
const SETTLED = 600;

/**
 * Fills a directory from a dump (R27): into the master, or the supplier that opens first, and all others fetch it. All
 * servers of the directory are emptied: one that kept what it has would hold changes that are later than those of the dump,
 * and never take it. What they held is moved aside on its file system.
 * @throws RefusedError and nothing was changed
 * @throws UnfinishedError with the state and how to go on
 */
export async function restoreDirectory(work: DirectoryOperation, request: DirectoryRestoreRequest): Promise<void> {
  const { operation, topology } = work;
  const directory = dumpedDirectory(topology, request.directory);
  if (!request.show && !isOpenLdap(topology, directory.id))
    throw new RefusedError('nothing was restored', [
      `directory ${directory.name} is on 389 Directory Server: RUNBOOK.md has the commands that fill it from a dump`,
    ]);
  const lists = await listDumps(
    operation,
    topology,
    directoryDumps(topology)
      .filter((one) => one.directory.id === directory.id)
      .map(({ dump }) => dump),
  );
  if (request.show) {
    for (const { backup, dumps, unreached } of lists) {
      if (dumps.length === 0) operation.say(`${backup.name}: no dump on any host that answers`);
      for (const dump of dumps) operation.say(dumpLine(directory, dump));
      for (const host of unreached) operation.say(`  not asked: ${host}`);
    }
    return;
  }
  const dump = newest(lists, request.from);
  operation.say(dumpLine(directory, dump));
  for (const host of lists.flatMap(({ unreached }) => unreached)) operation.say(`  not asked for newer dumps: ${host}`);
  const copies = copiesOf(topology, directory);
  operation.say(`looking at the servers of directory ${directory.name}`);
  const target = await targetOf(work, directory, copies);
  const places = copies.map(({ server }) => ({ server, host: lookup(topology).host(server.host) }));
  const looks = await Promise.all(
    places.map(async ({ server, host }) => ({ server, look: await holdsData(operation, host, directory) })),
  );
  const reasons = looks.flatMap(({ server, look }) =>
    look === 'data' && !request.replace
      ? [`${server.name} holds data`]
      : look === 'data' || look === 'empty'
        ? []
        : [`${server.name}: ${look.reason}; a restore needs all servers of the directory`],
  );
  if (reasons.length > 0)
    throw new RefusedError('nothing was restored and nothing was changed', [
      ...reasons,
      ...(looks.some(({ look }) => look === 'data') && !request.replace
        ? ['what the servers hold is moved aside, not deleted, with --replace']
        : []),
    ]);
  const [at] = places.filter(({ server }) => server.id === target.id);
  if (!at) throw new RefusedError('nothing was changed', [`${target.name} has no copy of ${directory.name}`]);
  const others = places.filter((place) => place !== at);
  const file = await bring(work, dump, at.host);
  try {
    await checked(work, at, directory, file);
    operation.say(
      `lost: what was written after the dump; slapd of ${places.map(({ server }) => server.name).join(', ')} stands still meanwhile, with all of its directories`,
    );
    await agreed(operation, `restore directory ${directory.name} on ${target.name}?`, directory.name);
    await fill(work, directory, { at, others, file });
  } finally {
    if (file !== dump.file) await outcomeOf(operation, at.host, dropDump(file));
  }
  const { entries, seconds } = await settled(
    work,
    { directory },
    {
      ...{ reference: target, servers: others.map(({ server }) => server), writes: true },
      limit: request.timeout ?? SETTLED,
      failure: 'not all servers hold what was restored',
    },
  );
  operation.say(`${target.name} takes writes, and all servers hold its ${entries} entries, after ${seconds} s`);
}

/** A server and its host. */
interface Place {
  readonly server: DirectoryServerFacts;
  readonly host: HostFacts;
}

function dumpedDirectory(topology: Topology, name: string | undefined): DirectoryFacts {
  const refused = (reason: string): RefusedError => new RefusedError('nothing was restored', [reason]);
  const dumped = topology.directories.filter(({ id }) =>
    directoryDumps(topology).some(({ directory }) => directory.id === id),
  );
  const known = dumped.map((directory) => directory.name).join(', ');
  if (name !== undefined) {
    const found = dumped.find((directory) => directory.name === name);
    if (found) return found;
    throw refused(
      `no directory '${name}' of ${topology.name} is dumped${known === '' ? '; add a DirectoryBackup to the stack' : `; there is ${known}`}`,
    );
  }
  const [first, second] = dumped;
  if (!first) throw refused('no directory is dumped; add a DirectoryBackup to the stack');
  if (second) throw refused(`several directories are dumped: name one with --directory (${known})`);
  return first;
}

/** The dump that is asked for, of all backups of the directory. */
function newest(lists: Awaited<ReturnType<typeof listDumps<DumpFacts>>>, from: string): Dump<DumpFacts> {
  const [first] = lists;
  if (!first) throw new RefusedError('nothing was restored', ['the directory is not dumped']);
  const dumps = lists.flatMap((list) => list.dumps).sort((a, b) => b.made - a.made);
  return chosenDump({ backup: first.backup, dumps, unreached: lists.flatMap(({ unreached }) => unreached) }, from);
}

function dumpLine({ name }: DirectoryFacts, { host, file, made, bytes }: Dump<DumpFacts>): string {
  return `${name}: ${host.name}:${file}, ${bytes} bytes, ${ageText(Date.now() - made)} old`;
}

/**
 * Where the dump is loaded: the master, who opens for writing when all others answer; of several suppliers the one with the
 * lowest id, which opens first where all are closed.
 */
async function targetOf(
  work: DirectoryOperation,
  directory: DirectoryFacts,
  copies: readonly Copy[],
): Promise<DirectoryServerFacts> {
  const group = failoverGroupOf(work.topology, directory);
  if (!group) {
    const [first] = copies
      .filter(({ replica }) => replica.role === 'supplier')
      .map(({ server }) => server)
      .sort((a, b) => (a.serverId ?? Infinity) - (b.serverId ?? Infinity));
    if (first) return first;
    throw new RefusedError('nothing was changed', [`directory ${directory.name} has no supplier`]);
  }
  const party = await gather(work, { directory });
  try {
    const members = copies.map(({ server }) => server).filter(({ id }) => membersOf(group).includes(id));
    const masters = mastersIn(party, members);
    const [master, second] = masters;
    if (master && !second) return master;
    throw new RefusedError('nothing was restored and nothing was changed', [
      master
        ? `${masters.map(({ name }) => name).join(' and ')} are taken for the master: decide for one first (tandem switch ${work.topology.name} --to SERVER)`
        : `no server that answers knows a master: tandem status ${work.topology.name}`,
    ]);
  } finally {
    await leave(party);
  }
}

/** Whom members that answer name as master. */
export function mastersIn(
  { present }: Party,
  members: readonly DirectoryServerFacts[],
): readonly DirectoryServerFacts[] {
  const named = present
    .filter(({ server }) => members.some(({ id }) => id === server.id))
    .flatMap(({ state }) => serverAt(members, state.updateRefs[0])?.id ?? []);
  return members.filter(({ id }) => named.includes(id));
}

/** The dump on the host where it is loaded. */
async function bring(work: DirectoryOperation, dump: Dump<DumpFacts>, to: HostFacts): Promise<string> {
  if (dump.host.id === to.id) return dump.file;
  const { operation } = work;
  operation.say(`sending ${dump.file} from ${dump.host.name} to ${to.name}`);
  const sent = await outcomeOf(operation, dump.host, sendDump(dump.file), { timeout: LONG });
  const received =
    sent.status === 0
      ? await outcomeOf(operation, to, receiveDump(fileOf(dump.file)), { timeout: LONG, input: sent.stdout })
      : sent;
  if (received.status === 0) return received.stdout.trim();
  throw new RefusedError('the dump could not be sent; nothing was changed', [...lastLines(received.stderr, 1)]);
}

async function checked(
  { operation }: DirectoryOperation,
  { server, host }: Place,
  directory: DirectoryFacts,
  file: string,
): Promise<void> {
  operation.say(`${host.name}: looking whether ${server.name} takes the dump`);
  const { status, stderr } = await outcomeOf(operation, host, checkDump(directory, file), { timeout: LONG });
  if (status !== 0)
    throw new RefusedError(`${server.name} does not take the dump; nothing was changed`, lastLines(stderr));
}

/** All servers stop, what they hold is moved aside, one is filled, and all start, that one first. */
async function fill(
  { operation, topology }: DirectoryOperation,
  directory: DirectoryFacts,
  { at, others, file }: { readonly at: Place; readonly others: readonly Place[]; readonly file: string },
): Promise<void> {
  const places = [...others, at];
  const kept = timeStamp(new Date());
  const step = async ({ host }: Place, what: string, command: string): Promise<void> => {
    operation.say(`${host.name}: ${what}`);
    const { status, stderr } = isInterrupted(operation)
      ? { status: 130, stderr: 'interrupted' }
      : await outcomeOf(operation, host, command, { timeout: LONG });
    if (status === 0) return;
    throw new UnfinishedError(
      `${what} failed on ${host.name}`,
      [
        ...lastLines(stderr),
        `slapd may be stopped on ${places.map((place) => place.host.name).join(', ')}`,
        `what the servers held is in ${aside(directory, kept)} there, where it was moved`,
      ],
      [
        `mend the cause, then: tandem restore ${topology.name} --directory ${directory.name} --replace`,
        `or go back: on all of these hosts stop slapd, move that folder back to its name, start slapd`,
      ],
    );
  };
  // The one that takes writes last: what it acknowledged goes into the copies that are kept.
  for (const place of places) await step(place, 'stop slapd', stopSlapd());
  for (const place of places)
    await step(place, `move what it holds to ${aside(directory, kept)}`, moveAside(directory, aside(directory, kept)));
  await step(at, 'load the dump', loadDump(directory, file));
  for (const place of [at, ...others]) await step(place, 'start slapd', startSlapd());
}

const aside = (directory: DirectoryFacts, time: string): string => `${databaseFolder(directory)}.replaced-${time}`;
