import { execute } from '../host/execute';
import { NoAnswer } from './arrival';
import type { DirectoryNames } from './plan';

/** Exit code of ldapadd(1) for an entry that is there: LDAP_ALREADY_EXISTS. */
const EXISTS = 68;
const NO_SUCH_OBJECT = 32;

/** A directory as its administrator reaches it. */
export interface LdapAccess {
  readonly address: string;
  readonly facts: DirectoryNames;
  /** File that holds the administrator's password and nothing else. */
  readonly passwordFile: string;
}

/** Below the suffix: what all drills write. */
export function drillsEntry({ suffix }: DirectoryNames): string {
  return `ou=tandem-drills,${suffix}`;
}

/** The entry below which one run writes. */
export function runEntry(facts: DirectoryNames, run: string): string {
  return `ou=${run},${drillsEntry(facts)}`;
}

function access({ address, facts, passwordFile }: LdapAccess): readonly string[] {
  const { administrator, port } = facts;
  // The password comes from a file: a command line is read by others.
  return ['-x', '-o', 'nettimeout=1', '-H', `ldap://${address}:${port}`, '-D', administrator, '-y', passwordFile];
}

/** Adds entries; one that is there already is left as it is. @throws NoAnswer when they are not acknowledged */
export async function addEntries(to: LdapAccess, ldif: string, seconds: number): Promise<void> {
  const { status, stderr, timedOut } = await execute('ldapadd', [...access(to), '-c'], {
    input: ldif,
    timeout: seconds,
  });
  if (timedOut) throw new NoAnswer(`no answer within ${seconds} s`);
  if (status !== 0 && status !== EXISTS) throw new NoAnswer(`ldapadd exit ${status}: ${stderr.trim()}`);
}

/** The entry of one operation. */
export function numberedEntry(facts: DirectoryNames, run: string, number: number): string {
  return `dn: cn=${number},${runEntry(facts, run)}\nobjectClass: organizationalRole\ncn: ${number}\n`;
}

/** The entry that a run writes below, as LDIF. */
export function organizationalUnit(dn: string): string {
  return `dn: ${dn}\nobjectClass: organizationalUnit\nou: ${/^ou=([^,]*)/.exec(dn)?.[1] ?? ''}\n`;
}

/** The numbers of a run that are there. @throws NoAnswer */
export async function entries(from: LdapAccess, run: string): Promise<readonly number[]> {
  const words = [...access(from), '-LLL', '-s', 'one', '-b', runEntry(from.facts, run), 'cn'];
  const { status, stdout, stderr } = await execute('ldapsearch', words, { timeout: 60 });
  if (status === NO_SUCH_OBJECT) return [];
  if (status !== 0) throw new NoAnswer(`ldapsearch exit ${status}: ${stderr.trim()}`);
  return [...stdout.matchAll(/^cn: (\d+)$/gm)].map((match) => Number(match[1]));
}

/** Whether an operation's entry is there. @throws NoAnswer */
export async function hasEntry(at: LdapAccess, run: string, number: number, seconds: number): Promise<boolean> {
  const dn = `cn=${number},${runEntry(at.facts, run)}`;
  const words = [...access(at), '-LLL', '-s', 'base', '-b', dn, '1.1'];
  const { status, stderr, timedOut } = await execute('ldapsearch', words, { timeout: seconds });
  if (timedOut) throw new NoAnswer(`no answer within ${seconds} s`);
  if (status !== 0 && status !== NO_SUCH_OBJECT) throw new NoAnswer(`ldapsearch exit ${status}: ${stderr.trim()}`);
  return status === 0;
}

/**
 * The first entry of a directory, as LDIF.
 * @throws NoAnswer for a suffix whose first attribute it does not know
 */
export function baseEntry(suffix: string): string {
  const [, attribute = '', value = ''] = /^([A-Za-z]+)=([^,]+)/.exec(suffix) ?? [];
  const known = { dc: ['domain', 'dc'], o: ['organization', 'o'], ou: ['organizationalUnit', 'ou'] } as const;
  const found = Object.entries(known).find(([name]) => name === attribute.toLowerCase());
  if (!found) throw new NoAnswer(`a base entry '${suffix}' is neither a domain nor an organization nor a unit of one`);
  const [objectClass, naming] = found[1];
  // A domain component alone needs no more; an organization is named by itself.
  return `dn: ${suffix}\nobjectClass: ${objectClass}\n${naming}: ${value}\n`;
}
