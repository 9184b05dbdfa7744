import { proxyName } from '../../topology/balancer-names';
import type { LoadBalancerFacts } from '../../topology/load-balancer';
import type { Topology } from '../../topology/topology';
import { findingsOf, listText, spanText, type StatusFinding } from '../status/assess/finding';
import type { BalancerOnHost, BalancerStatus } from './balancer-status';

/** What is wrong with load balancers, and what to do. Pure. */
export function balancerFindings(topology: Topology, statuses: readonly BalancerStatus[]): readonly StatusFinding[] {
  return statuses.flatMap((status) => {
    const facts = topology.loadBalancers.find(({ path }) => path === status.path);
    return [
      ...addressFindings(status),
      ...status.hosts.flatMap((host) => programFindings(status, host)),
      ...(facts ? serverFindings(facts, status) : []),
    ];
  });
}

const finding = findingsOf('balancer');

function addressFindings(status: BalancerStatus): readonly StatusFinding[] {
  const { balancer, address, holders, hosts, unreached } = status;
  if (holders.length > 1)
    return [
      finding(
        status,
        'failed',
        'two-addresses',
        holders,
        `${listText(holders)} all have ${address} of ${balancer}: each client reaches one of them by chance`,
        'one of them hangs, or they do not hear each other: reset the one that does not answer (its fencing device, or docker kill)',
      ),
    ];
  if (holders.length === 1) return [];
  const blind = unreached.length > 0;
  return [
    finding(
      status,
      blind ? 'unknown' : 'failed',
      blind ? 'unseen' : 'no-address',
      [],
      blind
        ? `${listText(hosts.map(({ host }) => host)) || 'no host that answers'} has not ${address} of ${balancer}; ${listText(unreached)} may have it`
        : `no host has ${address} of ${balancer}: clients reach nobody`,
      blind ? 'mend the way to it' : 'start keepalived; journalctl -u keepalived says why it gave the address up',
    ),
  ];
}

/** The kernel keeps the address of a program that hangs, and opens connections for it. */
function programFindings(status: BalancerStatus, on: BalancerOnHost): readonly StatusFinding[] {
  const { host, hasAddress, answers } = on;
  const severity = hasAddress ? 'failed' : 'degraded';
  const down = downUnits(on);
  if (down.length > 0)
    return [
      finding(
        status,
        severity,
        'not-running',
        [host],
        `${listText(down.map(([unit, state]) => `${unit} is ${state}`))} on ${host}${hasAddress ? ', which has the address' : ''}`,
        `start ${listText(down.map(([unit]) => unit))} there, or see why not: journalctl -u ${down[0]?.[0]}`,
      ),
    ];
  if (answers !== false) return [];
  return [
    finding(
      status,
      severity,
      'hangs',
      [host],
      `HAProxy on ${host} runs and does not answer${hasAddress ? `, and ${host} has the address` : ''}`,
      `restart haproxy.service on ${host}; when that does not end, reset ${host}`,
    ),
  ];
}

const downUnits = ({ units }: BalancerOnHost): readonly (readonly [unit: string, state: string])[] =>
  Object.entries(units).filter(([, state]) => state !== 'active' && state !== 'reloading');

function serverFindings(facts: LoadBalancerFacts, status: BalancerStatus): readonly StatusFinding[] {
  const views = status.hosts.filter((on) => on.answers ?? downUnits(on).length === 0);
  const view = views.find(({ hasAddress }) => hasAddress) ?? views[0];
  if (!view) return [];
  return facts.services.flatMap((service) => {
    const servers = view.servers.filter(({ proxy }) => proxy === proxyName(facts, service));
    const down = servers.filter(({ server, status: is }) => server !== 'BACKEND' && !is.startsWith('UP'));
    const all = servers.filter(({ server }) => server !== 'BACKEND');
    const what = `port ${service.port} of ${status.balancer} (${WHAT[service.kind]})`;
    if (all.length > 0 && down.length === all.length)
      return [
        finding(
          status,
          'failed',
          'no-server',
          [view.host],
          `no server is left for ${what}, says ${view.host}`,
          'bring one back; the findings on the servers themselves say how',
        ),
      ];
    // Of a failover group one alone takes writes.
    if (service.kind === 'directory-writes') return [];
    return down.map(({ server, status: is, check, since }) =>
      finding(
        status,
        'degraded',
        'server-down',
        [view.host],
        `${server} gets nothing of ${what}: ${is}${check === '' ? '' : ` (${check})`}${since === undefined ? '' : ` since ${spanText(since)}`}, says ${view.host}`,
        'bring it back; it gets its share when it has answered a few checks',
      ),
    );
  });
}

const WHAT = { mail: 'mail', 'directory-reads': 'reads', 'directory-writes': 'writes' } as const;
