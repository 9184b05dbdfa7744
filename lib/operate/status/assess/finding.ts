import type { ConstructPath } from '../../../topology/units';

/**
 * `failed`: a service is not served, or data is in danger; `degraded`: served, but not as it should be, and one more
 * fault may end it; `unknown`: it could not be seen; `notice`: worth knowing, changes no exit code.
 */
export type FindingSeverity = 'failed' | 'degraded' | 'unknown' | 'notice';

/** Something that is not as it should be, and what to do. */
export interface StatusFinding {
  readonly severity: FindingSeverity;
  /** For instance `group/nowhere`. */
  readonly id: string;
  /** Construct that it is about. */
  readonly path: ConstructPath;
  /** Node names that it is about, sorted; empty for a whole cluster. */
  readonly hosts: readonly string[];
  readonly problem: string;
  readonly remedy: string;
}

/** What makes findings about one kind of constructs, whose name their ids begin with. */
export const findingsOf =
  (kind: string) =>
  (
    { path }: { readonly path: ConstructPath },
    severity: FindingSeverity,
    id: string,
    hosts: readonly string[],
    problem: string,
    remedy: string,
  ): StatusFinding => ({ severity, id: `${kind}/${id}`, path, hosts: [...hosts].sort(), problem, remedy });

/** State of a whole deployment. */
export type StatusSeverity = 'ok' | 'unknown' | 'degraded' | 'failed';

const RANK: readonly FindingSeverity[] = ['failed', 'degraded', 'unknown', 'notice'];

/** The worst first; among equals the order in which they were found. */
export function worstFirst(findings: readonly StatusFinding[]): readonly StatusFinding[] {
  return RANK.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** What a deployment is, all findings taken together. */
export function overall(findings: readonly StatusFinding[]): StatusSeverity {
  const worst = RANK.find((severity) => findings.some((finding) => finding.severity === severity));
  return worst === undefined || worst === 'notice' ? 'ok' : worst;
}

/** Words for a span of time, for instance `3 d 4 h` or `12 s`. */
export function spanText(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(seconds));
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const) {
    if (rest >= size || (unit === 's' && parts.length === 0)) parts.push(`${Math.floor(rest / size)} ${unit}`);
    rest %= size;
  }
  return parts.slice(0, 2).join(' ');
}

/** A list in a sentence. */
export function listText(words: readonly string[], link = 'and'): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${link} ${words.at(-1)}`;
}
