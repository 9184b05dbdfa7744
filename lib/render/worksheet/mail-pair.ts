import { lookup } from '../../topology/lookup';
import type { MailPairFacts, MailServerFacts } from '../../topology/mail';
import { mailGraph } from '../../topology/mail-graph';
import type { Topology } from '../../topology/topology';
import type { ReportBlock, ReportDocument } from '../report/document';
import { duration } from '../report/duration';

/** What a person enters in mail servers that Tandem does not configure, such as M-Switch (S2 to S4). */
export function mailPairWorksheet(topology: Topology, pair: MailPairFacts): ReportDocument {
  return {
    title: `Worksheet for mail servers: pair ${pair.name} of ${topology.name}`,
    sections: [
      {
        title: 'What this is',
        blocks: [
          {
            kind: 'text',
            text: 'The design of two mail servers that Tandem does not configure, such as M-Switch. Fields have plain names; no keyword of a product stands here, its manual has them.',
          },
        ],
      },
      { title: 'Servers', blocks: serverBlocks(topology, pair) },
      { title: 'What they take', blocks: configurationBlocks(topology, pair) },
      { title: 'Take-over of a queue', blocks: takeoverBlocks(topology, pair) },
    ],
  };
}

function serverBlocks(topology: Topology, pair: MailPairFacts): readonly ReportBlock[] {
  const found = lookup(topology);
  return [
    {
      kind: 'table',
      head: ['server', 'greets as', 'host', 'site', 'addresses', 'largest message', 'mail waits for'],
      rows: mailGraph(topology)
        .serversOf(pair)
        .map(({ name, hostname, host: of, messageSizeLimit, queue }) => {
          const { name: host, site, interfaces } = found.host(of);
          const addresses = interfaces.map(({ address }) => address).join(', ');
          return [name, hostname, host, site, addresses, `${messageSizeLimit} bytes`, duration(queue.lifetime)];
        }),
    },
    { kind: 'text', text: 'Both work at the same time and get equal shares of new mail (S1, S3).' },
  ];
}

function configurationBlocks(topology: Topology, pair: MailPairFacts): readonly ReportBlock[] {
  const { configuration, domains, trustedNetworks, relayHost } = pair;
  const common: ReportBlock = {
    kind: 'table',
    head: ['field', 'value'],
    rows: [
      ['domains', domains.join(', ')],
      ['networks that may send anywhere', trustedNetworks.join(', ') || 'none'],
      ['mail goes to', relayHost ?? 'the MX of its domain'],
      ['configuration', configuration.kind === 'table' ? 'tables on each server' : 'a directory'],
    ],
  };
  if (configuration.kind === 'directory') {
    const graph = mailGraph(topology);
    return [
      common,
      {
        kind: 'table',
        head: ['server', 'asks, in this order', 'below', 'filter', 'result'],
        rows: graph.serversOf(pair).map((server) => [
          server.name,
          graph
            .lookupServers(server, configuration)
            .map(({ hostname, tlsPort }) => `${hostname}:${tlsPort}`)
            .join(', '),
          configuration.base,
          configuration.recipientFilter,
          configuration.resultAttribute,
        ]),
      },
    ];
  }
  const { recipients, aliases, transports } = configuration;
  const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly ReportBlock[] =>
    rows.length === 0 ? [] : [{ kind: 'table', head, rows }];
  return [
    common,
    ...(recipients
      ? table(
          ['addresses that exist'],
          recipients.map((address) => [address]),
        )
      : []),
    ...table(
      ['mail of', 'goes to'],
      aliases.map(({ address, to }) => [address, to.join(', ')]),
    ),
    ...table(
      ['domain', 'goes to'],
      transports.map(({ domain, nextHop }) => [domain, nextHop]),
    ),
  ];
}

function takeoverBlocks(topology: Topology, pair: MailPairFacts): readonly ReportBlock[] {
  const servers = mailGraph(topology).serversOf(pair);
  const peerOf = (server: MailServerFacts): string => servers.find((one) => one !== server)?.name ?? '';
  return [
    {
      kind: 'table',
      head: ['queue of', 'is on', 'in directory', 'taken over by'],
      rows: servers.map((server) => {
        const { storage, directory } = server.queue;
        return [
          server.name,
          storage.kind === 'drbd'
            ? `DRBD resource ${storage.resource}`
            : storage.kind === 'shared'
              ? `shared volume ${storage.volume}`
              : 'its own disk',
          directory,
          peerOf(server),
        ];
      }),
    },
    { kind: 'text', text: 'A server counts as lost when nothing was heard of it for a time:' },
    {
      kind: 'table',
      head: ['field', 'value'],
      rows: [
        ['silence', duration(pair.deadtime)],
        ['who decides', pair.takeover.decision],
      ],
    },
    {
      kind: 'numbered',
      items: [
        ...(pair.takeover.fenceFirst
          ? ['Reset the host of the lost server, and see that it is off or starts anew (X4).']
          : []),
        'Make its queue writable on the survivor and mount it.',
        'Start a second process of the mail server on that queue. It sends what lies there and takes no new mail (S4).',
        'When the lost server is back: stop that process, unmount the queue, give it back, and only then start the server.',
      ],
    },
  ];
}
