import { balancedMembers } from '../topology/balanced-members';
import { detectionTimes, KEEPALIVED_TIMES, masterDownInterval, vrrpPriority } from '../topology/balancer-times';
import type { BalancedServiceFacts, LoadBalancerFacts } from '../topology/load-balancer';
import type { Topology } from '../topology/topology';
import type { EntityId, Milliseconds } from '../topology/units';
import { between, type Interval } from './interval';

/** What becomes of a load balancer in software when something of it is lost. */
export interface BalancerForecast {
  /** From the loss of the host that has the address until another one has it; absent: there is no other. */
  readonly hostLost?: Interval;
  /** The same for the end or hang of HAProxy alone; absent: another software, or no other host. */
  readonly processLost?: Interval;
}

/** What becomes of a service when a server of it is lost. */
export interface ServiceForecast {
  readonly service: BalancedServiceFacts;
  /** From the loss until no connection goes there. */
  readonly found: Interval;
  /** From the return until connections go there again. */
  readonly back: Interval;
  /** Servers that are left without one of their hosts; 0: nobody answers while that host is lost. */
  readonly left: number;
}

/** Until neighbours know who has the address now, and a loaded machine has begun. */
const SETTLE: Milliseconds = 1000;

/** When an address moves (X5, E33); undefined for devices, whose times nobody knows. */
export function forecastBalancer({ balancer }: LoadBalancerFacts): BalancerForecast | undefined {
  if (balancer.kind === 'external') return undefined;
  if (balancer.hosts.length < 2) return {};
  const { advertisement, interval, answer, fall } = KEEPALIVED_TIMES;
  const silence = masterDownInterval(vrrpPriority(1));
  return {
    // The last advertisement may be as old as the next one would have been due.
    hostLost: between(silence - advertisement, silence + SETTLE),
    ...(balancer.software === 'haproxy'
      ? { processLost: between((fall - 1) * interval, fall * (interval + answer) + SETTLE) }
      : {}),
  };
}

/** When a lost server gets no connections any more (S3). */
export function forecastService(
  topology: Topology,
  balancer: LoadBalancerFacts,
  service: BalancedServiceFacts,
): ServiceForecast {
  const { interval, timeout, rise } = service.healthCheck;
  const hosts = balancedMembers(topology, balancer, service).map(({ host }): EntityId => host);
  return {
    service,
    found: between(...detectionTimes(service.healthCheck)),
    back: between((rise - 1) * interval, rise * (interval + timeout)),
    left: Math.min(...hosts.map((lost) => hosts.filter((host) => host !== lost).length)),
  };
}
