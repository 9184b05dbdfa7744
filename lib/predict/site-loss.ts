import type { DisasterRecoverySiteFacts } from '../topology/mail';
import { mailGraph } from '../topology/mail-graph';
import type { Topology } from '../topology/topology';
import type { Milliseconds } from '../topology/units';
import { between, type Interval } from './interval';
import { mailHostLosses } from './mail';

/** What becomes of mail when the primary site is lost as a whole (S9). */
export interface SiteLoss {
  /** How long nobody accepts mail of a sender that goes on to the next server by itself. */
  readonly pause: Interval;
  /** Messages that may be delivered twice when the site is back: those whose delivery was not noted yet. */
  readonly duplicates: number;
}

/** Until a server that answers has a message in its queue. */
const ACCEPTING: Milliseconds = 2000;

/**
 * The loss of the primary site of a `DisasterRecoverySite`: senders ask all of its mail servers in vain before one of the
 * other site, as those come behind in the order of MX (RFC 5321, section 5.1).
 * @param connecting how long a sender waits for a server that says nothing
 */
export function siteLoss(topology: Topology, recovery: DisasterRecoverySiteFacts, connecting: Milliseconds): SiteLoss {
  const graph = mailGraph(topology);
  const hosts = new Map(topology.hosts.map(({ id, site }) => [id, site]));
  const losses = topology.mailPairs
    .filter((pair) => graph.serversOf(pair).every(({ host }) => hosts.get(host) === recovery.primary))
    .flatMap((pair) => mailHostLosses(topology, pair));
  const asked = losses.length * connecting;
  return {
    pause: between(asked, asked + ACCEPTING),
    duplicates: losses.reduce((all, { duplicates }) => all + duplicates, 0),
  };
}
