import { acknowledgementRules } from './acknowledgement';
import type { RuleDescription } from './rule';
import { targetRules } from './target-rules';

const introduction = `# Rules

What \`tandem check\` and every synth check; rules of \`files/\` are for configuration files that \`tandem check\` reads. An **error** loses data, does not work or is refused by the program that reads
the file: with one the deployment is refused, and it cannot be acknowledged. A **warning** is reported until it is mended
or acknowledged in the stack with a reason, for one construct and all below it. This page is made from the rules.
`;

/** The page that lists rules, in their order, with an overview; last those that only files are judged by. */
export function rulesDocument(rules: readonly RuleDescription[], fileRules: readonly RuleDescription[] = []): string {
  const listed = [...rules, ...acknowledgementRules, ...targetRules, ...fileRules];
  return [
    introduction,
    '| rule | severity | requirements |',
    '|---|---|---|',
    ...listed.map((rule) => `| [${rule.id}](#${anchor(rule)}) | ${rule.severity} | ${rule.requirements.join(', ')} |`),
    '',
    ...listed.map((rule) => section(rule)),
  ].join('\n');
}

function section(rule: RuleDescription): string {
  const requirements = rule.requirements.length === 0 ? '' : ` (${rule.requirements.join(', ')})`;
  return `## ${rule.id}\n\n**${rule.severity}**${requirements}: ${rule.title}\n\n${rule.rationale}\n`;
}

/** The anchor that renderers of Markdown make of a heading: other characters than letters, digits and `-` fall away. */
function anchor(rule: RuleDescription): string {
  return rule.id.replace(/[^a-z0-9-]/g, '');
}
