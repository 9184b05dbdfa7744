import type { DrbdHandlerFacts } from '../topology/drbd';

/** Handlers that DRBD calls to keep a lost peer from promoting its copy; the second is the older name. */
const fencePeer = new Set(['fence-peer', 'outdate-peer']);

/** True for the handler that fences a peer. */
export function isFencePeer(handler: DrbdHandlerFacts): boolean {
  return fencePeer.has(handler.event);
}

/** True for a handler that hands the work to dopd. */
export function callsPeerOutdater(handler: DrbdHandlerFacts): boolean {
  return isFencePeer(handler) && /\bdrbd-peer-outdater\b/.test(handler.command);
}
