import { formatMessage } from '../topology/message';
import type { ConstructPath } from '../topology/units';
import type { RuleDescription, RuleFinding, Severity } from './rule';

/** What a rule found, with the rule's name and weight. */
export interface Finding extends RuleFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly requirements: readonly string[];
  /** Why the user accepts it; an acknowledged finding does not count. */
  readonly acknowledged?: string;
}

/** A finding of a rule. */
export function findingOf(rule: RuleDescription, found: RuleFinding): Finding {
  return { ...found, rule: rule.id, severity: rule.severity, requirements: rule.requirements };
}

/** One line: `[construct path] rule-id: what is wrong (value); what to do`. */
export function formatFinding(finding: Finding, where: ConstructPath = finding.path): string {
  return formatMessage({ ...finding, path: where });
}
