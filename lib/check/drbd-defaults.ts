import type { DrbdResourceFacts } from '../topology/drbd';

/** The group of DRBD 0.7 that a resource resynchronises in; 0 where none is written. */
export function resyncGroup(resource: DrbdResourceFacts): number {
  return resource.disk.resyncGroup ?? 0;
}
