import type { DirectoryServerFacts } from '../../topology/replication';
import { LdapError } from '../ldap/session';
import { secondsSince, UnfinishedError } from '../pair/operation';
import { contentDigest } from './content';
import type { DirectoryOperation, Switchable } from './directory-operation';
import { gather, leave, type Party, type Present } from './switch/party';

/** Milliseconds between two looks. */
const POLL = 500;

/** What is waited for. */
export interface SettledProps {
  /** Whose content counts. */
  readonly reference: DirectoryServerFacts;
  /** Servers that come to hold what the reference holds, as far as they are to hold it. */
  readonly servers: readonly DirectoryServerFacts[];
  /** The reference has to take writes too. */
  readonly writes: boolean;
  /** Seconds. */
  readonly limit: number;
  /** What has not come about, for the error. */
  readonly failure: string;
}

/**
 * Waits until servers are open and hold what another one holds. Gives the number of entries of the reference, and the seconds.
 * @throws UnfinishedError with what was missing last
 */
export async function settled(
  work: DirectoryOperation,
  chosen: Pick<Switchable, 'directory'>,
  props: SettledProps,
): Promise<{ readonly entries: number; readonly seconds: number }> {
  const { operation, topology } = work;
  const since = operation.now();
  let missing: readonly string[] = ['nobody was asked'];
  while (secondsSince(operation, since) < props.limit && !operation.interrupted.aborted) {
    const party = await gather(work, chosen);
    try {
      const found = await missingIn(party, props);
      if (typeof found === 'number') return { entries: found, seconds: secondsSince(operation, since) };
      missing = found;
    } catch (error) {
      if (!(error instanceof LdapError)) throw error;
      missing = [error.message];
    } finally {
      await leave(party);
    }
    await operation.pause(POLL);
  }
  throw new UnfinishedError(`${props.failure} after ${secondsSince(operation, since)} s`, missing, [
    `journalctl -u slapd -u tandem-directory-gate on its host`,
    `tandem status ${topology.name}`,
  ]);
}

/** What is missing, or the number of entries where nothing is. */
async function missingIn({ present }: Party, props: SettledProps): Promise<readonly string[] | number> {
  const { reference, servers, writes } = props;
  const at = ({ id }: DirectoryServerFacts): Present | undefined => present.find(({ server }) => server.id === id);
  const closed = [reference, ...servers].flatMap((server) => {
    const one = at(server);
    if (!one) return [`${server.name} does not answer`];
    if (one.state.closed) return [`${server.name} is closed`];
    return writes && server === reference && one.state.readOnly ? [`${server.name} takes no writes`] : [];
  });
  const master = at(reference);
  if (closed.length > 0 || !master) return closed;
  const compared = await Promise.all(
    servers.map(async (server) => {
      const one = at(server);
      // What a copy of a part of a part holds can not be told from here.
      if (!one?.copy.part) return [];
      const [own, other] = await Promise.all(
        [one, master].map(({ session }) => contentDigest(session, one.copy.part as NonNullable<typeof one.copy.part>)),
      );
      return own?.digest === other?.digest ? [] : [`${server.name} holds other data than ${reference.name}`];
    }),
  );
  const different = compared.flat();
  if (different.length > 0 || !master.copy.part) return different;
  return (await contentDigest(master.session, master.copy.part)).entries;
}
