import { createHash } from 'node:crypto';
import { valuesOf, type LdapSession } from '../ldap/session';
import type { Part } from './copies';

/** What a copy holds, in one number that is the same for the same entries. */
export interface ContentDigest {
  readonly part: Part;
  readonly entries: number;
  /** SHA-256 of all pairs of `entryUUID` and `entryCSN`, sorted. */
  readonly digest: string;
}

/**
 * The digest of a part of a directory. Equal `contextCSN` proves nothing: after a conflict two copies may differ for ever
 * and say that they are equal (B3 of the measurements).
 */
export async function contentDigest(session: LdapSession, part: Part): Promise<ContentDigest> {
  const lines: string[] = [];
  const pages = session.pages({
    base: part.base,
    scope: 'sub',
    filter: part.filter,
    attributes: ['entryUUID', 'entryCSN'],
  });
  for await (const page of pages)
    for (const entry of page)
      lines.push(`${valuesOf(entry, 'entryUUID')[0] ?? ''} ${valuesOf(entry, 'entryCSN')[0] ?? ''}`);
  return { part, entries: lines.length, digest: digestOf(lines) };
}

/** SHA-256 of lines in whatever order. */
export function digestOf(lines: readonly string[]): string {
  return createHash('sha256')
    .update([...lines].sort().join('\n'))
    .digest('hex');
}

/** What OpenLDAP defines for itself: each overlay that is loaded adds to it, and no entry that is replicated has it. */
const OWN = /^\( 1\.3\.6\.1\.4\.1\.4203\./;

/** The digest of the schema that a server shows; undefined where it shows none. */
export async function schemaDigest(session: LdapSession): Promise<string | undefined> {
  const [entry] = await session.search({
    base: 'cn=Subschema',
    scope: 'base',
    filter: '(objectClass=subschema)',
    attributes: ['attributeTypes', 'objectClasses'],
  });
  const lines = ['attributeTypes', 'objectClasses'].flatMap((name) =>
    valuesOf(entry, name)
      .filter((line) => !OWN.test(line))
      .map((line) => `${name} ${line}`),
  );
  return lines.length === 0 ? undefined : digestOf(lines);
}
