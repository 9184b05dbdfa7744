import { NoAnswer } from './arrival';
import { hasEntry, type LdapAccess } from './ldap';
import type { Operation } from './ledger';
import type { DirectoryWriteFacts } from './plan';

/** Seconds after which what was acknowledged must be on every server that answers. */
const SETTLED = 5;

/** Seconds for a look-up. */
const LIMIT = 3;

/**
 * Adds at the server that took the last entry. After a failure the next number goes to the next server.
 * @param add makes the entries above too, until something was taken
 */
export function addToTaker(
  { servers }: DirectoryWriteFacts,
  add: (address: string, number: number, above: boolean) => Promise<void>,
): (number: number) => Promise<void> {
  let [current, above] = [0, true];
  return async (number) => {
    try {
      await add(servers[current] ?? '', number, above);
      above = false;
    } catch (error) {
      current = (current + 1) % servers.length;
      throw error;
    }
  };
}

/**
 * Looks up the last entry that was acknowledged some seconds ago.
 * @throws NoAnswer also when it is not there: a copy that is behind must not answer
 */
export async function lookUp(at: LdapAccess, run: string, written: () => readonly Operation[]): Promise<void> {
  const number = lastSettled(written(), Date.now());
  const found = await hasEntry(at, run, number ?? 1, LIMIT);
  if (found || number === undefined) return;
  throw new NoAnswer(`${at.address} answers, and lacks entry ${number} that was acknowledged`);
}

/** The number of the last operation that was acknowledged long enough before a moment. */
export function lastSettled(ledger: readonly Operation[], now: number): number | undefined {
  return ledger.findLast(({ acknowledged, end }) => acknowledged && end <= now - SETTLED * 1000)?.number;
}
