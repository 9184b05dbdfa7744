import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type BundleFile, ENOUGH, onHost } from './fake-host';

describe('secrets', () => {
  const file: BundleFile = { content: 'password @@tandem-secret:pass_word@@;\n', mode: '0600' };

  test('end up in the file that needs them and nowhere else', () => {
    onHost((host) => {
      expect(host.run({ '/etc/drbd.conf': file }, 'id-1', { pass_word: ENOUGH }).status).toBe(0);
      expect(host.read('etc/drbd.conf')).toBe(`password ${ENOUGH};\n`);
      expect(host.holding(ENOUGH)).toEqual([join(host.folder, 'root/etc/drbd.conf')]);
    });
  });

  test('are hashed where the format takes a hash, the same way each time', () => {
    onHost((host) => {
      const hashed = { ...file, content: 'olcRootPW: {CRYPT}@@tandem-secret:pass_word:crypt@@\n' };
      host.run({ '/etc/slapd.ldif': hashed }, 'id-1', { pass_word: ENOUGH });
      const [, salt, hash] =
        /^olcRootPW: \{CRYPT\}\$6\$([0-9a-f]{16})\$([A-Za-z0-9./]{86})\n$/.exec(host.read('etc/slapd.ldif')) ?? [];
      const expected = spawnSync('perl', ['-e', `print crypt('${ENOUGH}', '$6$${salt}$')`], { encoding: 'utf8' });
      expect(expected.stdout).toBe(`$6$${salt}$${hash}`);
      expect(host.holding(ENOUGH)).toEqual([]);
      const again = host.run({ '/etc/slapd.ldif': hashed }, 'id-2', { pass_word: ENOUGH });
      expect(again.output).toContain('0 changed, 0 removed, 1 unchanged');
    });
  });

  test('do not stay behind when a checker refuses', () => {
    onHost((host) => {
      host.program('drbdadm', 'exit 1');
      host.run({ '/etc/drbd.conf': { ...file, checker: 'drbdadm' } }, 'id-1', { pass_word: ENOUGH });
      expect(host.holding(ENOUGH)).toEqual([]);
    });
  });

  test.each([
    ['too short', 'eleven-char', 'must have 12 to 64 characters'],
    ['too long', 'x'.repeat(65), 'must have 12 to 64 characters'],
    ['unsafe', 'a/b&c;d|e"f$g', "must be letters, digits, '.', '_' and '-'"],
  ])('fails when a value is %s, without showing it', (_, value, message) => {
    onHost((host) => {
      const { status, output } = host.run({ '/etc/drbd.conf': file }, 'id-1', { pass_word: value });
      expect(status).toBe(1);
      expect(output).toContain(message);
      expect(output).not.toContain(value);
      expect(host.has('etc/drbd.conf')).toBe(false);
    });
  });

  test('fails when one is missing', () => {
    onHost((host) => {
      expect(host.run({ '/etc/drbd.conf': file }).output).toContain(
        'still needs pass_word, a secret that was not sent',
      );
    });
  });

  test('fails when everybody could read the file', () => {
    onHost((host) => {
      const { output } = host.run({ '/etc/drbd.conf': { ...file, mode: '0644' } }, 'id-1', { pass_word: ENOUGH });
      expect(output).toContain('holds a secret and its mode 0644 lets everybody read it');
    });
  });
});
