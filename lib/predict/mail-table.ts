import { mailGraph } from '../topology/mail-graph';
import type { Topology } from '../topology/topology';
import { balancerTables } from './balancer-table';
import { mailHostLosses, mailLoad, shareWithoutSite, type MailHostLoss } from './mail';
import type { ForecastTable } from './replication/table';
import { defaultStepTimes, type StepTimes } from './step-times';
import { intervalText } from './wording';

/**
 * What is said of mail pairs, as tables; those without rows are left out.
 * @param times @default - `defaultStepTimes`
 */
export function mailTables(topology: Topology, times: StepTimes = defaultStepTimes): readonly ForecastTable[] {
  const graph = mailGraph(topology);
  const pairs = topology.mailPairs.map((pair) => ({ pair, losses: mailHostLosses(topology, pair, times) }));
  return [
    {
      title: 'Load of mail servers',
      head: ['pair', 'server', 'share', 'alone', 'look-ups alone', 'carries', 'used', 'at most'],
      rows: pairs.flatMap(({ pair }) =>
        mailLoad(topology, pair).map(({ server, share, alone, lookupsAlone, used, sustained }) => {
          const { name, messagesPerSecond } = graph.server(server);
          const known = messagesPerSecond === undefined ? 'not known' : rate(messagesPerSecond);
          return [
            ...[pair.name, name, rate(share), rate(alone), rate(lookupsAlone), known],
            ...[used === undefined ? 'not known' : percent(used), percent(sustained)],
          ];
        }),
      ),
      note: 'In the busiest second. Used: the part of what a server carries that its own share takes; above the half it does not carry both.',
    },
    {
      title: 'Loss of a mail host',
      head: [
        'pair',
        'lost',
        'taken over by',
        'queue delivered after',
        'accepted mail lost',
        'twice at most',
        'look-ups at',
        'directory changes',
      ],
      rows: pairs.flatMap(({ pair, losses }) => losses.map((loss) => [pair.name, ...lossCells(topology, loss)])),
      note: 'Twice: deliveries that were not noted yet when the host was lost; receivers know them by their Message-ID. Changes that fail are made again when the host is back, or after the master was moved.',
    },
    {
      title: 'Loss of a site',
      head: ['farm', 'site', 'of all mail each server gets'],
      rows: topology.mailFarms.flatMap((farm) =>
        [...new Set(graph.pairsOf(farm).flatMap(graph.sitesOf))].sort().map((site) => {
          const share = shareWithoutSite(topology, farm, site);
          return [farm.name, site, Number.isFinite(share) ? percent(share) : 'nobody is left'];
        }),
      ),
      note: 'Mail that lies in queues of the site waits there until it is back; no other site has it.',
    },
    ...balancerTables(topology),
  ].filter(({ rows }) => rows.length > 0);
}

function lossCells(topology: Topology, loss: MailHostLoss): readonly string[] {
  const { host, survivor, queueDelivered, lostMessages, duplicates, lookups, writes } = loss;
  const nameOf = new Map([...topology.mailServers, ...topology.directoryServers].map(({ id, name }) => [id, name]));
  return [
    host,
    nameOf.get(survivor ?? '') ?? 'nobody',
    queueDelivered === undefined ? '' : intervalText(queueDelivered),
    LOST[lostMessages],
    String(duplicates),
    lookups?.map((id) => nameOf.get(id) ?? id).join(', ') ?? '',
    writes === undefined ? '' : WRITES[writes],
  ];
}

const LOST = { none: 'nothing', last: 'the last messages', queue: 'the queue' } as const;

const WRITES = { 'go-on': 'go on', fail: 'fail', moved: 'go on after a switch' } as const;

const rate = (perSecond: number): string => `${Number(perSecond.toPrecision(3))}/s`;

const percent = (part: number): string => `${Number((part * 100).toPrecision(3))} %`;
