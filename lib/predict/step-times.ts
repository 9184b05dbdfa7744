import type { ServiceSettings } from '../topology/service';
import { between, type Interval } from './interval';

/** How long a service takes to start, to repair its store after a crash, and to stop. */
export interface ServiceStepTimes {
  readonly start: Interval;
  /** Beside `start`, after a crash: replay of a log, check of a database. */
  readonly recovery: Interval;
  readonly stop: Interval;
}

/**
 * The one table of step times, in milliseconds. No entry is wider than one to two, so that a sum of them stays honest.
 * The defaults are sizes for a server with local disks and an idle processor; a measured planned switch replaces them
 * (`calibrate`).
 */
export interface StepTimes {
  /** From the decision to reset a node to the device's confirmation, by STONITH plugin. */
  readonly fencingByPlugin: Readonly<Record<string, Interval>>;
  /** Any other plugin. */
  readonly fencing: Interval;
  /** From a dead and reset node to the first resource script. */
  readonly takeover: Interval;
  /** From the operator's `hb_standby` to the first stop. */
  readonly handover: Interval;
  /** `drbddisk start`: promotion. */
  readonly activation: Interval;
  readonly deactivation: Interval;
  readonly mount: Interval;
  /** Beside `mount`, after a crash: the file system replays its journal. */
  readonly journal: Interval;
  readonly unmount: Interval;
  /** The address is set and announced by gratuitous ARP. */
  readonly address: Interval;
  readonly addressStop: Interval;
  readonly services: Readonly<Record<ServiceSettings['kind'], ServiceStepTimes>>;
  /** A script of haresources that the model does not know. */
  readonly other: Interval;
  /** Two nodes that booted find each other: heartbeat membership and DRBD connection. */
  readonly join: Interval;
  /** The outdater marks the peer's copy while writes are frozen (`fencing resource-and-stonith`). */
  readonly outdate: Interval;
  /** A client that lost its connection tries again. */
  readonly client: Interval;
}

const service = (start: Interval, recovery: Interval, stop: Interval): ServiceStepTimes => ({ start, recovery, stop });
const SHORT = between(500, 1_000);
const NONE = between(0, 0);

/**
 * Sizes, not benchmarks. Fencing: 3 s between a dead node and its confirmed reset in the laboratory. Totals: about 20 s
 * and more from a power cut to the service with Heartbeat and DRBD at a `deadtime` of 10 s (LINBIT's lists).
 */
export const defaultStepTimes: StepTimes = {
  // A service processor logs in, resets and asks for the state; a switch of outlets takes off and on.
  fencingByPlugin: { 'external/ipmi': between(3_000, 6_000), apcmaster: between(4_000, 8_000) },
  fencing: between(3_000, 6_000),
  takeover: SHORT,
  handover: between(1_000, 2_000),
  activation: SHORT,
  deactivation: between(250, 500),
  mount: SHORT,
  journal: SHORT,
  unmount: between(250, 500),
  address: SHORT,
  addressStop: between(250, 500),
  services: {
    openldap: service(SHORT, NONE, SHORT),
    saslauthd: service(SHORT, NONE, between(250, 500)),
    postgresql: service(between(1_500, 3_000), between(1_000, 2_000), between(1_000, 2_000)),
    // It recovers its databases at each start (ctl_cyrusdb(8), -r in cyrus.conf), after a crash or not.
    'cyrus-imap': service(between(1_000, 2_000), NONE, between(1_000, 2_000)),
    postfix: service(between(1_000, 2_000), NONE, SHORT),
    // It looks for the lock of another one and at every queue file (postsuper(1), -s) each time, after a crash or not.
    'mail-server': service(between(1_000, 2_000), NONE, SHORT),
    generic: service(between(1_500, 3_000), NONE, between(1_000, 2_000)),
  },
  other: SHORT,
  join: between(2_000, 4_000),
  outdate: between(1_000, 2_000),
  client: between(0, 3_000),
};
