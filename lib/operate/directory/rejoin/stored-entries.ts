import { parseCsn, type Csn } from '../csn';

/** An entry as slapcat(8) prints it: values with what stands before them, so that those in base64 stay what they are. */
export interface StoredEntry {
  /** `: ou=x` or `:: b3U9eA==`. */
  readonly dn: string;
  readonly uuid: string;
  readonly csn?: Csn;
  /** By the name of the attribute, in lower case for those of slapd itself and as printed else. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** What slapd writes itself, and refuses from others. */
export const OPERATIONAL: ReadonlySet<string> = new Set([
  ...['structuralObjectClass', 'entryUUID', 'creatorsName', 'createTimestamp', 'entryCSN', 'modifiersName'],
  ...['modifyTimestamp', 'contextCSN'],
]);

/** The entries in the output of slapcat(8). */
export function storedEntries(text: string): readonly StoredEntry[] {
  return text
    .replace(/\r?\n /g, '')
    .split(/\n\n+/)
    .flatMap((block) => {
      const values: Record<string, string[]> = {};
      for (const line of block.split('\n')) {
        const colon = line.indexOf(':');
        if (colon > 0 && !line.startsWith('#')) (values[line.slice(0, colon)] ??= []).push(line.slice(colon));
      }
      const { dn: [dn] = [], ...rest } = values;
      if (dn === undefined) return [];
      const plain = (name: string): string => rest[name]?.[0]?.replace(/^: /, '') ?? '';
      return [{ dn, uuid: plain('entryUUID'), csn: parseCsn(plain('entryCSN')), values: rest }];
    });
}
