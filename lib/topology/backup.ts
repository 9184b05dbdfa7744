import type { EntityFacts, EntityId, Milliseconds } from './units';

/** A regular dump of one store (X11, X12). */
export interface BackupFacts extends EntityFacts {
  readonly name: string;
  /** Service whose store is dumped. */
  readonly service: EntityId;
  /** `ldif` by slapcat(8), `sql` by pg_dumpall(1). */
  readonly kind: 'ldif' | 'sql';
  /** Time between two dumps: the most that a restore loses. */
  readonly interval: Milliseconds;
  /** Dumps kept on each node. */
  readonly copies: number;
  /** Directory of the dumps, the same on both nodes; not on the storage that it is the backup of. */
  readonly directory: string;
  /** The nodes that keep the dumps: the one that runs the service writes, the others get a copy. */
  readonly hosts: readonly EntityId[];
}
