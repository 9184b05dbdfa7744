import type { DrbdHandlerFacts, DrbdResourceFacts } from './drbd';
import { effectiveNet } from './drbd-net';
import type { Milliseconds } from './units';

/** Tandem's handler: it asks dopd in turn, and again, until the answer is known. */
export const PEER_OUTDATER = '/usr/local/sbin/tandem-peer-outdater';

/** Handlers that DRBD calls to keep a lost peer from promoting its copy; the second is the older name. */
const fencePeer = new Set(['fence-peer', 'outdate-peer']);

/** True for the handler that fences a peer. */
export function isFencePeer(handler: DrbdHandlerFacts): boolean {
  return fencePeer.has(handler.event);
}

/** True for a handler that hands the work to dopd. */
export function callsPeerOutdater(handler: DrbdHandlerFacts): boolean {
  return isFencePeer(handler) && /\b(drbd|tandem)-peer-outdater\b/.test(handler.command);
}

/** True for a handler that hands the work to dopd without a word to the others that do the same. */
export function callsOutdaterAtOnce(handler: DrbdHandlerFacts): boolean {
  return isFencePeer(handler) && /\bdrbd-peer-outdater\b/.test(handler.command);
}

/** Losses that settle within this time of each other are asked for in one call. */
export const ASKED_TOGETHER: Milliseconds = 2_000;

/** Time in which a node has noticed that the link of a resource is gone, and a second more. */
export function noticeTime(resource: DrbdResourceFacts): Milliseconds {
  const { pingInt, pingTimeout } = effectiveNet(resource);
  return pingInt + pingTimeout + 1_000;
}
