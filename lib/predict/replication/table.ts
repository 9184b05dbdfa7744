import { LOG_DAYS } from '../../topology/change-log';
import type { Milliseconds } from '../../topology/units';
import { timeText } from '../wording';
import type { AgreementForecast, GroupForecast, LineForecast, ReadForecast, ReplicationForecast } from './forecast';
import type { DirectoryGuarantees } from './guarantees';

/** A part of the forecast: the command line and the report show the same. */
export interface ForecastTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the cells do not say. */
  readonly note: string;
}

/** The forecast as tables; those without rows are left out. */
export function forecastTables({
  agreements,
  lines,
  groups,
  reads,
  guarantees,
}: ReplicationForecast): readonly ForecastTable[] {
  return [
    {
      title: 'Replication in a day',
      head: ['directory', 'from', 'to', 'volume', 'over', 'needs', 'has', 'fits'],
      rows: agreements.map(agreementCells),
      note: 'Volume: entries that change times their size, the whole entry for each; the protocol adds a little. Needs and has: the tightest window, or a day.',
    },
    {
      title: 'Lines between sites',
      head: ['line', 'volume in a day', 'busy', 'keeps up'],
      rows: lines.map(lineCells),
      note: 'All agreements that go over the line, as they go without faults.',
    },
    {
      title: 'Groups',
      head: ['group', 'servers', 'writes go on with', 'may be lost', 'pairs that part the others', 'a locked write'],
      rows: groups.map(groupCells),
      note: 'A locked write: the least that it takes where a server locks an entry everywhere first, two round trips; open servers answer before they replicate.',
    },
    {
      title: 'Look-ups',
      head: ['directory', 'mean', 'peak', 'servers needed', 'servers'],
      rows: reads.map(readCells),
      note: 'Needed: for the peak, and one that may be lost, or as many as the availability of a server asks for.',
    },
    {
      title: 'What clients may count on',
      head: ['directory', 'takes writes', 'a write may be undone', 'other reads', 'access control', 'logs of changes'],
      rows: guarantees.map(guaranteeCells),
      note:
        'Undone: of two changes of an entry at different servers the later one stays, in whatever order they come; a rename or a removal beside another change may leave servers that differ. ' +
        'Other reads: at another server than the one that took the write, until the change is there, also of a password. ' +
        `Logs: of ${LOG_DAYS} days, on each server that others fetch from.`,
    },
  ].filter(({ rows }) => rows.length > 0);
}

function agreementCells({ directory, from, to, bytesPerDay, line, fit }: AgreementForecast): readonly string[] {
  const over = typeof line === 'string' ? LINES[line] : line.links.map(({ name }) => name).join(', ');
  const time = (value: Milliseconds | undefined): string => (value === undefined ? 'not known' : timeText(value));
  return [
    ...[directory, from, to, bytesPerDay === undefined ? 'not known' : bytesText(bytesPerDay), over],
    ...[time(fit?.needed), time(fit?.available), fit === undefined ? 'not known' : yes(fit.fits)],
  ];
}

/** Pairs that a cell names. */
const NAMED_PAIRS = 3;

const LINES = { local: 'the site itself', unknown: 'not described' } as const;

const lineCells = ({ name, bytesPerDay, busy }: LineForecast): readonly string[] => [
  name,
  bytesText(bytesPerDay),
  `${Number((busy * 100).toPrecision(2))} % of the day`,
  yes(busy <= 1),
];

function groupCells(group: GroupForecast): readonly string[] {
  const { name, kind, servers, needed, mayBeLost, splitting, pairs, lockedWrite } = group;
  const named = splitting.slice(0, NAMED_PAIRS).map((pair) => pair.join(' and '));
  const lost = [...named, ...(splitting.length > NAMED_PAIRS ? ['…'] : [])].join('; ');
  return [
    name,
    String(servers),
    { failover: 'the master', quorum: `${needed} of ${servers}`, available: 'any' }[kind],
    kind === 'failover' ? `${mayBeLost}, a person switches` : String(mayBeLost),
    kind === 'failover' ? '' : `${splitting.length} of ${pairs}${lost === '' ? '' : `: ${lost}`}`,
    lockedWrite === undefined ? '' : `${timeText(lockedWrite)} or more`,
  ];
}

const readCells = ({ name, mean, peak, needed, servers }: ReadForecast): readonly string[] => [
  name,
  `${Math.round(mean)}/s`,
  `${Math.round(peak)}/s`,
  String(needed),
  `${servers}${servers < needed ? ', too few' : ''}`,
];

const WRITERS = { failover: 'one, a person names the next', one: 'one', several: 'several at once' } as const;
const ACCESS_CONTROL = { replicated: 'in the entries', configured: 'of each server', both: 'by engine' } as const;

const guaranteeCells = ({ name, ...of }: DirectoryGuarantees): readonly string[] => [
  ...[name, WRITERS[of.writers], of.reversible ? 'by a later one' : 'no', of.readsMayBeOld ? 'may be old' : 'none'],
  ...[ACCESS_CONTROL[of.accessControl], of.logOfChanges === undefined ? 'not known' : bytesText(of.logOfChanges)],
];

const yes = (holds: boolean): string => (holds ? 'yes' : 'no');

/** An amount in decimal units, as lines and the document count: 100 MB. */
export function bytesText(bytes: number): string {
  const units: readonly (readonly [number, string])[] = [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ];
  const [size, unit] = units.find(([least]) => bytes >= least) ?? [1, 'B'];
  return `${Number((bytes / size).toPrecision(3))} ${unit}`;
}
