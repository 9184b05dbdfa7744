import { by } from '../../topology/order';
import { fileRules } from '../../adopt/files/rules';
import { allRules } from '../../check/rules';
import { targetRules } from '../../check/target-rules';
import { EXIT, type Io } from '../io';

interface Row {
  readonly id: string;
  readonly severity: string;
  readonly requirements: readonly string[];
  readonly title: string;
  readonly rationale: string;
}

/** Lists all rules: those on a deployment, and those on files that `tandem check` reads. */
export function rulesCommand({ json }: { readonly json?: boolean }, io: Io): number {
  const rows = [...allRules, ...targetRules, ...fileRules]
    .map(({ id, severity, requirements, title, rationale }): Row => ({ id, severity, requirements, title, rationale }))
    .sort(by((entity) => entity.id));
  if (json) io.out(`${JSON.stringify(rows, null, 2)}\n`);
  else io.out(table(rows));
  return EXIT.clean;
}

function table(rows: readonly Row[]): string {
  const cells = [
    ['RULE', 'SEVERITY', 'REQUIREMENTS', 'WHAT MUST HOLD'],
    ...rows.map((row) => [row.id, row.severity, row.requirements.join(' '), row.title]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return cells.map((row) => `${line(row)}\n`).join('');
}
