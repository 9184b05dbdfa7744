import { lookup } from '../../topology/lookup';
import { replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import type { EntityId, Milliseconds } from '../../topology/units';
import { bootInterval } from '../boot';
import { between, middle, scaled, type Interval } from '../interval';
import { defaultStepTimes } from '../step-times';
import { phase, timelineOf, type Timeline } from '../timeline';

/** How long a directory server takes from power on to its first answer. Its own missed changes are taken to be few. */
export interface ReturnTimes {
  /** By what a boot differs from the declared `bootTime` of its host. */
  readonly bootFactor: number;
  /** slapd reads its configuration and opens its databases. */
  readonly start: Interval;
  /** The server fetches what it missed, and its gate finds that it may open. */
  readonly opening: Interval;
  /** A client that got no answer tries again. */
  readonly client: Interval;
}

/**
 * Sizes, as those of `defaultStepTimes`. The gate looks every 0.2 s while the directory is closed, and a round asks all other
 * servers (docs/directories.md, "How a server starts").
 */
export const defaultReturnTimes: ReturnTimes = {
  bootFactor: 1,
  start: defaultStepTimes.services.openldap.start,
  opening: between(1_000, 2_000),
  client: defaultStepTimes.client,
};

/** A return that was measured. */
export interface MeasuredReturn {
  readonly server: EntityId;
  /** From power on to the first answer that a client got. */
  readonly took: Milliseconds;
}

/**
 * From power on to the first answer of a server of OpenLDAP, alone of its directory. Nothing is told for 389 Directory
 * Server: its starts took 1.4 to 10.8 s on one idle machine, too far apart for a prediction that can be wrong.
 */
export function returnTimeline(
  topology: Topology,
  server: EntityId,
  times: ReturnTimes = defaultReturnTimes,
): Timeline | undefined {
  const { engine, name, host } = replicationGraph(topology).server(server);
  if (engine !== 'openldap') return undefined;
  const placed = lookup(topology).host(host);
  return timelineOf([
    phase('boot', `boot of ${placed.name}`, scaled(bootInterval(placed.bootTime), times.bootFactor)),
    phase('start', `slapd of ${name} starts`, times.start),
    phase('recovery', `${name} fetches what it missed and opens`, times.opening),
    phase('client', 'clients try again', times.client),
  ]);
}

/**
 * Times of the machines on which returns were measured: boot, start and opening are scaled until the middle of the
 * prediction is the measured time. Of several returns the mean counts.
 * @throws RangeError when nothing was measured, nothing is predicted for a server, or a time is not longer than a client's retry
 */
export function calibrateReturn(
  topology: Topology,
  measured: readonly MeasuredReturn[],
  times: ReturnTimes = defaultReturnTimes,
): ReturnTimes {
  if (measured.length === 0) throw new RangeError('predict/calibrate: no return of a server was measured');
  const retry = middle(times.client);
  const factors = measured.map(({ server, took }) => {
    const predicted = returnTimeline(topology, server, times);
    if (!predicted) throw new RangeError(`predict/calibrate: no return of '${server}' is predicted`);
    const factor = (took - retry) / (middle(predicted.total) - retry);
    if (!(Number.isFinite(factor) && factor > 0))
      throw new RangeError(
        `predict/calibrate: the measured return (${took} ms) must be longer than the retry of a client (${retry} ms)`,
      );
    return factor;
  });
  const mean = factors.reduce((total, factor) => total + factor, 0) / factors.length;
  return {
    ...times,
    bootFactor: times.bootFactor * mean,
    start: scaled(times.start, mean),
    opening: scaled(times.opening, mean),
  };
}
