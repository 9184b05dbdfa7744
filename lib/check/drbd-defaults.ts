import type { DrbdResourceFacts } from '../topology/drbd';
import type { Milliseconds } from '../topology/units';

/** Times that DRBD takes where nothing is written: drbd.conf(5), section `net`. */
export interface EffectiveNet {
  readonly timeout: Milliseconds;
  readonly connectInt: Milliseconds;
  readonly pingInt: Milliseconds;
  readonly pingTimeout: Milliseconds;
}

/** The times of a resource with DRBD's defaults: timeout 6 s, connect-int and ping-int 10 s, ping-timeout 0.5 s. */
export function effectiveNet(resource: DrbdResourceFacts): EffectiveNet {
  return {
    timeout: resource.net.timeout ?? 6_000,
    connectInt: resource.net.connectInt ?? 10_000,
    pingInt: resource.net.pingInt ?? 10_000,
    pingTimeout: resource.net.pingTimeout ?? 500,
  };
}

/** The group of DRBD 0.7 that a resource resynchronises in; 0 where none is written. */
export function resyncGroup(resource: DrbdResourceFacts): number {
  return resource.disk.resyncGroup ?? 0;
}
