import type { DirectoryServerFacts, FailoverGroupFacts, MultiMasterGroupFacts } from '../../topology/replication';
import { replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import type { ReportBlock, ReportSection } from '../report/document';
import { certificateNames } from './names';

const AUTHENTICATION = {
  'name-only': 'name only',
  simple: 'simple: by password',
  strong: 'strong: by certificate',
} as const;

/** How an agreement or a group authenticates, in the words of X.500 (F20). */
export const authenticationText = (authentication: keyof typeof AUTHENTICATION): string =>
  AUTHENTICATION[authentication];

/** A failover group: what it is, how it is set up, and what an operator does with it (F8 to F28). */
export function failoverSection(topology: Topology, group: FailoverGroupFacts): readonly ReportSection[] {
  const graph = replicationGraph(topology);
  const master = graph.server(group.master);
  const mirrors = group.mirrors.map((id) => graph.server(id));
  const names = (servers: readonly DirectoryServerFacts[]): string => servers.map(({ name }) => name).join(', ');
  const retiring = [master, ...mirrors].filter(({ id }) => graph.replica(group.directory, id)?.retiring ?? false);
  const targets = mirrors.filter((mirror) => !retiring.includes(mirror));
  return [
    {
      title: `Failover group ${group.name}`,
      blocks: [
        {
          kind: 'table',
          head: ['what', 'value'],
          rows: [
            ['group identity: the DSA name towards servers outside (F12)', group.identity],
            ['master at first', `${master.name} (${master.identity})`],
            ...mirrors.map((mirror) => ['mirror', `${mirror.name} (${mirror.identity})`]),
            ...(retiring.length > 0 ? [['on the way out, nobody is switched to it', names(retiring)]] : []),
            ['authentication between members (F20)', authenticationText(group.authentication)],
            ['who decides about a switch (F16)', group.decision === 'operator' ? 'an operator' : 'nobody: automatic'],
            ['what mirrors copy (F9)', 'the directory and the whole cn=config tree'],
          ],
        },
        { kind: 'subtitle', text: 'Certificates' },
        certificates(topology, [master, ...mirrors]),
        {
          kind: 'text',
          text: 'Members know each other by the name of the server, shadows outside know whoever is master by that of the group (F22). One of the two is the SubjectName, the other a SubjectAltName (F21).',
        },
        { kind: 'subtitle', text: 'Set up (F28)' },
        {
          kind: 'numbered',
          items: [
            `Set up ${master.name} as the first server, and configure it for failover with the group identity ${group.identity}.`,
            ...mirrors.map(
              ({ name }) => `In the console create mirror ${name} from the configuration of ${master.name}.`,
            ),
            `In the failover view: each member shows ${master.name} as master, and no server and no group is red or orange.`,
          ],
        },
      ],
    },
    {
      title: `Operating failover group ${group.name}`,
      blocks: [
        {
          kind: 'table',
          head: ['the console shows', 'it means (F24)'],
          rows: [
            ['a server in red', 'it does not run'],
            ['the group in red', 'it does not operate correctly'],
            ['a server in orange', 'it runs, and the configuration of the group is wrong'],
          ],
        },
        { kind: 'subtitle', text: 'Managed switch: the master answers (F14)' },
        {
          kind: 'numbered',
          items: [
            `In the failover view select the new master: one of ${names(targets) || 'none'}.`,
            'The master completes outstanding operations, then all servers switch.',
            'In the failover view the new master is shown and nothing is red or orange. The shadows outside go on: their agreements have moved to the new master (F18, F19).',
          ],
        },
        { kind: 'subtitle', text: 'Forced switch: the master is lost (F15)' },
        {
          kind: 'numbered',
          items: [
            'Make sure that the master is down and stays down: its power is off, or its network is cut.',
            `Among ${names(targets) || 'none'} find the one that was updated last; what only others have is lost with the switch.`,
            'In the failover view make it master: each remaining server switches at once. One that was not reached is told when it is back, before clients write to it (E28).',
          ],
        },
        { kind: 'subtitle', text: 'The old master comes back (F25, F26)' },
        {
          kind: 'numbered',
          items: [
            'It believes that it is the master: the console flags an inconsistency. Let no client write to it.',
            'Inspect its logs for updates that did not get out before it failed, and enter them at the new master.',
            'Switch it to being a mirror: the new master updates it.',
          ],
        },
        { kind: 'subtitle', text: 'Replace a server (F27)' },
        {
          kind: 'numbered',
          items: [
            'Create a mirror on the new host.',
            'If the old server is the master, make a managed switch to another member.',
            'Decommission the old server, and take its name out of the group.',
          ],
        },
      ],
    },
  ];
}

/** Suppliers with the product's own protocol: every one is connected to every other one (Q5). */
export function multiMasterSection(topology: Topology, group: MultiMasterGroupFacts): ReportSection {
  const graph = replicationGraph(topology);
  const servers = group.suppliers.map((id) => graph.server(id));
  const quorum = Math.floor(servers.length / 2) + 1;
  return {
    title: `Multi-master group ${group.name}`,
    blocks: [
      {
        kind: 'table',
        head: ['what', 'value'],
        rows: [
          ['masters, each connected to each other one (Q5)', servers.map(({ name }) => name).join(', ')],
          [
            'quorum (Q12)',
            group.partitionPolicy === 'quorum'
              ? `${quorum} of ${servers.length}`
              : 'none: every side takes writes (Q15)',
          ],
          ...(group.partitionPolicy === 'quorum'
            ? [
                [
                  'reads of a minority (E30)',
                  group.minorityReads === 'refuse' ? 'refused' : 'answered, maybe with old values',
                ],
              ]
            : []),
          ...(group.preferredWriter === undefined
            ? []
            : [['gets the writes while it is there (F5)', graph.server(group.preferredWriter).name]]),
          ['authentication', authenticationText(group.authentication)],
        ],
      },
      {
        kind: 'text',
        text: 'What is between the masters is the own protocol of the product: no agreement of X.525 describes it (F4).',
      },
      { kind: 'subtitle', text: 'Certificates' },
      certificates(topology, servers),
    ],
  };
}

function certificates(topology: Topology, servers: readonly DirectoryServerFacts[]): ReportBlock {
  return {
    kind: 'table',
    head: ['server', 'SubjectName', 'SubjectAltName, directory names', 'SubjectAltName, host names', 'made by'],
    rows: servers.map((server) => {
      const { subject, directoryNames, dnsNames } = certificateNames(topology, server);
      const maker = server.certificate ? 'the user' : 'to be made';
      return [server.name, subject, directoryNames.join('; '), dnsNames.join(', '), maker];
    }),
  };
}
