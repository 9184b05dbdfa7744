import type { HeartbeatClusterFacts } from '../topology/cluster';
import type { Milliseconds } from '../topology/units';
import { between } from './interval';
import { phase, type Phase } from './timeline';

/** What heartbeat takes where ha.cf is silent (E9): ha.cf(5). */
const DEFAULT_DEADTIME: Milliseconds = 30_000;
const DEFAULT_KEEPALIVE: Milliseconds = 1_000;

/** Heartbeat looks at its timers about once a second. */
const GRAIN: Milliseconds = 1_000;

/** Silence after which a node counts as dead. */
export function deadtimeOf({ timing }: HeartbeatClusterFacts): Milliseconds {
  return timing.deadtime ?? DEFAULT_DEADTIME;
}

/** Time between two heartbeats. */
export function keepaliveOf({ timing }: HeartbeatClusterFacts): Milliseconds {
  return timing.keepalive ?? DEFAULT_KEEPALIVE;
}

/** From the last heartbeat of a node to its declaration as dead. */
export function detection(cluster: HeartbeatClusterFacts): Phase {
  const deadtime = deadtimeOf(cluster);
  return phase('detection', 'the node is silent for deadtime', between(deadtime, deadtime + GRAIN));
}

/** From the start of heartbeat to the declaration of a node that was never heard as dead. */
export function initialDetection(cluster: HeartbeatClusterFacts): Phase {
  const initdead = cluster.timing.initdead ?? deadtimeOf(cluster);
  return phase('detection', 'the other node is not heard for initdead', between(initdead, initdead + GRAIN));
}
