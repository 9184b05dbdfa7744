/**
 * The file that lets heartbeat start on a node that sees no peer (X4). It lies in memory, so that a decision of an
 * operator holds until the next boot and no longer.
 */
export const FORCE_FILE = '/run/tandem-ha-force';
