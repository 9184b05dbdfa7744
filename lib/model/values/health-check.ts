import type { HealthCheckFacts, HealthCheckKind } from '../../topology/load-balancer';
import { Duration } from './duration';
import { parseChoice, parseInstance } from './kind';
import { parseWholeNumber } from './number';

/** How a load balancer asks a server whether it works. */
export interface HealthCheckProps {
  /** @default - `smtp` for mail, `ldap` for reads and `ldap-role` for writes of a directory */
  readonly kind?: HealthCheckKind;
  /** Time between two checks. @default 1 second */
  readonly interval?: Duration;
  /** A check that takes longer has failed. @default 1 second */
  readonly timeout?: Duration;
  /** Failures in a row after which a server is lost, 1 to 100. @default 2 */
  readonly fall?: number;
  /** Successes in a row after which it is back, 1 to 100. @default 2 */
  readonly rise?: number;
}

/**
 * A health check with its defaults, the first of the possible kinds among them.
 * @throws ValueError `value/choice`, `value/type`, `value/number`
 */
export function parseHealthCheck(props: HealthCheckProps, kinds: readonly HealthCheckKind[]): HealthCheckFacts {
  const time = (given: Duration | undefined): number =>
    parseWholeNumber(parseInstance(given ?? Duration.seconds(1), Duration).inMilliseconds, 1, 3_600_000);
  return {
    kind: parseChoice(props.kind ?? kinds[0] ?? 'connect', kinds),
    interval: time(props.interval),
    timeout: time(props.timeout),
    fall: parseWholeNumber(props.fall ?? 2, 1, 100),
    rise: parseWholeNumber(props.rise ?? 2, 1, 100),
  };
}
