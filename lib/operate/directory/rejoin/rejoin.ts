import { ldapsUrl } from '../../../topology/ldaps-url';
import { lookup } from '../../../topology/lookup';
import { administratorOf } from '../../../topology/openldap-names';
import { shellWord } from '../../../topology/shell-word';
import { agreed, RefusedError } from '../../pair/operation';
import { lastLines, UnreachableError } from '../../remote/remote';
import { switchableOf, type DirectoryOperation, type Switchable } from '../directory-operation';
import { moveDatabaseAway } from '../move-away';
import { settled } from '../settled';
import { AS_SLAPD } from '../slapd-tools';
import { contextAt, gather, isMember, leave, writersIn, type Party, type Present } from '../switch/party';
import { lostChanges, lostChangesLdif, type LostChange } from './differences';
import { storedEntries, type StoredEntry } from './stored-entries';

/** What a rejoin is asked for. */
export interface RejoinRequest {
  /** The server that was master and has returned. */
  readonly server: string;
  readonly directory?: string;
  /** Only show what it has. */
  readonly show: boolean;
  /** Seconds for fetching everything anew. @default 600 */
  readonly timeout?: number;
  /** Keeps LDIF, for its owner alone. Gives the name of the file. */
  save(ldif: string): string;
}

/** Seconds for reading a database. */
const READING = 600;
const REFILL = 600;

/**
 * Makes a master that returned a mirror again (F25): keeps what it has and nobody got (F26), moves its databases away and
 * lets it fetch everything from the group. Its databases are read and moved on the host: while it is closed it answers
 * nobody, and its log would hand the changes out with the next line that reads it.
 * @throws RefusedError and nothing was changed
 * @throws UnfinishedError with what to do
 */
export async function rejoin(work: DirectoryOperation, request: RejoinRequest): Promise<void> {
  const { operation, topology } = work;
  const chosen = switchableOf(topology, request.server, request.directory);
  const { directory } = chosen;
  operation.say(`looking at the servers of directory ${directory.name}`);
  const party = await gather(work, chosen);
  let known: readonly [Present, Present];
  try {
    known = membersFor(work, chosen, party, request.server);
    const [returned, master] = known;
    const context = await contextAt(master);
    if (!context) throw new RefusedError(`${master.name} does not show what it holds; nothing was changed`, []);
    operation.say(`reading what ${returned.name} and ${master.name} hold, on their hosts`);
    const [own, group] = await Promise.all([entriesAt(work, returned), entriesAt(work, master)]);
    const changes = lostChanges({ returned: own, serverId: returned.server.serverId, group, context });
    for (const line of summary(returned.name, changes)) operation.say(line);
    if (changes.length > 0) {
      const file = request.save(
        lostChangesLdif(changes, [
          `What ${returned.name} had of directory ${directory.name} and the group never got.`,
          `Look through it, then: ldapmodify -H ${ldapsUrl(master.server)} -D ${administratorOf(directory)} -W -f FILE`,
        ]),
      );
      operation.say(`kept in ${file}`);
    }
    if (request.show) return;
    await agreed(operation, `give up what ${returned.name} holds and make it a copy of ${master.name}?`, returned.name);
    await refill(work, chosen, returned, master);
  } finally {
    await leave(party);
  }
  const [{ server }, { server: master }] = known;
  const { entries, seconds } = await settled(work, chosen, {
    ...{ reference: master, servers: [server], writes: false, limit: request.timeout ?? REFILL },
    failure: `${server.name} is no mirror yet`,
  });
  operation.say(`${server.name} is a mirror of ${master.name} after ${seconds} s, with the same ${entries} entries`);
}

function membersFor(
  { topology }: DirectoryOperation,
  chosen: Switchable,
  { present, absent }: Party,
  name: string,
): readonly [Present, Present] {
  const returned = present.find((one) => one.name === name);
  const writers = writersIn(chosen, { present, absent: [] });
  const [master] = writers.filter((one) => one.name !== name);
  const reasons = [
    ...(returned
      ? []
      : [`${name} does not answer: ${absent.find((one) => one.name === name)?.reason ?? 'it has no copy'}`]),
    ...(returned && !isMember(chosen, returned) ? [`${name} is no member of failover group ${chosen.group.name}`] : []),
    ...(returned && isMember(chosen, returned) && !returned.state.closed
      ? [
          returned.state.readOnly
            ? `${name} is a mirror already`
            : `${name} takes writes: make it read-only first, tandem switch ${topology.name} --to ${master?.name ?? 'SERVER'}`,
        ]
      : []),
    ...(master ? [] : ['no other member takes writes, so there is nobody to be a copy of']),
  ];
  if (!returned || !master || reasons.length > 0)
    throw new RefusedError(`${name} can not rejoin; nothing was changed`, reasons);
  return [returned, master];
}

/** What a server stores. slapcat(8) reads a database that slapd uses, and asks for no password. */
async function entriesAt({ operation, topology }: DirectoryOperation, one: Present): Promise<readonly StoredEntry[]> {
  const host = lookup(topology).host(one.server.host);
  const { status, stdout, stderr } = await reached(
    operation.remote.run(
      host,
      `${AS_SLAPD}\nas_slapd slapcat -F /etc/ldap/slapd.d -o ldif-wrap=no -b ${shellWord(one.copy.directory.suffix)}`,
      { timeout: READING },
    ),
  );
  if (status !== 0)
    throw new RefusedError(`the entries of ${one.name} can not be read; nothing was changed`, [
      lastLines(stderr, 1).join() || `slapcat ended with ${status}`,
    ]);
  return storedEntries(stdout);
}

/** A host that answers nobody may be a container, which has no sshd. */
async function reached<T>(outcome: Promise<T>): Promise<T> {
  try {
    return await outcome;
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    throw new RefusedError('entries are compared on the hosts; nothing was changed', [
      error.message,
      'hosts that are containers are reached with --docker',
    ]);
  }
}

function summary(name: string, changes: readonly LostChange[]): readonly string[] {
  if (changes.length === 0) return [`${name} has nothing that the group lacks`];
  const count = (kind: LostChange['kind']): number => changes.filter((change) => change.kind === kind).length;
  return [
    `${name} alone has ${count('added')} entries, changes of ${count('changed')} and deletions of ${count('deleted')}`,
  ];
}

/** Who is master stands in the configuration, from which the next start takes it over. */
async function refill(
  work: DirectoryOperation,
  { directory }: Switchable,
  returned: Present,
  master: Present,
): Promise<void> {
  await returned.session.modify(returned.state.dn, [
    { operation: 'replace', attribute: 'olcUpdateRef', values: [ldapsUrl(master.server)] },
  ]);
  await moveDatabaseAway(work, directory, returned.server, 'returned');
}
