import type { AcknowledgementFacts } from '../topology/topology';
import type { ConstructPath } from '../topology/units';
import { findingOf, type Finding } from './finding';
import type { RuleDescription } from './rule';

/** An error is mended, not acknowledged. */
export const acknowledgeError: RuleDescription = {
  id: 'check/acknowledge-error',
  severity: 'error',
  requirements: ['X4'],
  title: 'Only warnings are acknowledged.',
  rationale:
    'An error loses data, does not work or is refused by the program that reads it; no reason changes that, and the finding stays.',
};

/** An acknowledgement that covers nothing is out of date. */
export const unusedAcknowledgement: RuleDescription = {
  id: 'check/unused-acknowledgement',
  severity: 'warning',
  requirements: [],
  title: 'Every acknowledgement covers a finding.',
  rationale:
    'The fault was mended or the rule misspelt. Left in place it would hide the same fault when somebody makes it again.',
};

/** The rules about acknowledgements, which are checked with the results of all others. */
export const acknowledgementRules: readonly RuleDescription[] = [acknowledgeError, unusedAcknowledgement];

/**
 * Marks the warnings that are acknowledged: an acknowledgement covers its path and everything below it, the nearest one
 * counts. Adds a finding for each acknowledgement of an error and for each that covers nothing.
 */
export function applyAcknowledgements(
  findings: readonly Finding[],
  acknowledgements: readonly AcknowledgementFacts[],
  rulesThatRan: readonly RuleDescription[],
  allRules: readonly RuleDescription[],
): readonly Finding[] {
  const severities = new Map(allRules.map((rule) => [rule.id, rule.severity]));
  for (const rule of rulesThatRan) severities.set(rule.id, rule.severity);
  const ran = new Set(rulesThatRan.map((rule) => rule.id));
  const valid = new Map<string, AcknowledgementFacts>();
  const refused: Finding[] = [];
  for (const acknowledgement of acknowledgements)
    if (severities.get(acknowledgement.rule) === 'error')
      refused.push(
        findingOf(acknowledgeError, {
          path: acknowledgement.path,
          problem: 'an error cannot be acknowledged',
          value: acknowledgement.rule,
          remedy: 'mend what the rule names and remove the acknowledgement',
        }),
      );
    else valid.set(key(acknowledgement.rule, acknowledgement.path), acknowledgement);
  const used = new Set<AcknowledgementFacts>();
  const marked = findings.map((finding) => {
    const acknowledgement = nearest(finding, valid);
    if (!acknowledgement || finding.severity === 'error') return finding;
    used.add(acknowledgement);
    return { ...finding, acknowledged: acknowledgement.reason };
  });
  const unused = [...valid.values()]
    .filter(
      (acknowledgement) =>
        !used.has(acknowledgement) && (ran.has(acknowledgement.rule) || !severities.has(acknowledgement.rule)),
    )
    .map((acknowledgement) =>
      findingOf(unusedAcknowledgement, {
        path: acknowledgement.path,
        problem: severities.has(acknowledgement.rule)
          ? 'an acknowledgement that covers no finding'
          : 'an acknowledgement of a rule that does not exist',
        value: acknowledgement.rule,
        remedy: 'remove it',
      }),
    );
  return [...marked, ...refused, ...unused];
}

function nearest(finding: Finding, valid: ReadonlyMap<string, AcknowledgementFacts>): AcknowledgementFacts | undefined {
  for (let path = finding.path; ; path = path.slice(0, path.lastIndexOf('/'))) {
    const acknowledgement = valid.get(key(finding.rule, path));
    if (acknowledgement || !path.includes('/')) return acknowledgement;
  }
}

function key(rule: string, path: ConstructPath): string {
  return `${rule}\n${path}`;
}
