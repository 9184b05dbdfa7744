import { ldapsUrl } from '../../topology/ldaps-url';
import type { DirectoryOperation } from '../directory/directory-operation';
import { rejoin } from '../directory/rejoin/rejoin';
import { forcedDirectorySwitch } from '../directory/switch/forced';
import { contextAt, gather, leave, writersIn, type Party, type Present } from '../directory/switch/party';
import { plannedDirectorySwitch } from '../directory/switch/planned';
import { ranked } from '../directory/switch/rank';
import { RefusedError, type Operation } from '../pair/operation';
import type { SiteDirectory } from './site-move';

/** How the master of a directory comes to a site. */
export interface MoveDirectoryOptions {
  /** The master may be lost. */
  readonly forced: boolean;
  /** Go on with a member that lacks changes which another one has. */
  readonly acceptLoss: boolean;
  /** Seconds in which the new master has to catch up. */
  readonly timeout?: number;
  /** Keeps LDIF of a server, for its owner alone. Gives the name of the file. */
  save(server: string, ldif: string): string;
}

/**
 * Makes a member on the site master: masters that returned there become mirrors first, so that there never is a second one.
 * What is done already is left as it is.
 * @throws RefusedError, UnfinishedError, DeclinedError
 */
export async function moveDirectory(
  work: DirectoryOperation,
  site: SiteDirectory,
  options: MoveDirectoryOptions,
): Promise<void> {
  const { topology } = work;
  const { directory, members } = site;
  const first = await seen(work, site, (party) => Promise.resolve(returnedAmong(site, party)));
  for (const server of first)
    await rejoin(work, {
      ...{ server, directory: directory.name, show: false },
      save: (ldif) => options.save(server, ldif),
    });
  const { to, lost } = await seen(work, site, (party) => chosen(site, party, options.forced));
  if (to === undefined)
    throw new RefusedError(`no member of ${directory.name} on the site can be master`, [
      `none of ${members.join(', ')} answers and is open: tandem status ${topology.name}`,
    ]);
  const request = { to, directory: directory.name, timeout: options.timeout };
  if (lost && options.forced) await forcedDirectorySwitch(work, { ...request, acceptLoss: options.acceptLoss });
  else await plannedDirectorySwitch(quiet(work), request);
}

/** A planned switch loses nothing, and was agreed to with the whole. */
const quiet = (work: DirectoryOperation): DirectoryOperation => ({
  ...work,
  operation: agreeing(work.operation),
});

/** The same operation, in which the person has said yes already. */
export function agreeing(operation: Operation): Operation {
  return {
    remote: operation.remote,
    say: (line) => operation.say(line),
    confirm: () => Promise.resolve(true),
    now: () => operation.now(),
    pause: (milliseconds) => operation.pause(milliseconds),
    interrupted: operation.interrupted,
  };
}

async function seen<T>(work: DirectoryOperation, site: SiteDirectory, look: (party: Party) => Promise<T>): Promise<T> {
  const party = await gather(work, site);
  try {
    return await look(party);
  } finally {
    await leave(party);
  }
}

/** Servers that were master, and are closed because another one takes writes now; one that waits for its gate names another. */
function returnedAmong(site: SiteDirectory, party: Party): readonly string[] {
  const [writer] = writersIn(site, party);
  if (!writer) return [];
  return membersAt(site, party)
    .filter(({ state, server }) => state.closed && [undefined, ldapsUrl(server)].includes(state.updateRefs[0]))
    .map(({ name }) => name);
}

const membersAt = ({ members }: SiteDirectory, { present }: Party): readonly Present[] =>
  members.flatMap((name) => present.find((one) => one.name === name && !one.copy.replica.retiring) ?? []);

async function chosen(
  site: SiteDirectory,
  party: Party,
  forced: boolean,
): Promise<{ readonly to?: string; readonly lost: boolean }> {
  const [writer] = writersIn(site, party);
  const own = membersAt(site, party);
  if (writer && own.includes(writer)) return { to: writer.name, lost: false };
  const open = own.filter(({ state }) => !state.closed);
  if (writer || !forced) return { to: open[0]?.name, lost: writer === undefined };
  const contexts = await Promise.all(own.map((one) => contextAt(one)));
  return { to: ranked(own.map(({ name }, index) => ({ name, context: contexts[index] })))[0]?.name, lost: true };
}
