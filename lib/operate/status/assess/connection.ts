/** States of a connection over which data flows, or is about to. */
const LINKED =
  /^(Connected|Established|Sync.*|PausedSync.*|Verify.*|WFBitMap.*|WFSyncUUID|StartingSync.*|Ahead|Behind)$/;

/** Whether a node replicates with its peer. */
export function isLinked(connection: string): boolean {
  return LINKED.test(connection);
}
