import { ldapsUrl } from '../../../topology/ldaps-url';
import type { DirectoryServerFacts } from '../../../topology/replication';
import { membersOf } from '../../../topology/replication-graph';
import { LdapError, valuesOf, type LdapChange, type LdapSession } from '../../ldap/session';
import { connectAsAdministrator } from '../administrator';
import { copiesOf, type Copy } from '../copies';
import { contextOf, type Context } from '../csn';
import { findDatabase, providerOf, serverAt, withProvider, type DatabaseState } from '../database';
import type { DirectoryOperation, Switchable } from '../directory-operation';

/** A server of a directory, with an open connection as administrator. */
export interface Present {
  readonly copy: Copy;
  readonly server: DirectoryServerFacts;
  readonly name: string;
  readonly session: LdapSession;
  readonly state: DatabaseState;
  /** Values of `olcSyncrepl`. They may hold passwords. */
  readonly lines: readonly string[];
}

/** A server that can not be told anything, and why. */
export interface Absent {
  readonly copy: Copy;
  readonly server: DirectoryServerFacts;
  readonly name: string;
  readonly reason: string;
  /** It answered, and refused. */
  readonly answered: boolean;
}

/** All servers of a directory. */
export interface Party {
  readonly present: readonly Present[];
  readonly absent: readonly Absent[];
}

/** Connects to all servers of a directory at the same time. What is opened here is closed by `leave`. */
export async function gather(
  { topology, servers, secrets }: DirectoryOperation,
  { directory }: Pick<Switchable, 'directory'>,
): Promise<Party> {
  const met = await Promise.all(
    copiesOf(topology, directory).map(async (copy): Promise<Present | Absent> => {
      const { server } = copy;
      const { name } = server;
      try {
        const session = await connectAsAdministrator(servers, secrets, directory, server);
        const seen = await look(session, copy);
        if (seen) return { copy, server, name, session, ...seen };
        await session.close();
        return { copy, server, name, reason: `it shows no database of ${directory.suffix}`, answered: true };
      } catch (error) {
        if (!(error instanceof LdapError)) throw error;
        return { copy, server, name, reason: error.message, answered: error.code !== undefined };
      }
    }),
  );
  return {
    present: met.filter((one): one is Present => 'session' in one),
    absent: met.filter((one): one is Absent => !('session' in one)),
  };
}

async function look(session: LdapSession, copy: Copy): Promise<Pick<Present, 'state' | 'lines'> | undefined> {
  const state = await findDatabase(session, copy);
  if (!state) return undefined;
  const [entry] = await session.search({ base: state.dn, scope: 'base', attributes: ['olcSyncrepl'] });
  return { state, lines: valuesOf(entry, 'olcSyncrepl') };
}

/** The same server as it is now. */
export async function again(one: Present): Promise<Present> {
  return { ...one, ...(await look(one.session, one.copy)) };
}

/** Closes all connections. */
export async function leave({ present }: Party): Promise<void> {
  await Promise.all(present.map(({ session }) => session.close()));
}

/** The newest changes that a server holds; undefined where it is closed. */
export async function contextAt({ session, copy }: Pick<Present, 'session' | 'copy'>): Promise<Context | undefined> {
  try {
    const [entry] = await session.search({
      base: copy.directory.suffix,
      scope: 'base',
      attributes: ['contextCSN'],
    });
    return contextOf(valuesOf(entry, 'contextCSN'), copy.server.serverId);
  } catch (error) {
    if (error instanceof LdapError && error.code !== undefined) return undefined;
    throw error;
  }
}

export const isMember = ({ group }: Switchable, { server }: { readonly server: DirectoryServerFacts }): boolean =>
  membersOf(group).includes(server.id);

/** The member that takes writes. */
export function writersIn(chosen: Switchable, { present }: Party): readonly Present[] {
  return present.filter((one) => isMember(chosen, one) && !one.state.closed && !one.state.readOnly);
}

/** What makes a member the master. */
export function promotion(target: DirectoryServerFacts): readonly LdapChange[] {
  return [
    { operation: 'replace', attribute: 'olcUpdateRef', values: [ldapsUrl(target)] },
    { operation: 'replace', attribute: 'olcReadOnly', values: ['FALSE'] },
  ];
}

/**
 * What the configuration of a server lacks when another one is master: members stay read-only and refer to it, whoever
 * reads from the group reads from it.
 */
export function telling(
  chosen: Switchable,
  servers: readonly DirectoryServerFacts[],
  one: Pick<Present, 'server' | 'state' | 'lines'>,
  target: DirectoryServerFacts,
): readonly LdapChange[] {
  const { state, lines } = one;
  const url = ldapsUrl(target);
  const member = isMember(chosen, one);
  const others = servers.filter((server) => membersOf(chosen.group).includes(server.id) && server.id !== target.id);
  const moved = lines.map((line) => (serverAt(others, providerOf(line)) ? withProvider(line, url) : line));
  const changes: LdapChange[] = [];
  if (member && !state.readOnly) changes.push({ operation: 'replace', attribute: 'olcReadOnly', values: ['TRUE'] });
  if (!member && moved.some((line, index) => line !== lines[index]))
    changes.push({
      operation: 'replace',
      attribute: 'olcSyncrepl',
      values: moved.map((line) => line.replace(/^\{\d+\}/, '')),
    });
  if (state.updateRefs.length !== 1 || serverAt(servers, state.updateRefs[0])?.id !== target.id)
    changes.push({ operation: 'replace', attribute: 'olcUpdateRef', values: [url] });
  return changes;
}

/** Tells all servers that answer who is master, at the same time. Gives those that did not take it, with the reason. */
export async function tellAll(
  chosen: Switchable,
  party: Party,
  target: DirectoryServerFacts,
): Promise<readonly { readonly name: string; readonly reason: string }[]> {
  const servers = [...party.present, ...party.absent].map(({ server }) => server);
  const told = await Promise.all(
    party.present
      .filter(({ server }) => server.id !== target.id)
      .map(async (one) => {
        const changes = telling(chosen, servers, one, target);
        if (changes.length === 0) return [];
        try {
          await one.session.modify(one.state.dn, changes);
          return [];
        } catch (error) {
          if (!(error instanceof LdapError)) throw error;
          return [{ name: one.name, reason: error.message }];
        }
      }),
  );
  return told.flat();
}

/** Why a server can not become master, whatever the others are like. */
export function unfitness(
  { directory, group }: Switchable,
  { present, absent }: Party,
  name: string,
): { readonly target?: Present; readonly reasons: readonly string[] } {
  const found = [...present, ...absent].find((one) => one.name === name);
  if (!found) return { reasons: [`${name} has no copy of directory ${directory.name}`] };
  const reasons = [
    ...(membersOf(group).includes(found.server.id) ? [] : [`${name} is no member of failover group ${group.name}`]),
    ...(found.copy.replica.retiring ? [`${name} is retiring: the stack says that it is on its way out`] : []),
  ];
  if ('reason' in found) return { reasons: [...reasons, `${name} does not answer: ${found.reason}`] };
  return { target: found, reasons };
}
