import { byCodeUnits } from '../topology/order';
import type { Topology } from '../topology/topology';
import { applyAcknowledgements } from './acknowledgement';
import { findingOf, type Finding } from './finding';
import type { Rule, RuleFinding } from './rule';
import { allRules } from './rules';
import { oneDaemonRule, targetRules } from './target-rules';

/**
 * Runs rules over a topology. Acknowledged warnings are part of the result and carry their reason.
 * @param rules @default - all rules
 * @returns the findings sorted by severity, path, rule, value and problem
 */
export function check(topology: Topology, rules: readonly Rule[] = allRules): readonly Finding[] {
  const found = rules.flatMap((rule) => rule.check(topology).map((finding) => findingOf(rule, finding)));
  return [...applyAcknowledgements(found, topology.acknowledgements, rules, [...allRules, ...targetRules])].sort(
    compareFindings,
  );
}

/** The findings of a deployment, and those that one of its targets adds under `docker/one-daemon`. */
export function checkTarget(
  topology: Topology,
  findings: readonly Finding[],
  told: readonly RuleFinding[],
): readonly Finding[] {
  const found = told.map((finding) => findingOf(oneDaemonRule, finding));
  const acknowledgements = topology.acknowledgements.filter(({ rule }) => rule === oneDaemonRule.id);
  return [...findings, ...applyAcknowledgements(found, acknowledgements, targetRules, targetRules)].sort(
    compareFindings,
  );
}

/** The findings for which a deployment is refused. */
export function errorsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.severity === 'error');
}

/** The warnings that nobody has acknowledged. */
export function openWarningsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.severity === 'warning' && finding.acknowledged === undefined);
}

/** Order of findings in lists: severity (errors first), path, rule, value, problem. */
export function compareFindings(one: Finding, other: Finding): number {
  return (
    byCodeUnits(one.severity, other.severity) ||
    byCodeUnits(one.path, other.path) ||
    byCodeUnits(one.rule, other.rule) ||
    byCodeUnits(one.value ?? '', other.value ?? '') ||
    byCodeUnits(one.problem, other.problem)
  );
}
