import { DesignError } from '../../lib/check/design-error';
import { formatFinding } from '../../lib/check/finding';
import type { Rule } from '../../lib/check/rule';
import { allRules } from '../../lib/check/rules';
import { check, errorsOf, openWarningsOf } from '../../lib/check/run';
import type { AcknowledgementFacts, Topology } from '../../lib/topology/topology';
import { moveMember, pair, withCluster, withHost } from './fixtures';

const reason = 'agreed with the operators';
const acknowledged = (of: Topology, ...acknowledgements: Omit<AcknowledgementFacts, 'reason'>[]): Topology => ({
  ...of,
  acknowledgements: acknowledgements.map((one) => ({ ...one, reason })),
});
const addressFirst = moveMember('address 192.168.1.160', 0);
const addressPath = 'groupware/ox/groupware/address 192.168.1.160';

test('an acknowledged warning stays in the list with its reason and no longer counts', () => {
  const findings = check(acknowledged(addressFirst, { rule: 'cluster/address-last', path: addressPath }));
  expect(findings.map(({ rule, acknowledged: why }) => [rule, why])).toEqual([['cluster/address-last', reason]]);
  expect(openWarningsOf(findings)).toEqual([]);
});

test.each(['groupware', 'groupware/ox', 'groupware/ox/groupware'])(
  'an acknowledgement of %s covers what is below',
  (path) => {
    const findings = check(acknowledged(addressFirst, { rule: 'cluster/address-last', path }));
    expect(openWarningsOf(findings)).toEqual([]);
  },
);

test.each(['groupware/o', 'groupware/ox/group', 'groupware/hq'])(
  'fails when an acknowledgement of %s covers nothing, and the warning counts',
  (path) => {
    const findings = check(acknowledged(addressFirst, { rule: 'cluster/address-last', path }));
    expect(openWarningsOf(findings).map((finding) => finding.rule)).toEqual([
      'check/unused-acknowledgement',
      'cluster/address-last',
    ]);
  },
);

test('the nearest acknowledgement counts and the other one is unused', () => {
  const findings = check(
    acknowledged(
      addressFirst,
      { rule: 'cluster/address-last', path: 'groupware' },
      { rule: 'cluster/address-last', path: addressPath },
    ),
  );
  expect(findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual([
    'check/unused-acknowledgement groupware',
    `cluster/address-last ${addressPath}`,
  ]);
});

test('fails when an error is acknowledged: the error stays and the acknowledgement is one more', () => {
  const findings = check(acknowledged(withCluster({ fencing: [] }), { rule: 'cluster/fencing', path: 'groupware' }));
  expect(errorsOf(findings).map((finding) => formatFinding(finding))).toEqual([
    '[groupware] check/acknowledge-error: an error cannot be acknowledged (cluster/fencing); mend what the rule names and remove the acknowledgement',
    '[groupware/ox] cluster/fencing: replicated or shared storage on two nodes and no fencing; give the cluster a fencing device (STONITH) for each node',
  ]);
  expect(findings.some((finding) => finding.acknowledged !== undefined)).toBe(false);
});

test('fails when an acknowledged rule does not exist', () => {
  const findings = check(acknowledged(pair, { rule: 'cluster/adress-last', path: 'groupware' }));
  expect(findings.map((finding) => formatFinding(finding))).toEqual([
    '[groupware] check/unused-acknowledgement: an acknowledgement of a rule that does not exist (cluster/adress-last); remove it',
  ]);
});

test('an acknowledgement of a rule that did not run is not called unused', () => {
  const some = allRules.filter((rule) => rule.id === 'host/clock');
  expect(check(acknowledged(pair, { rule: 'cluster/address-last', path: 'groupware' }), some)).toEqual([]);
});

test('findings are sorted: errors first, then path, then rule', () => {
  const found = (id: string, severity: Rule['severity'], ...paths: readonly string[]): Rule => ({
    id,
    severity,
    requirements: ['X1'],
    title: 'A test.',
    rationale: 'A test.',
    check: () => paths.map((path) => ({ path, problem: 'wrong', remedy: 'mend it' })),
  });
  const findings = check(pair, [
    found('b/b', 'warning', 'z', 'a'),
    found('c/c', 'error', 'z', 'b'),
    found('a/a', 'error', 'z'),
  ]);
  expect(findings.map(({ severity, path, rule }) => `${severity} ${path} ${rule}`)).toEqual([
    'error b c/c',
    'error z a/a',
    'error z c/c',
    'warning a b/b',
    'warning z b/b',
  ]);
});

test('a design error lists all findings, one a line', () => {
  const findings = check(withCluster({ fencing: [], monitoring: undefined }, withHost('hq/ox1', { timeServers: [] })));
  const error = new DesignError(findings);
  expect(error.message.split('\n')).toEqual(findings.map((finding) => formatFinding(finding)));
  expect(error.findings).toHaveLength(3);
  expect(error.name).toBe('DesignError');
});

test('the same topology gives the same findings', () => {
  const topology = withCluster({ fencing: [], timing: {} });
  expect(JSON.stringify(check(structuredClone(topology)))).toBe(JSON.stringify(check(topology)));
});
