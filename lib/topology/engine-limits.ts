import type { DirectoryEngine } from './replication';

/**
 * What a server can do, by engine and version. Versions that are known also send updates without waiting for each answer
 * (R24): 389 Directory Server since it is called so, OpenLDAP with syncrepl.
 */
interface EngineLimits {
  /** First two numbers of the first version that this is true of. */
  readonly since: string;
  /** Suppliers of one directory (R15). */
  readonly suppliers: number;
  /** Least and greatest id of a supplier. */
  readonly supplierIds: readonly [number, number];
  /** Whether an agreement that waits for a window of the week was seen to send when it opens (R9, R32). */
  readonly opensWindows: boolean;
}

/**
 * Newest last. 389 Directory Server: four suppliers in the document, 20 today (R15); which version raised it is not known
 * for certain, so that 1.2 still counts as old. OpenLDAP: server ids have 12 bits, and 0 is left to a single master
 * (ITS#8635); each supplier is a line of syncrepl with an id of three digits. Windows: 2.3.1 logs when they open and goes on
 * waiting (docs/directories.md), and no other version was looked at; OpenLDAP has none.
 */
const ENGINE_LIMITS: Readonly<Record<DirectoryEngine, readonly EngineLimits[]>> = {
  ds389: [
    { since: '1.0', suppliers: 4, supplierIds: [1, 65_534], opensWindows: false },
    { since: '1.3', suppliers: 20, supplierIds: [1, 65_534], opensWindows: false },
  ],
  openldap: [{ since: '2.4', suppliers: 999, supplierIds: [1, 4095], opensWindows: false }],
};

/** The limits of a version; undefined for one that is older than all that are known. */
export function limitsOf(engine: DirectoryEngine, version: string): EngineLimits | undefined {
  return ENGINE_LIMITS[engine].findLast(({ since }) => !isOlder(version, since));
}

/** Whether a version is older than another one; both are numbers with dots between. */
function isOlder(version: string, other: string): boolean {
  const [parts, others] = [version, other].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const at = others.findIndex((number, index) => (parts[index] ?? 0) !== number);
  return at >= 0 && (parts[at] ?? 0) < (others[at] ?? 0);
}
