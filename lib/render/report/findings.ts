import type { ReportBlock, ReportSection } from './document';

/** What a rule found, as far as a report shows it. */
export interface ReportedFinding {
  readonly path: string;
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly problem: string;
  readonly value?: string;
  readonly remedy: string;
  readonly requirements: readonly string[];
  /** Why the user accepts it. */
  readonly acknowledged?: string;
}

/** Findings that count first, then those that were accepted, with the reason. */
export function findingsSection(findings: readonly ReportedFinding[]): ReportSection {
  const open = findings.filter((finding) => finding.acknowledged === undefined);
  const blocks: ReportBlock[] = [
    ...part(
      'Errors',
      open.filter((finding) => finding.severity === 'error'),
    ),
    ...part(
      'Warnings',
      open.filter((finding) => finding.severity === 'warning'),
    ),
    ...accepted(findings.filter((finding) => finding.acknowledged !== undefined)),
  ];
  return { title: 'Findings', blocks: blocks.length > 0 ? blocks : [{ kind: 'text', text: 'None.' }] };
}

function part(title: string, findings: readonly ReportedFinding[]): ReportBlock[] {
  if (findings.length === 0) return [];
  return [
    { kind: 'subtitle', text: title },
    {
      kind: 'table',
      head: ['construct', 'rule', 'what is wrong', 'what to do', 'requirements'],
      rows: findings.map((finding) => [
        finding.path,
        finding.rule,
        problem(finding),
        finding.remedy,
        finding.requirements.join(', '),
      ]),
    },
  ];
}

function accepted(findings: readonly ReportedFinding[]): ReportBlock[] {
  if (findings.length === 0) return [];
  return [
    { kind: 'subtitle', text: 'Accepted' },
    {
      kind: 'table',
      head: ['construct', 'rule', 'what is accepted', 'reason'],
      rows: findings.map((finding) => [finding.path, finding.rule, problem(finding), finding.acknowledged ?? '']),
    },
  ];
}

function problem(finding: ReportedFinding): string {
  return finding.value === undefined ? finding.problem : `${finding.problem} (${finding.value})`;
}
