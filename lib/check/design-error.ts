import { formatFinding, type Finding } from './finding';

/** A deployment is refused: its message lists all findings, one a line. */
export class DesignError extends Error {
  constructor(readonly findings: readonly Finding[]) {
    super(findings.map((finding) => formatFinding(finding)).join('\n'));
    this.name = 'DesignError';
  }
}
