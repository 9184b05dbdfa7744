import type { DrbdResourceFacts } from './drbd';
import type { Milliseconds } from './units';

/** Times that DRBD takes where nothing is written: drbd.conf(5), section `net`. */
export interface EffectiveNet {
  readonly timeout: Milliseconds;
  readonly connectInt: Milliseconds;
  readonly pingInt: Milliseconds;
  readonly pingTimeout: Milliseconds;
  readonly koCount: number;
}

/** What a resource has with DRBD's defaults: timeout 6 s, connect-int and ping-int 10 s, ping-timeout 0.5 s, ko-count 7. */
export function effectiveNet({ net }: Pick<DrbdResourceFacts, 'net'>): EffectiveNet {
  return {
    timeout: net.timeout ?? 6_000,
    connectInt: net.connectInt ?? 10_000,
    pingInt: net.pingInt ?? 10_000,
    pingTimeout: net.pingTimeout ?? 500,
    koCount: net.koCount ?? 7,
  };
}
