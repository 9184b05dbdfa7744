import type { DirectoryServerFacts } from '../../topology/replication';

/** An entry that was read: values by the name of their attribute in lower case. */
export interface LdapEntry {
  readonly dn: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** What a search asks for. */
export interface LdapSearch {
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  /** Of RFC 4515. @default '(objectClass=*)' */
  readonly filter?: string;
  readonly attributes: readonly string[];
  /** Most entries that the server shall send. @default - as many as it likes */
  readonly limit?: number;
}

/** One change of an attribute (RFC 4511, section 4.6). */
export interface LdapChange {
  readonly operation: 'add' | 'delete' | 'replace';
  readonly attribute: string;
  /** Without values `delete` and `replace` remove the attribute. */
  readonly values: readonly string[];
}

/** A connection to a server, over TLS, whose certificate was found to be that of the server. */
export interface LdapSession {
  readonly server: DirectoryServerFacts;
  /** When the certificate of the server ends. */
  readonly certificateEnds: Date;
  /** Identifies the client by its password. @throws LdapError */
  bind(name: string, password: string): Promise<void>;
  /** @throws LdapError; a base that is not there is no entry */
  search(search: LdapSearch): Promise<readonly LdapEntry[]>;
  /** Reads in pages (RFC 2696). @throws LdapError */
  pages(search: LdapSearch): AsyncIterable<readonly LdapEntry[]>;
  /** Changes an entry, all of it or nothing. @throws LdapError */
  modify(name: string, changes: readonly LdapChange[]): Promise<void>;
  close(): Promise<void>;
}

/** The directory servers of a deployment. */
export interface LdapServers {
  /** @throws LdapError when it does not answer, or is not who it should be */
  connect(server: DirectoryServerFacts): Promise<LdapSession>;
}

/** Result codes that are told apart (RFC 4511, appendix A). */
export const RESULT = { noSuchObject: 32, invalidCredentials: 49, insufficientAccess: 50, unwilling: 53 } as const;

/** A server does not answer, or refuses. */
export class LdapError extends Error {
  override readonly name = 'LdapError';

  constructor(
    message: string,
    /** What the server answered; absent: it did not answer. */
    readonly code?: number,
  ) {
    super(message);
  }
}

/** The values of an attribute, none where it is not there. */
export function valuesOf(entry: LdapEntry | undefined, attribute: string): readonly string[] {
  return entry?.values[attribute.toLowerCase()] ?? [];
}
