import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { alertRulesText } from '../../lib/operate/status/alert-rules';
import { assess } from '../../lib/operate/status/assess';
import { prometheusText } from '../../lib/operate/status/prometheus';
import { looks, topology as mail } from '../operate/mail/looks';
import { pair, recorded } from '../operate/status/recorded';
import { oracle } from './support';

oracle('promtool', 'accepts the alert rules of a deployment, with a cluster or with mail', (promtool) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-promtool-'));
  try {
    for (const [topology, count] of [
      [pair, /SUCCESS: 1[0-9] rules found/],
      [mail, /SUCCESS: 3[0-9] rules found/],
    ] as const) {
      const file = path.join(folder, 'rules.yml');
      writeFileSync(file, alertRulesText(topology));
      const { status, stdout, stderr } = spawnSync(promtool, ['check', 'rules', '--lint-fatal', file], {
        encoding: 'utf8',
      });
      expect([stderr, status]).toEqual(['', 0]);
      expect(stdout).toMatch(count);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

oracle('promtool', 'finds nothing to mend in the metrics, well or not', (promtool) => {
  for (const name of ['healthy', 'resync', 'claimed', 'split-brain'] as const) {
    const input = prometheusText(pair, assess(pair, recorded(name), new Date('2026-11-22T20:00:00Z')));
    const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input, encoding: 'utf8' });
    expect([name, stdout, stderr, status]).toEqual([name, '', '', 0]);
  }
});

oracle('promtool', 'finds nothing to mend in the metrics of mail and load balancers', (promtool) => {
  const input = prometheusText(mail, assess(mail, looks({ 'hq-mail1': { reached: false } }), new Date()));
  const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input, encoding: 'utf8' });
  expect([stdout, stderr, status]).toEqual(['', '', 0]);
});
