import { acknowledgementRules } from '../check/acknowledgement';
import { formatFinding } from '../check/finding';
import type { Finding } from '../check/finding';
import { allRules } from '../check/rules';
import { check, errorsOf, openWarningsOf } from '../check/run';
import type { Topology } from '../topology/topology';
import type { ConstructPath } from '../topology/units';
import { hint } from './matcher-context';
import type { MatcherContext, MatcherResult } from './matcher-context';
import { topologyOf } from './subject';

/** What a finding must be beside its rule. */
export interface ExpectedFinding {
  /**
   * Construct it is reported at: the full path, the path below the deployment, or a pattern for the full path.
   * @default - any construct
   */
  readonly path?: ConstructPath | RegExp;
  /**
   * Part of its text, or a pattern for it.
   * @default - any text
   */
  readonly message?: string | RegExp;
  /**
   * Whether it was acknowledged.
   * @default false
   */
  readonly acknowledged?: boolean;
}

/** Matcher `toHaveNoFindings`. */
export function toHaveNoFindings(this: MatcherContext, received: unknown): MatcherResult {
  const topology = topologyOf(received);
  const findings = check(topology);
  const open = [...errorsOf(findings), ...openWarningsOf(findings)];
  return {
    pass: open.length === 0,
    message: () => {
      const head = hint(this, 'toHaveNoFindings', '');
      if (open.length === 0) return `${head}\n\n[${topology.path}] has no finding that counts`;
      return `${head}\n\n[${topology.path}] has ${open.length} finding(s):\n${list(open)}`;
    },
  };
}

/** Matcher `toHaveFinding`. */
export function toHaveFinding(
  this: MatcherContext,
  received: unknown,
  rule: string,
  expected: ExpectedFinding = {},
): MatcherResult {
  assertRule(rule);
  const topology = topologyOf(received);
  const ofRule = check(topology).filter((finding) => finding.rule === rule);
  const matches = ofRule.filter((finding) => matchesExpected(topology, finding, expected));
  return {
    pass: matches.length > 0,
    message: () => {
      const head = hint(this, 'toHaveFinding', `'${rule}'`);
      if (matches.length > 0) return `${head}\n\n[${topology.path}] has the finding:\n${list(matches)}`;
      if (ofRule.length === 0) return `${head}\n\n[${topology.path}] has no finding of rule '${rule}'`;
      return `${head}\n\n[${topology.path}] has findings of rule '${rule}', but none is as expected (${described(expected)}):\n${list(ofRule)}`;
    },
  };
}

function matchesExpected(topology: Topology, finding: Finding, expected: ExpectedFinding): boolean {
  const { path, message, acknowledged = false } = expected;
  if ((finding.acknowledged !== undefined) !== acknowledged) return false;
  if (path instanceof RegExp ? !path.test(finding.path) : path !== undefined && !isAt(topology, finding.path, path)) {
    return false;
  }
  const text = formatFinding(finding);
  return message instanceof RegExp ? message.test(text) : text.includes(message ?? '');
}

function isAt(topology: Topology, actual: ConstructPath, expected: ConstructPath): boolean {
  return actual === expected || actual === `${topology.path}/${expected}`;
}

// A rule id that does not exist would make a negated matcher pass for ever.
function assertRule(rule: string): void {
  const known = [...allRules, ...acknowledgementRules].map(({ id }) => id);
  if (known.includes(rule)) return;
  const [topic, name = rule] = rule.split('/');
  const near = known.filter((id) => id.endsWith(`/${name}`) || id.startsWith(`${topic}/`));
  const ids = (near.length > 0 ? near : known).sort().join(', ');
  throw new Error(`there is no rule with this id ('${rule}'); did you mean one of: ${ids}`);
}

function list(findings: readonly Finding[]): string {
  return findings
    .map((finding) => {
      const reason = finding.acknowledged === undefined ? '' : ` (acknowledged: ${finding.acknowledged})`;
      return `  ${finding.severity} ${formatFinding(finding)}${reason}\n`;
    })
    .join('');
}

function described({ path, message, acknowledged = false }: ExpectedFinding): string {
  const parts = [acknowledged ? 'acknowledged' : 'not acknowledged'];
  if (path !== undefined) parts.push(`path ${path instanceof RegExp ? path : `'${path}'`}`);
  if (message !== undefined) parts.push(`message ${message instanceof RegExp ? message : `'${message}'`}`);
  return parts.join(', ');
}
