import { byCodeUnits } from '../topology/order';
import type { Adoption } from '../adopt/adopt';
import type { Finding } from '../check/finding';
import { printable } from './printable';

/** One line of a verdict. */
export interface Remark {
  readonly severity: 'error' | 'warning' | 'note';
  readonly file?: string;
  readonly line?: number;
  /** Construct, where no file is known. */
  readonly path?: string;
  readonly rule: string;
  readonly problem: string;
  readonly value?: string;
  readonly remedy?: string;
  readonly requirements: readonly string[];
  /** Why a warning is accepted. */
  readonly acknowledged?: string;
}

/** Everything there is to say about files, sorted by file and line; what has no line comes last. */
export function remarksOf(adoption: Adoption, findings: readonly Finding[]): readonly Remark[] {
  const faults = adoption.faults.map(({ message, location, requirement }): Remark => {
    const end = message.lastIndexOf('; ');
    return {
      severity: 'error',
      file: location.file,
      line: location.line,
      rule: 'files/syntax',
      problem: end < 0 ? message : message.slice(0, end),
      remedy: end < 0 ? undefined : message.slice(end + 2),
      requirements: requirement === undefined ? [] : [requirement],
    };
  });
  const ofRules = findings
    .filter((finding) => !adoption.unseenRules.has(finding.rule))
    .map((finding) => placed(finding, adoption.locate(finding.path, finding.property)));
  const ofFiles = adoption.findings.map((finding) => placed(finding, finding.location));
  const notes = adoption.notes.map(({ text, location, requirement }): Remark => ({
    severity: 'note',
    file: location?.file,
    line: location?.line,
    rule: 'note',
    problem: text,
    requirements: requirement === undefined ? [] : [requirement],
  }));
  return [...faults, ...ofRules, ...ofFiles, ...notes].sort(byPlace);
}

type Place = { readonly file?: string; readonly line: number } | undefined;

/** A finding at a place in a file, or at its construct. */
export function placed(finding: Omit<Finding, 'property'>, place?: Place): Remark {
  const { severity, rule, problem, value, remedy, requirements, acknowledged, path } = finding;
  return {
    severity,
    file: place?.file,
    line: place?.line,
    path,
    rule,
    problem,
    value,
    remedy,
    requirements,
    acknowledged,
  };
}

function byPlace(one: Remark, other: Remark): number {
  return (
    Number(one.file === undefined) - Number(other.file === undefined) ||
    byCodeUnits(one.file ?? '', other.file ?? '') ||
    (one.line ?? 0) - (other.line ?? 0) ||
    byCodeUnits(one.rule, other.rule) ||
    byCodeUnits(one.value ?? '', other.value ?? '') ||
    byCodeUnits(one.problem, other.problem)
  );
}

/** `file:line rule-id: what (value); what to do [error, E5]` */
export function formatRemark(remark: Remark): string {
  const { file, line, path, rule, problem, value, remedy, severity, requirements, acknowledged } = remark;
  const place = file !== undefined ? `${file}:${line ?? 1} ` : path === undefined ? '' : `[${path}] `;
  const shown = value === undefined ? '' : ` (${value})`;
  const todo = remedy === undefined ? '' : `; ${remedy}`;
  const tags = [...(severity === 'note' ? [] : [severity]), ...requirements];
  const accepted = acknowledged === undefined ? '' : ` (acknowledged: ${acknowledged})`;
  return printable(
    `${place}${rule}: ${problem}${shown}${todo}${tags.length > 0 ? ` [${tags.join(', ')}]` : ''}${accepted}`,
  );
}

/** How many there are of each kind; acknowledged warnings do not count. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly acknowledged: number;
}

/** Counts remarks. */
export function summaryOf(remarks: readonly Remark[]): Summary {
  const open = remarks.filter((remark) => remark.acknowledged === undefined);
  const count = (severity: Remark['severity']): number => open.filter((remark) => remark.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    notes: count('note'),
    acknowledged: remarks.length - open.length,
  };
}

/** `3 errors, 1 warning, 0 notes` */
export function formatSummary({ errors, warnings, notes, acknowledged }: Summary): string {
  const counted = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
  const parts = [counted(errors, 'error'), counted(warnings, 'warning'), counted(notes, 'note')];
  return [...parts, ...(acknowledged > 0 ? [`${acknowledged} acknowledged`] : [])].join(', ');
}
