import { instanceDirectory, instanceName } from '../../topology/mail-instances';
import { mailGraph } from '../../topology/mail-graph';
import { shellWord } from '../../topology/shell-word';
import type { Topology } from '../../topology/topology';
import { balancerStatuses, type BalancerStatus } from '../balancer/balancer-status';
import { balancerFindings } from '../balancer/findings';
import { mailFindings, pairFindings } from '../mail/status/findings';
import { mailServerStatuses, type MailServerStatus } from '../mail/status/server-status';
import type { QueueCounts } from '../mail/status/state';
import { outcomeOf, secondsSince, type Operation } from '../pair/operation';
import { HOST_PATH } from '../pair/probe';
import { listText, spanText, type StatusFinding } from '../status/assess/finding';
import { lookAtHosts } from '../status/look';
import type { SiteMove } from './site-move';

/** What serves on a site, as it is now. */
export interface SiteServices {
  readonly mailServers: readonly MailServerStatus[];
  readonly balancers: readonly BalancerStatus[];
  /** What of it is failed. */
  readonly failed: readonly StatusFinding[];
}

/** Milliseconds between two looks. */
const POLL = 2000;

/** Seconds for what is asked of a host. */
const ASKING = 30;

/** Looks at mail servers and load balancers of the site that shall serve. */
export async function servicesOf({ remote }: Operation, topology: Topology, move: SiteMove): Promise<SiteServices> {
  const looks = await lookAtHosts(topology, { remote, hosts: move.hosts, files: () => undefined, timeout: ASKING });
  const names = move.pairs.map(({ name }) => name);
  const mailServers = mailServerStatuses(topology, looks).filter(({ pair }) => names.includes(pair));
  const paths = move.balancers.map(({ path }) => path);
  const balancers = balancerStatuses(topology, looks).filter(({ path }) => paths.includes(path));
  const findings = [
    ...pairFindings({ ...topology, mailPairs: move.pairs }, mailServers),
    ...mailFindings(topology, mailServers),
    ...balancerFindings(topology, balancers),
  ];
  return { mailServers, balancers, failed: findings.filter(({ severity }) => severity !== 'notice') };
}

/** Looks again until nothing is failed, or the time is over: a balancer needs a few checks to see a new master. */
export async function settledServices(
  operation: Operation,
  topology: Topology,
  move: SiteMove,
  limit: number,
): Promise<SiteServices> {
  const since = operation.now();
  for (;;) {
    const services = await servicesOf(operation, topology, move);
    const failed = services.failed.some(({ severity }) => severity === 'failed');
    if (!failed || secondsSince(operation, since) >= limit || operation.interrupted.aborted) return services;
    await operation.pause(POLL);
  }
}

/** What serves, one line each. */
export function servicesText({ mailServers, balancers }: SiteServices): readonly string[] {
  return [
    ...mailServers.map(({ server, now, servedBy, greets, queue }) => {
      const where = servedBy.length > 0 ? ` on ${listText(servedBy)}` : '';
      const takes = greets ? `takes mail${where}` : `takes no mail (${now}${where})`;
      return `${server}: ${takes}${queue?.counts ? `; ${waitingText(queue.counts, queue.oldest)}` : ''}`;
    }),
    ...balancers.map(
      ({ balancer, address, holders }) => `${balancer}: ${listText(holders) || 'nobody that answers'} has ${address}`,
    ),
  ];
}

const sum = ({ active, incoming, deferred }: QueueCounts): number => active + incoming + deferred;

function waitingText(counts: QueueCounts, oldest: number | undefined): string {
  const all = sum(counts);
  return all === 0
    ? 'nothing waits'
    : `${all} wait${oldest === undefined ? '' : `, the oldest for ${spanText(oldest)}`}`;
}

/**
 * Has the queues of the site delivered, and waits until what can be delivered is. What stays there is for destinations that
 * do not take it. May be done again.
 */
export async function deliverQueues(
  operation: Operation,
  topology: Topology,
  move: SiteMove,
  limit: number,
): Promise<readonly string[]> {
  const graph = mailGraph(topology);
  const servers = move.pairs.flatMap(graph.serversOf).filter(({ software }) => software === 'postfix');
  if (servers.length === 0) return [];
  const before = await servicesOf(operation, topology, move);
  await Promise.all(
    servers.map(async (server) => {
      const where = before.mailServers.find((one) => one.server === server.name)?.servedBy[0];
      const host = move.hosts.find(({ name }) => name === where);
      if (!host) return;
      const command = `${HOST_PATH}\npostqueue -c ${shellWord(instanceDirectory(server))} -f`;
      const { status, stderr } = await outcomeOf(operation, host, command);
      if (status !== 0)
        operation.say(`${host.name}: ${instanceName(server)} was not told to deliver: ${stderr.trim()}`);
    }),
  );
  const since = operation.now();
  for (;;) {
    const last = await servicesOf(operation, topology, move);
    const left = last.mailServers.reduce((all, { queue }) => all + (queue?.counts ? sum(queue.counts) : 0), 0);
    if (left === 0 || secondsSince(operation, since) >= limit || operation.interrupted.aborted)
      return last.mailServers.map(queueLine);
    await operation.pause(POLL);
  }
}

const queueLine = ({ server, queue }: MailServerStatus): string =>
  `queue of ${server}: ${queue?.counts ? waitingText(queue.counts, queue.oldest) : 'not seen'}`;
