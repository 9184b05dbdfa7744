import { buildReport } from '../../../lib/render/report/build';
import type { ReportedFinding } from '../../../lib/render/report/findings';
import { reportHtml } from '../../../lib/render/report/html';
import { reportMarkdown } from '../../../lib/render/report/markdown';
import { renderHost } from '../../../lib/render/render';
import { groupwarePair } from '../../support/pair';

const topology = groupwarePair();
const finding: ReportedFinding = {
  path: 'groupware/ox',
  rule: 'cluster/heartbeat-links',
  severity: 'warning',
  problem: 'one link',
  value: 'lan',
  remedy: 'add <another> | one',
  requirements: ['X2'],
};

function report(findings: readonly ReportedFinding[] = []): ReturnType<typeof buildReport> {
  return buildReport(topology, findings, (host) => renderHost(topology, host));
}

const markdown = reportMarkdown(report());

test('the storage table joins device, disks, mount and what lies on it', () => {
  expect(markdown).toContain(
    '| /dev/drbd0 | DRBD ldap: ox1 /dev/sdb1, ox2 /dev/sdb1 | /var/lib/ldap | groupware | directory database of slapd |',
  );
});

test('a host stands with its site and addresses', () => {
  expect(markdown).toContain('| ox1 | hq | eth0 | 192.168.1.161/24 | lan |');
});

test('a group lists what starts in which order', () => {
  expect(markdown).toMatch(
    /### Group groupware, at home on ox1\n\n.*\n\n1\. DRBD resource ldap becomes primary\n2\. mount [^\n]*\n3\. service slapd/,
  );
});

test('a group that starts together lists its kinds, and says what starts at the same time', () => {
  const together = groupwarePair({}, {}, { start: 'together' });
  const text = reportMarkdown(buildReport(together, [], (host) => renderHost(together, host)));
  expect(text).toContain('services start at the same time, each after those that it requires');
  expect(text).toMatch(/6\. DRBD resource documents becomes primary\n7\. mount [^]*\n13\. service slapd/);
  expect(markdown).not.toContain('at the same time');
});

test('secrets stand with their names and purposes', () => {
  expect(markdown).toContain('| groupware\\_drbd | DRBD peers authenticate each other |');
});

test('files of each host stand with mode, owner and checker', () => {
  expect(markdown).toContain('| /etc/ha.d/authkeys | 0600 | root:root |  | groupware/ox |');
});

test('a deployment without findings says so', () => {
  expect(markdown).toContain('## Findings\n\nNone.');
});

test('findings are sorted by weight, and what was accepted comes last with its reason', () => {
  const text = reportMarkdown(
    report([
      finding,
      { ...finding, severity: 'error', problem: 'no fencing' },
      { ...finding, acknowledged: 'a laboratory' },
    ]),
  );
  expect(text.indexOf('### Errors')).toBeLessThan(text.indexOf('### Warnings'));
  expect(text.indexOf('### Warnings')).toBeLessThan(text.indexOf('### Accepted'));
  expect(text).toContain('| one link (lan) | a laboratory |');
});

test('text of a user is no markup in Markdown', () => {
  const text = reportMarkdown(report([finding]));
  expect(text).toContain('| add &lt;another&gt; \\| one |');
});

test('text of a user is no markup in HTML', () => {
  const html = reportHtml(report([{ ...finding, problem: '<script>alert("x")</script>' }]));
  expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
  expect(html).not.toContain('<script');
});

test('the HTML page needs nothing from elsewhere and knows dark screens', () => {
  const html = reportHtml(report([finding]));
  expect(html).not.toMatch(/(src|href)="(?!#)/);
  expect(html).toContain('prefers-color-scheme: dark');
});

test('both reports say the same', () => {
  const cells = (text: string): number => (text.match(/groupware\/ox/g) ?? []).length;
  expect(cells(reportHtml(report([finding])))).toBe(cells(reportMarkdown(report([finding]))));
});
