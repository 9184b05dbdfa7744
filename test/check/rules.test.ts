import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileRules } from '../../lib/adopt/files/rules';
import { rulesDocument } from '../../lib/check/document';
import { findingOf, formatFinding } from '../../lib/check/finding';
import { allRules } from '../../lib/check/rules';
import { check } from '../../lib/check/run';
import { agreementFieldCases } from './cases/agreement-fields';
import { agreementCases } from './cases/agreements';
import { balancerCases } from './cases/balancers';
import { certificateCases } from './cases/certificates';
import { groupCases } from './cases/cluster-groups';
import { linkCases } from './cases/cluster-links';
import { timeCases } from './cases/cluster-times';
import { directoryDesignCases } from './cases/directory-designs';
import { directoryCases } from './cases/directories';
import { dnsCases } from './cases/dns';
import { resourceCases } from './cases/drbd-resources';
import { settingCases } from './cases/drbd-settings';
import { fencingCases } from './cases/fencing';
import { hostCases } from './cases/hosts-and-networks';
import { mailCases } from './cases/mail';
import { mailClusterCases } from './cases/mail-clusters';
import { openLdapCases } from './cases/open-ldap';
import { openLdapFeatureCases } from './cases/open-ldap-features';
import { recoveryCases } from './cases/recovery';
import { serviceCases } from './cases/services-and-backups';
import { windowsSyncCases } from './cases/windows-sync';
import { pair } from './fixtures';
import { faultless as mail } from './mail-fixtures';

const root = join(__dirname, '../..');
const cases = [
  ...linkCases,
  ...timeCases,
  ...groupCases,
  ...fencingCases,
  ...resourceCases,
  ...settingCases,
  ...hostCases,
  ...serviceCases,
  ...directoryCases,
  ...openLdapCases,
  ...dnsCases,
  ...openLdapFeatureCases,
  ...agreementCases,
  ...agreementFieldCases,
  ...certificateCases,
  ...directoryDesignCases,
  ...windowsSyncCases,
  ...mailCases,
  ...mailClusterCases,
  ...balancerCases,
  ...recoveryCases,
];
const rules = new Map(allRules.map((rule) => [rule.id, rule]));

function findingsOf(id: string, topology: typeof pair): readonly { path: string; text: string }[] {
  const rule = rules.get(id);
  if (!rule) throw new Error(`no rule '${id}'`);
  return rule.check(topology).map((finding) => ({ path: finding.path, text: formatFinding(findingOf(rule, finding)) }));
}

test.each(cases.filter(({ findings }) => findings.length === 0))('$rule accepts that $when', ({ rule, topology }) => {
  expect(findingsOf(rule, topology)).toEqual([]);
});

test.each(cases.filter(({ findings }) => findings.length > 0))(
  '$rule fails when $when',
  ({ rule, topology, findings }) => {
    expect(findingsOf(rule, topology)).toEqual(
      findings.map(({ path, text }) => ({ path, text: expect.stringMatching(text) as string })),
    );
  },
);

test.each(allRules.map(({ id }) => id))('%s has a case that it accepts and one in which it finds a fault', (id) => {
  const own = cases.filter(({ rule }) => rule === id);
  expect(own.some(({ findings }) => findings.length === 0)).toBe(true);
  expect(own.some(({ findings }) => findings.length > 0)).toBe(true);
});

test('the correct pair has no finding', () => {
  expect(check(pair)).toEqual([]);
});

test('the correct mail farm with its disaster-recovery site has no finding', () => {
  expect(check(mail)).toEqual([]);
});

test('every finding of every case reads as one line of the house form', () => {
  const texts = cases.flatMap(({ rule, topology }) => findingsOf(rule, topology).map(({ text }) => text));
  // Problem, value and remedy begin in lower case but for proper names, and nothing ends with a period.
  for (const text of texts) expect(text).toMatch(/^\[[^\]]+\] [a-z]+\/[a-z0-9-]+: [^\n]+; [a-z][^\n]*[^.\n]$/);
  for (const text of texts) expect(text).not.toMatch(/undefined|\[object|NaN/);
});

test('each rule has a file of its own that is named after it, and there is no other file', () => {
  const folder = join(root, 'lib/check/rules');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replace(/\.ts$/, ''));
  expect(files.sort()).toEqual([...rules.keys()].sort());
  expect(rules.size).toBe(allRules.length);
});

test('every rule says what must hold, why, and what it carries out', () => {
  for (const rule of allRules) {
    expect(rule.title).toMatch(/^\S.*\.$/);
    expect(rule.rationale).toMatch(/^\S.*\.$/);
    expect(rule.requirements.length).toBeGreaterThan(0);
    for (const requirement of rule.requirements) expect(requirement).toMatch(/^[FQRSXE]\d+$/);
  }
});

test('docs/rules.md is made from the rules', () => {
  const file = join(root, 'docs/rules.md');
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe(rulesDocument(allRules, fileRules));
});
