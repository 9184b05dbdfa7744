import type { EntityId, Milliseconds } from '../topology/units';
import type { Fault } from './fault';
import type { Timeline } from './timeline';

/**
 * What becomes of a service. `works`: as before; `degraded`: it goes on with less (no redundancy, or a part of its work
 * fails); `interrupted`: it stops and comes back by itself; `down`: it stays away until a person, or something that
 * was lost, is back.
 */
export type ServiceState = 'works' | 'degraded' | 'interrupted' | 'down';

/** Data that clients were told is safe and that the fault takes away. */
export type DataAtRisk =
  | { readonly kind: 'none' }
  /** The last writes before the fault (protocol A and B, writes between the loss of the link and a reset). */
  | { readonly kind: 'last-writes'; readonly within: Milliseconds }
  /** Everything since the last dump that was copied (X11, X12, E18). */
  | { readonly kind: 'since-dump'; readonly within: Milliseconds }
  /** Everything since the copies lost each other. */
  | { readonly kind: 'since-link-loss' }
  /** On a node that is not there; neither lost nor reachable until it is (E13). */
  | { readonly kind: 'stranded'; readonly directories: readonly string[] }
  /** Both copies are written; one of them will be thrown away (X4). */
  | { readonly kind: 'diverging' }
  /** Two nodes write one file system that is not made for it (X4). */
  | { readonly kind: 'file-system' }
  | { readonly kind: 'everything' };

/** What a fault does to one service, without the service. */
export interface Effect {
  readonly state: ServiceState;
  /** Why, in one sentence. */
  readonly cause: string;
  /** How long clients, or where it says so writers, wait; absent when there is no outage or no end of it. */
  readonly timeline?: Timeline;
  readonly dataAtRisk: DataAtRisk;
  /** What comes right without anybody; empty when nothing does or nothing has to. */
  readonly heals: string;
  /** What a person has to do; empty when nothing. */
  readonly person: string;
}

/** What a fault does to one service. */
export interface ServiceOutcome extends Effect {
  readonly service: EntityId;
  readonly name: string;
  readonly group: EntityId;
}

/** What a fault, or a sequence of faults, does to all services that clusters run. */
export interface Prediction {
  /** Ids of the faults, joined by `, then `. */
  readonly id: string;
  readonly faults: readonly Fault[];
  /** In start order, group after group. */
  readonly services: readonly ServiceOutcome[];
}

const RANKS: readonly ServiceState[] = ['works', 'degraded', 'interrupted', 'down'];

/** Order of states: 0 for `works`, 3 for `down`. */
export function rank(state: ServiceState): number {
  return RANKS.indexOf(state);
}

/** Nothing changes for a service. */
export function works(cause: string): Effect {
  return { state: 'works', cause, dataAtRisk: NO_LOSS, heals: '', person: '' };
}

/** No acknowledged data is lost. */
export const NO_LOSS: DataAtRisk = { kind: 'none' };

/** The worse of two effects of one fault; the first of two that are equally bad. */
export function worse(one: Effect, other: Effect): Effect {
  const difference = rank(other.state) - rank(one.state);
  if (difference !== 0) return difference > 0 ? other : one;
  return (other.timeline?.total.upper ?? 0) > (one.timeline?.total.upper ?? 0) ? other : one;
}
