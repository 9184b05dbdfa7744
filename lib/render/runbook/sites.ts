import { lookup } from '../../topology/lookup';
import type { DisasterRecoverySiteFacts } from '../../topology/mail';
import { mailGraph } from '../../topology/mail-graph';
import { onOneKernel } from '../../topology/mail-queues';
import { membersOf, replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import { duration } from '../report/duration';
import { quoteCommand } from '../shell/quote';
import { caseOf, commands, section, steps, table, text, type RunbookBlock } from './markdown';

/** The loss of a site, and the way back (S9, F7, F25). */
export function sites(topology: Topology): readonly RunbookBlock[] {
  return topology.disasterRecoverySites.flatMap((recovery) => siteBlocks(topology, recovery));
}

function siteBlocks(topology: Topology, recovery: DisasterRecoverySiteFacts): readonly RunbookBlock[] {
  const { site, primary } = recovery;
  const docker = topology.mailServers.some((server) => onOneKernel(topology, server)) ? ['--docker'] : [];
  const go = (...words: readonly string[]): string =>
    quoteCommand(['tandem', 'switch', topology.name, '--site', ...words, ...docker]);
  const left = topology.mailServers.filter(({ host }) => lookup(topology).host(host).site === primary);
  const lifetime = Math.min(...left.map(({ queue }) => queue.lifetime));
  return [
    section(`Site ${primary} is lost, ${site} goes on`),
    ...table(['what', `on ${site}`], whatIsThere(topology, recovery)),
    text(
      `Senders ${recovery.failover.mail === 'automatic' ? 'go to the next MX by themselves' : 'come when an operator has changed the MX'};`,
      'the rest is one command, which says what it found at each step. It refuses while anything of the other site answers, and',
      'may be run again: what is done is left as it is.',
    ),
    caseOf(`${primary} is lost`),
    commands(go(site, '--forced')),
    text(
      `Masters of directories move first; it says which member holds most and what may be lost, and asks. See that ${primary} is off,`,
      'or can not be reached by clients: a master that they reach takes writes that are thrown away later.',
    ),
    ...(left.length === 0
      ? []
      : [
          text(
            `What lies in the queues of ${left.map(({ name }) => name).join(', ')} waits there. It goes back to its senders`,
            `when it is ${duration(lifetime)} old and its server works again: bring the site, or its disks, back before.`,
          ),
        ]),
    caseOf(`${primary} answers here, and its clients do not reach it`),
    commands(go(site, '--forced', '--cut-off')),
    caseOf(`${primary} is back`),
    steps(
      'Start its hosts. Servers that were master stay closed; mail servers deliver what lies in their queues.',
      'Run the command below. Returned masters become mirrors first, with what they alone have kept as LDIF; then the master moves, then queues are delivered.',
      'Look through the LDIF files, and apply what is wanted.',
    ),
    commands(go(primary)),
    caseOf('Move while both sites live'),
    commands(go(site), go(primary)),
  ];
}

function whatIsThere(topology: Topology, recovery: DisasterRecoverySiteFacts): readonly (readonly string[])[] {
  const graph = mailGraph(topology);
  const directories = replicationGraph(topology);
  const { host } = lookup(topology);
  const namesOf = (hosts: readonly string[]): string =>
    hosts
      .map(host)
      .filter(({ site }) => site === recovery.site)
      .map(({ name }) => name)
      .join(', ');
  const members = topology.failoverGroups
    .flatMap(membersOf)
    .map(directories.server)
    .filter((server) => host(server.host).site === recovery.site);
  const rows = [
    [
      'mail servers',
      recovery.mailPairs
        .map(graph.pair)
        .flatMap(graph.serversOf)
        .map(({ name }) => name)
        .join(', '),
    ],
    ['members that can become master', members.map(({ name }) => name).join(', ')],
    ['volumes', recovery.volumes.join(', ')],
    ['name servers', namesOf(recovery.nameServers)],
    ['copy of the secrets', namesOf(recovery.secretStores)],
  ];
  return rows.filter(([, what]) => what !== '');
}
