import { mailGraph } from '../../../topology/mail-graph';
import type { Topology } from '../../../topology/topology';
import { findingsOf, listText, spanText, type StatusFinding } from '../../status/assess/finding';
import { handOverCommand } from '../hand-over-command';
import type { MailServerStatus } from './server-status';

/** What is wrong with mail servers, and what to do. Pure. */
export function mailFindings(topology: Topology, statuses: readonly MailServerStatus[]): readonly StatusFinding[] {
  return statuses.flatMap((status) => [
    ...placeFindings(topology, status),
    ...wayFindings(status),
    ...queueFindings(topology, status),
  ]);
}

const finding = findingsOf('mail');

function placeFindings(topology: Topology, status: MailServerStatus): readonly StatusFinding[] {
  const { server, home, servedBy, now, views, unreached } = status;
  const peers = [...views.map(({ host }) => host), ...unreached].filter((host) => host !== home);
  const peer = peers[0] ?? 'its peer';
  switch (now) {
    case 'home':
      return [];
    case 'unseen':
      return [
        finding(
          status,
          'unknown',
          'unseen',
          unreached,
          `${server} greets, and ${listText(unreached) || home} could not be asked for its queue`,
          'mend the way to it',
        ),
      ];
    case 'unknown':
      return [
        finding(
          status,
          'unknown',
          'not-asked',
          [],
          `nobody says where the queue of ${server} is served`,
          `mend the way to ${home} and ${peer}; apply the stack where tandem-mail-queue is missing`,
        ),
      ];
    case 'peer':
      return [
        finding(
          status,
          'degraded',
          'at-peer',
          servedBy,
          `${listText(servedBy)} delivers the queue of ${server}, which takes no new mail`,
          `bring ${home} back; it gets its queue back by itself, or by: ${handOverCommand(topology, server, home)}`,
        ),
      ];
    case 'twice':
      return [
        finding(
          status,
          'failed',
          'twice',
          servedBy,
          `${listText(servedBy)} both run an instance on the queue of ${server}: messages are delivered twice, or lost`,
          `stop one: tandem-mail-queue stop ${server} on ${peer}`,
        ),
      ];
    case 'hangs':
      return [
        finding(
          status,
          'failed',
          'hangs',
          [servedBy[0] ?? home],
          `${servedBy[0] ?? home} has the lock of the queue of ${server} and does not answer: its mail waits, and nobody may take it over`,
          `reset ${servedBy[0] ?? home} (a container: docker kill); the lock goes with the process, and ${peer} takes the queue over`,
        ),
      ];
    case 'nowhere':
      return [
        finding(
          status,
          'failed',
          'nowhere',
          [],
          `nobody serves the queue of ${server}`,
          [
            `bring ${home} back`,
            ...(hasQueueProgram(topology, status)
              ? [`or let ${peer} take it over: ${handOverCommand(topology, server, peer, true)}`]
              : []),
          ].join(', '),
        ),
      ];
  }
}

const hasQueueProgram = (topology: Topology, { server }: MailServerStatus): boolean =>
  topology.mailServers.some(({ name, software }) => name === server && software === 'postfix');

/** It works, and one of the hosts does not hear it. */
function wayFindings(status: MailServerStatus): readonly StatusFinding[] {
  const { now, server, views } = status;
  if (now !== 'home') return [];
  const deaf = views.filter(({ greets }) => greets === false).map(({ host }) => host);
  const slow = views.filter(({ watch }) => watch?.startsWith('held') === true).map(({ host }) => host);
  return [
    ...(deaf.length === 0
      ? []
      : [
          finding(
            status,
            'degraded',
            'no-way',
            deaf,
            `${listText(deaf)} ${deaf.length === 1 ? 'does' : 'do'} not hear ${server} greet`,
            'mend the network between the hosts of the pair; see whether all processes of the server are busy (postfix(1))',
          ),
        ]),
    ...(deaf.length > 0 || slow.length === 0
      ? []
      : [
          finding(
            status,
            'degraded',
            'no-way',
            slow,
            `${listText(slow)} did not hear ${server} greet a moment ago`,
            'look again; when it comes and goes, the server has too much to do',
          ),
        ]),
  ];
}

/** Part of the time after which mail goes back that a message may wait before somebody should look. */
export const LATE = 1 / 4;

function queueFindings(topology: Topology, status: MailServerStatus): readonly StatusFinding[] {
  const { server, servedBy, queue } = status;
  const facts = topology.mailServers.find(({ name }) => name === server);
  if (!queue || !facts) return [];
  const lifetime = facts.queue.lifetime / 1000;
  const found: StatusFinding[] = [];
  if (queue.oldest !== undefined && queue.oldest > lifetime * LATE)
    found.push(
      finding(
        status,
        'degraded',
        'old',
        servedBy,
        `the oldest message in the queue of ${server} has waited for ${spanText(queue.oldest)}; after ${spanText(lifetime)} it goes back to its sender`,
        `postqueue -c /etc/postfix-${server} -p says what it waits for`,
      ),
    );
  if (queue.counts && queue.counts.hold > 0)
    found.push(
      finding(
        status,
        'notice',
        'hold',
        servedBy,
        `${queue.counts.hold} messages in the queue of ${server} are on hold: nobody delivers them`,
        `postsuper -c /etc/postfix-${server} -H ALL lets them go`,
      ),
    );
  return found;
}

/** Pairs of which no server takes new mail. */
export function pairFindings(topology: Topology, statuses: readonly MailServerStatus[]): readonly StatusFinding[] {
  return topology.mailPairs.flatMap(({ name, path, servers }) => {
    const own = servers.map((id) => statuses.find(({ server }) => server === mailGraph(topology).server(id).name));
    return own.some((status) => status === undefined || status.greets !== false)
      ? []
      : [
          {
            severity: 'failed' as const,
            id: 'mail/no-server',
            path,
            hosts: [],
            problem: `no server of pair ${name} takes mail: senders keep it, or go to another pair`,
            remedy: 'bring one of its hosts back',
          },
        ];
  });
}
