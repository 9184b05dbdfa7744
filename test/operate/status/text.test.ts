import { assess } from '../../../lib/operate/status/assess';
import type { HostLook } from '../../../lib/operate/status/facts';
import { coloured, uncoloured, type Paint } from '../../../lib/operate/status/table';
import { reportText } from '../../../lib/operate/status/text';
import { changed, pair, recorded } from './recorded';

const shown = (looks: readonly HostLook[], paint: Paint = uncoloured): string =>
  reportText(assess(pair, looks, new Date('2026-11-22T20:00:00.123Z')), paint);

test('begins with the whole, then what is wrong with what to do, the worst first', () => {
  const lines = shown(recorded('claimed')).split('\n');
  expect(lines[0]).toBe('groupware: FAILED  2026-11-22 20:00:00 UTC');
  expect(lines[2]).toMatch(/^FAILED {4}\[groupware\/ox\/groupware\] group\/claimed: group groupware runs nowhere/);
  expect(lines[3]).toMatch(/^ {10}-> bring ox1 back/);
  expect(lines[4]).toMatch(/^DEGRADED {2}/);
});

test('shows nodes, groups and replication in tables', () => {
  const text = shown(recorded('healthy'));
  expect(text).toMatch(/^ox1 +\d+ min [\d]+ s +active +3 of 3 +local +\+?-?0\.00 s ± 0\.05 +not compared +\d+ min/m);
  expect(text).toMatch(/^GROUP groupware +ox1 +ox2$/m);
  expect(text).toMatch(/^ +RUNS HERE +-$/m);
  expect(text).toMatch(/^ {2}addresses +192\.168\.1\.160 +-$/m);
  expect(text).toMatch(/^ {2}mounts +6 of 6 +-$/m);
  expect(text).toMatch(/^ {2}services +6 of 6 +-$/m);
  expect(text).toMatch(/^ldap +Primary UpToDate +Secondary UpToDate +Connected$/m);
});

test('shows what is missing of a group by its name', () => {
  const looks = changed(recorded('healthy'), 'ox1', ({ units }) => ({
    units: { ...units, 'slapd.service': 'failed' },
  }));
  expect(shown(looks)).toMatch(/^ {2}services +5 of 6: slapd failed +-$/m);
  expect(shown(looks)).toMatch(/^ +PARTLY +-$/m);
});

test('shows the progress of a resynchronisation and who waits', () => {
  const text = shown(recorded('resync'));
  expect(text).toMatch(
    /^database .* SyncSource \/ SyncTarget +\[##\.{8}\] 20 %, .*MiB to copy, 35 s left, 3\.7 MiB\/s$/m,
  );
  expect(text).toMatch(/^queue .* PausedSyncS \/ PausedSyncT +waits for its turn, 160\.0 MiB to copy$/m);
});

test('shows a split brain, a claim without services, and a host that does not answer', () => {
  expect(shown(recorded('split-brain'))).toMatch(/^ldap .* SPLIT BRAIN: StandAlone/m);
  const claimed = shown(recorded('claimed'));
  expect(claimed).toMatch(/^ox1 +not reached$/m);
  expect(claimed).toMatch(/^GROUP groupware +ox2 +ox1$/m);
  expect(claimed).toMatch(/^ +claimed only +unknown$/m);
});

test('says what to do once for findings that need the same', () => {
  const drift = ['/etc/a', '/etc/b'].map((path) => ({ path, kind: 'missing' as const }));
  const text = shown(changed(recorded('healthy'), 'ox2', () => ({ files: { compared: 2, drift } })));
  expect(text.match(/bring what is wanted into the stack/g)).toHaveLength(1);
  expect(text).toMatch(/^ox2 .* 2 differ/m);
});

test('marks what is bad with colours, which change no column', () => {
  const text = shown(recorded('claimed'), coloured);
  expect(text).toContain('\u001b[1;31mFAILED\u001b[0m');
  expect(text).toContain('\u001b[33mDEGRADED\u001b[0m');
  // eslint-disable-next-line no-control-regex
  expect(text.replaceAll(/\u001b\[[0-9;]+m/g, '')).toBe(shown(recorded('claimed')));
});

test('has no escape sequence without colours', () => {
  expect(shown(recorded('claimed'))).not.toContain('\u001b');
});
