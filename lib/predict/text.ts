import { lookup } from '../topology/lookup';
import type { Topology } from '../topology/topology';
import type { Interval } from './interval';
import type { ServiceOutcome } from './outcome';
import type { RecoveryPoint, ResyncTimes } from './sizing';
import { cellsOf, PREDICTION_HEAD, type PredictionRow } from './table';
import { intervalText, riskText, timeText } from './wording';

/** Widths of the columns of the fault table; with two blanks between them 119 columns. */
const WIDTHS = [33, 22, 11, 12, 23, 8];

/** Explains the cells. */
const LEGEND = `outage    from the last sign of life before the fault to the client's first answer
+ 9-9 s   counted from the return of power or of what is missing
(9-9 s)   writers alone wait
Services that a row of a fault does not name go on as before.
`;

/** The fault table in at most 120 columns. */
export function tableText(rows: readonly PredictionRow[]): string {
  const lines = [wrapped(PREDICTION_HEAD.map((word) => word.toUpperCase()))];
  let fault = '';
  for (const row of rows) {
    const [first = '', ...others] = cellsOf(row);
    lines.push(wrapped([row.fault === fault ? '' : first, ...others]));
    fault = row.fault;
  }
  return `${lines.join('')}\n${LEGEND}`;
}

/** One row on as many lines as its longest cell needs. */
function wrapped(cells: readonly string[]): string {
  const columns = cells.map((cell, index) => wrap(cell, WIDTHS[index] ?? cell.length));
  const height = Math.max(1, ...columns.map((column) => column.length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((column, index) => (column[line] ?? '').padEnd(WIDTHS[index] ?? 0))
      .join('  ')
      .trimEnd(),
  )
    .map((line) => `${line}\n`)
    .join('');
}

/** A text in lines of at most a width, broken at blanks; a word that is longer is cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
    for (; line.length > width; line = line.slice(width)) lines.push(line.slice(0, width));
  }
  return [...lines, line];
}

/** One prediction with causes, remedies and the timeline of the service that waits longest. */
export function detailText(rows: readonly PredictionRow[]): string {
  const [first] = rows;
  if (!first) return '';
  const shown = new Set<string>();
  return `${first.description}\n${rows
    .map((row) => {
      const timeline = timelineText(row.outcome);
      const again = shown.has(timeline);
      shown.add(timeline);
      return `${summaryText(row)}${again ? '' : timeline}`;
    })
    .join('')}`;
}

function summaryText({ services, outcome }: PredictionRow): string {
  const { state, cause, dataAtRisk, heals, person, timeline } = outcome;
  const line = (label: string, text: string): string => (text === '' ? '' : `  ${label.padEnd(7)} ${text}\n`);
  const total = timeline === undefined ? '' : `, ${intervalText(timeline.total)}`;
  return [
    `\n${services.join(', ')}: ${state}${total}\n`,
    line('cause', cause),
    line('lost', riskText(dataAtRisk)),
    line('heals', heals),
    line('person', person),
  ].join('');
}

function timelineText({ timeline }: ServiceOutcome): string {
  if (!timeline) return '';
  const from =
    timeline.sooner > 0 ? `, from the last sign of life; from the fault up to ${timeText(timeline.sooner)} less` : '';
  const over = ends(timeline.phases.map(({ duration }) => duration));
  return [
    `  timeline${from}\n`,
    ...timeline.phases.map(
      ({ kind, text }, index) => `    ${(over[index] ?? '').padStart(13)}  ${kind.padEnd(9)}  ${text}\n`,
    ),
  ].join('');
}

/** When each phase is over. */
function ends(durations: readonly Interval[]): readonly string[] {
  let [lower, upper] = [0, 0];
  return durations.map((duration) => {
    [lower, upper] = [lower + duration.lower, upper + duration.upper];
    return `${(lower / 1000).toFixed(1)}-${(upper / 1000).toFixed(1)} s`;
  });
}

/** Recovery points and resync times, one line for each store. */
export function sizingText(
  topology: Topology,
  points: readonly RecoveryPoint[],
  resyncs: readonly ResyncTimes[],
): string {
  const found = lookup(topology);
  const time = (value: number | undefined): string => (value === undefined ? 'not known' : timeText(value));
  return [
    ...points.map(
      ({ service, node, disks }) =>
        `${found.service(service).name}: lost with a node: ${riskText(node)}; with both disks: ${riskText(disks)}\n`,
    ),
    ...resyncs.map(
      ({ resource, afterCrash, full }) =>
        `${found.drbdResource(resource).name}: resync after a crash of its primary at most ${time(afterCrash)}; of the whole disk ${time(full)}\n`,
    ),
  ].join('');
}
