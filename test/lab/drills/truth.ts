import type { DrillResult, MeasuredClient, PredictedService } from './result';
import { sideBySide } from './side-by-side';
import { intervalText } from './verdict';

const HEAD = `# Truth

What drills on real nodes have shown, beside what \`lib/predict\` had said before the fault. Written by
\`npm run lab -- truth\` from the results of labs; nothing here is written by hand.

The nodes are User-Mode Linux on one machine: starting a process is slow there, so step times come from a planned switch
that was measured on the same nodes (\`calibrate\`), those of directory servers from a return after a power cut
(\`calibrateReturn\`). A measured time counts from the fault, that of a planned switch from the last answer. It is
accepted from the lower end of the prediction, less what a fault may fall later than the last sign of life, to the upper
end. Clients write numbered entries, rows and messages all the while; missing is what was acknowledged and is not there
afterwards.
`;

/**
 * The document of all drills, by deployment: the last result of each, in the order of a list; drills that are not in it
 * come after.
 */
export function truthDocument(results: readonly DrillResult[], order: readonly string[]): string {
  const deployments = [...new Set(results.map(({ deployment }) => deployment))].sort();
  const names = [...new Set([...order, ...results.map(({ drill }) => drill)])];
  const runs = deployments.flatMap((deployment) =>
    names
      .map((name) => results.filter((one) => one.deployment === deployment && one.drill === name))
      .filter((found) => found.length > 0),
  );
  const sections = runs.flatMap((of) => of.slice(-1)).map((last) => section(last, deployments.length > 1));
  return `${HEAD}\n${[summary(runs), ...sections].join('\n')}`;
}

function summary(all: readonly (readonly DrillResult[])[]): string {
  const rows = all.flatMap((runs) => {
    const last = runs.at(-1);
    if (!last) return [];
    const passed = runs.filter((run) => run.passed).length;
    const { drill, title, deployment, date } = last;
    return [[drill, title, deployment, date.slice(0, 10), `${passed} of ${runs.length}`, verdict(last)]];
  });
  return table(['drill', 'what is done', 'deployment', 'date', 'passed', 'last verdict'], rows);
}

function verdict({ passed }: DrillResult): string {
  return passed ? 'as predicted' : '**differs**';
}

function section(result: DrillResult, several: boolean): string {
  const { drill, title, deployment, active, date, ledgers, checks } = result;
  const clients = result.predicted.map((one) => {
    const measured = result.measured.find(({ client }) => client === one.client);
    return [one.client, `${one.state}${intervalText(one)}`, measuredText(measured, result), verdictOf(one, result)];
  });
  const written = Object.entries(ledgers).map(([client, one]) =>
    [client, one.acknowledged, one.missing.length, one.duplicates.length, one.unexpected.length].map(String),
  );
  const failed = checks
    .filter(({ held }) => !held)
    .map(({ what, detail }) => `- ${what}${detail === '' ? '' : `: ${detail}`}`);
  const rows = sideBySide(result).map(({ kind, text, lower, upper, measured }) => [
    `${time(lower)} to ${time(upper)}`,
    measured === undefined ? '' : time(measured),
    kind,
    text,
  ]);
  const told = result.events
    .filter(({ text }) => !/^(?:start|stop) /.test(text))
    .sort((one, other) => one.at - other.at)
    .map(({ at, text }) => `- ${time(at)}: ${text}`);
  return [
    `## ${drill}${several ? ` of ${deployment}` : ''}`,
    '',
    `${title}. ${active} was active; ${date.slice(0, 16).replace('T', ' ')} UTC; predicted with ${sourceOf(result)}; ${verdict(result)}.`,
    '',
    ...(clients.length > 0 ? [table(['service', 'predicted', 'measured', 'verdict'], clients)] : []),
    ...(written.length > 0
      ? [table(['client', 'acknowledged', 'missing', 'twice', 'there without an answer'], written)]
      : []),
    ...(failed.length > 0 ? ['What did not hold:', '', ...failed, ''] : []),
    ...(told.length > 0 ? ['What happened, from the fault on:', '', ...told, ''] : []),
    ...(rows.length > 0 ? [table(['predicted end', 'measured', 'phase', 'step'], rows)] : []),
  ].join('\n');
}

/** What the times of a prediction come from. */
function sourceOf({ switches, returns = [] }: DrillResult): string {
  if (returns.length > 0) return `returns of ${returns.map(time).join(' and ')} from power on`;
  return switches.length === 0 ? 'the default step times' : `switches of ${switches.map(time).join(' and ')}`;
}

function measuredText(measured: MeasuredClient | undefined, { measuredFrom }: DrillResult): string {
  if (!measured) return '';
  if (!measured.ended) return measured.failed > 0 ? 'no answer to the end' : '';
  const value = measuredFrom === 'fault' && measured.failed > 0 ? measured.sinceFault : measured.outage;
  return value === undefined ? '' : time(value);
}

function verdictOf({ client }: PredictedService, { checks }: DrillResult): string {
  const own = checks.filter(({ what }) => what.startsWith(`${client}: `) && !what.endsWith('is missing'));
  if (own.length === 0) return '';
  return own.every(({ held }) => held) ? 'as predicted' : '**differs**';
}

function time(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** A table as prettier lays it out, so that the document needs no formatting. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((word, column) => Math.max(3, word.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return `${[line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')}\n`;
}
