import { readFileSync } from 'node:fs';
import { execute } from '../host/execute';
import { NoAnswer } from './arrival';
import { readArrivals } from './arrivals';
import { Dialogue } from './dialogue';
import { addToTaker, lookUp } from './directory';
import type { ClientSettings, RunFolder } from './folder';
import { openMailbox, subjects } from './imap';
import { addEntries, drillsEntry, entries, numberedEntry, organizationalUnit, runEntry, type LdapAccess } from './ldap';
import type { ClientFacts, DirectoryNames, DirectoryReadFacts, ImapFacts, LdapFacts, SqlFacts } from './plan';
import { recipientOf, serverOf } from './mail-plan';
import { send } from './smtp';
import { insertRow, rows, SqlSession, type SqlAccess } from './sql';

/** Seconds for one operation with a directory. */
const LDAP_LIMIT = 3;

/** A client at work. */
export interface Client {
  /** Does the operation of a number. @throws NoAnswer when it is not acknowledged */
  operate(number: number): Promise<void>;
  /** Seconds between two operations. */
  readonly pause: number;
}

/** The client of given facts, in a run. */
export function clientOf(facts: ClientFacts, folder: RunFolder): Client {
  const { address } = facts;
  const { settings } = folder;
  const { run } = settings;
  switch (facts.kind) {
    case 'ldap':
      return { operate: (number) => addNumbered(ldapAccess(facts, settings), run, number, number === 1), pause: 0.2 };
    case 'directory-write':
      return {
        operate: addToTaker(facts, (at, number, above) =>
          addNumbered(accessAt(at, facts, settings), run, number, above),
        ),
        pause: 0.2,
      };
    case 'directory-read':
      return { operate: () => lookUp(ldapAccess(facts, settings), run, () => folder.ledger(facts.writer)), pause: 0.3 };
    case 'sql':
      return { operate: inserter(sqlAccess(facts, settings), run), pause: 0.2 };
    case 'smtp':
      return { operate: (number) => send(address, facts.port, facts.recipient, subject(run, number)), pause: 0.5 };
    case 'mail':
      return {
        operate: (number) =>
          send(serverOf(facts, number), facts.port, recipientOf(facts, run, number), subject(run, number)),
        pause: 0.5,
      };
    case 'imap': {
      const password = secretIn(settings.userPassword);
      return { operate: () => openMailbox(address, facts.port, facts.user, password), pause: 0.5 };
    }
    case 'tcp':
      return { operate: async () => (await Dialogue.open(address, facts.port)).close(), pause: 0.5 };
    case 'ping':
      return { operate: () => ping(address), pause: 0.3 };
  }
}

/** What is there of the operations of a run, for clients that write or read it; undefined for the others. @throws NoAnswer */
export async function readBack(facts: ClientFacts, settings: ClientSettings): Promise<readonly number[] | undefined> {
  const { run, plan } = settings;
  switch (facts.kind) {
    case 'ldap':
    case 'directory-read':
      return entries(ldapAccess(facts, settings), run);
    case 'sql':
      return rows(sqlAccess(facts, settings), run);
    case 'smtp': {
      const mailbox = plan.clients.find((one): one is ImapFacts => one.kind === 'imap');
      if (!mailbox) throw new NoAnswer('there is no mailbox to look into');
      const all = await subjects(mailbox.address, mailbox.port, mailbox.user, secretIn(settings.userPassword));
      return numbersOf(run, all);
    }
    case 'mail': {
      const wanted = new RegExp(`^${run}\\.${facts.name}\\.([0-9]+)@`);
      return readArrivals(facts.arrivals).flatMap(
        ({ recipient }) => wanted.exec(recipient)?.slice(1).map(Number) ?? [],
      );
    }
    default:
      return undefined;
  }
}

/** The subject of the message of an operation. */
export function subject(run: string, number: number): string {
  return `${run} ${number}`;
}

/** The numbers of a run among the subjects of a mailbox. */
export function numbersOf(run: string, all: readonly string[]): readonly number[] {
  return all.filter((one) => one.startsWith(`${run} `)).map((one) => Number(one.slice(run.length + 1)));
}

/** A file that holds a secret and nothing else. */
export function secretIn(file: string): string {
  return readFileSync(file, 'utf8');
}

/** How the clients reach a directory. */
export function ldapAccess(facts: LdapFacts | DirectoryReadFacts, settings: ClientSettings): LdapAccess {
  return accessAt(facts.address, facts, settings);
}

/** A directory as it is reached at an address. */
export function accessAt(
  address: string,
  facts: DirectoryNames,
  { administratorPassword }: ClientSettings,
): LdapAccess {
  return { address, facts, passwordFile: administratorPassword };
}

/** How the clients reach a database. */
export function sqlAccess({ address, port }: SqlFacts, { ssh }: ClientSettings): SqlAccess {
  return { address, port, ssh };
}

/** The entries above the numbered ones are made with the first; one that is there is left alone. */
async function addNumbered(to: LdapAccess, run: string, number: number, withAbove: boolean): Promise<void> {
  const above = withAbove ? [drillsEntry(to.facts), runEntry(to.facts, run)].map(organizationalUnit) : [];
  await addEntries(to, [...above, numberedEntry(to.facts, run, number)].join('\n'), LDAP_LIMIT);
}

/**
 * Statements in a row that are not answered, until a client gives its session up. Longer than writes may stand still while
 * a lost peer is fenced: a login in that moment would be measured with the outage.
 */
const PATIENCE = 10;

/**
 * A login takes longer on a slow node than many an outage, so a session that stands still is kept: ssh itself notices
 * soon when the node is gone.
 */
function inserter(to: SqlAccess, run: string): (number: number) => Promise<void> {
  let session: SqlSession | undefined;
  let unanswered = 0;
  return async (number) => {
    session ??= await SqlSession.open(to);
    try {
      await session.run(insertRow(run, number));
      unanswered = 0;
    } catch (error) {
      unanswered += 1;
      if (!session.alive || unanswered >= PATIENCE) {
        session.close();
        session = undefined;
        unanswered = 0;
      }
      throw error;
    }
  };
}

async function ping(address: string): Promise<void> {
  const { status } = await execute('ping', ['-n', '-q', '-c', '1', '-W', '1', address], { timeout: 3 });
  if (status !== 0) throw new NoAnswer('no echo');
}
