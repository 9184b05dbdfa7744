import { formatFinding } from '../../lib/check/finding';
import { check, errorsOf } from '../../lib/check/run';
import { published } from './published';

const findings = check(published);
const texts = findings.map((finding) => formatFinding(finding));

test.each(['E3', 'E4', 'E5', 'E6', 'E7', 'E8', 'E9', 'E10', 'E11', 'E12', 'E13', 'E14', 'E15', 'E16'])(
  'the published files fail with %s',
  (requirement) => {
    expect(findings.some((finding) => finding.requirements.includes(requirement))).toBe(true);
  },
);

test('the published files are refused for these reasons and no other', () => {
  expect(errorsOf(findings).map((finding) => `${finding.rule} ${finding.value ?? ''}`.trim())).toEqual([
    'cluster/authentication',
    'cluster/fencing',
    'cluster/heartbeat-paths ucast eth1 192.168.180.10',
    'cluster/shared-cable address 192.168.180.10',
    'service/state-replicated /var/lib/openexchange',
    'service/state-replicated /var/spool/postfix',
  ]);
});

test('the published files are warned of these and no other', () => {
  const warnings = findings.filter((finding) => finding.severity === 'warning');
  expect([...new Set(warnings.map((finding) => finding.rule))].sort()).toEqual([
    'cluster/address-last',
    'cluster/monitoring',
    'cluster/timing-complete',
    'drbd/ko-count',
    'drbd/node-order',
    'drbd/parallel-resync',
    'drbd/script-name',
    'drbd/semantic-name',
    'drbd/uniform',
    'drbd/wfc-timeout',
  ]);
});

test('the four resynchronisations on one disk are named with their sum', () => {
  expect(texts).toContainEqual(expect.stringContaining('r0, r1, r2, r3 on /dev/sdb of ox1, together 20 MiB/s'));
});

test('the finding of E3 names the order in which the resources start', () => {
  expect(texts).toContainEqual(expect.stringContaining('(r1, r0, r2, r3)'));
});

test('what files do not show is not held against them', () => {
  for (const rule of ['host/clock', 'backup/missing', 'cluster/addresses', 'host/interface-missing'])
    expect(findings.filter((finding) => finding.rule === rule)).toEqual([]);
});
