import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DRBD, NTP, onHost } from './fake-host';

describe('a bundle', () => {
  test('puts every file in place with its mode, byte for byte, and keeps no copy', () => {
    onHost((host) => {
      const odd = 'a ${b} $(c) `d` \\n \'e\' "f" é\n\n no end of line';
      expect(host.run({ '/etc/ntp.conf': { ...NTP, content: odd }, '/etc/drbd.conf': DRBD }).status).toBe(0);
      expect(host.read('etc/ntp.conf')).toBe(odd);
      expect([host.mode('etc/ntp.conf'), host.mode('etc/drbd.conf'), host.mode('etc')]).toEqual(['644', '600', '755']);
      expect(host.has('var/lib/tandem/mail/staged')).toBe(false);
      expect(host.has('var/lib/tandem/mail/backup')).toBe(false);
    });
  });

  test('holds contents of every length, and every byte', () => {
    onHost((host) => {
      const bytes = (length: number): string =>
        Array.from({ length }, (_, index) => String.fromCharCode(1 + ((index * 7 + length) % 250))).join('');
      const contents = Array.from({ length: 130 }, (_, length) => bytes(length));
      host.run(Object.fromEntries(contents.map((content, length) => [`/etc/${length}`, { content }])));
      expect(contents.map((_, length) => host.read(`etc/${length}`))).toEqual(contents);
    });
  });

  test('changes nothing and touches no service the second time', () => {
    onHost((host) => {
      host.run({ '/etc/ntp.conf': NTP });
      const before = statSync(join(host.folder, 'root/etc/ntp.conf'));
      host.calls();
      const { status, output } = host.run({ '/etc/ntp.conf': NTP });
      expect(status).toBe(0);
      expect(output).toContain('0 changed, 0 removed, 1 unchanged');
      expect(host.calls()).toEqual([]);
      expect(statSync(join(host.folder, 'root/etc/ntp.conf')).ino).toBe(before.ino);
    });
  });

  test('takes away what the last bundle had and this one has not, with its empty folder', () => {
    onHost((host) => {
      host.write('root/etc/other', 'not ours');
      host.run({ '/etc/ntp.conf': NTP, '/etc/ntp.d/more': NTP });
      host.run({ '/etc/ntp.conf': NTP }, 'id-2');
      expect([host.has('etc/ntp.conf'), host.has('etc/ntp.d'), host.has('etc/other')]).toEqual([true, false, true]);
    });
  });

  test('stops a unit whose file goes away before the file goes', () => {
    onHost((host) => {
      host.run({ '/etc/systemd/system/dump.timer': { content: '[Timer]\n', activation: 'enable:dump.timer' } });
      host.calls();
      host.run({}, 'id-2');
      expect(host.calls()[0]).toBe('systemctl disable --now dump.timer');
    });
  });

  test('is refused as a whole when one checker refuses its file, and says what the checker said', () => {
    onHost((host) => {
      host.program('drbdadm', 'echo "line 1: BROKEN is no keyword"; exit 10');
      const { status, output } = host.run({ '/etc/ntp.conf': NTP, '/etc/drbd.conf': { ...DRBD, content: 'BROKEN' } });
      expect(status).toBe(1);
      expect(output).toContain('line 1: BROKEN is no keyword');
      expect(output).toContain('ERROR: /etc/drbd.conf was refused; nothing was changed on this host');
      expect([host.has('etc/ntp.conf'), host.has('var/lib/tandem/mail/staged')]).toEqual([false, false]);
    });
  });

  test('is refused when a checker is missing, with the name of its package', () => {
    onHost((host) => {
      const { status, output } = host.run({ '/etc/imapd.conf': { content: 'a: b\n', checker: 'cyrus' } });
      expect(status).toBe(1);
      expect(output).toContain('the checker cyr_info is not installed on this host; install the package cyrus-common');
    });
  });

  test('is refused when it was cut off on the way', () => {
    onHost((host) => {
      host.upload({ '/etc/ntp.conf': NTP });
      const path = join(host.folder, 'upload/apply');
      writeFileSync(path, readFileSync(path, 'utf8').replace(/end\n$/, ''));
      expect(host.act('run').output).toContain('is cut off; run terraform apply again');
    });
  });

  test('is refused where a folder is in the way', () => {
    onHost((host) => {
      mkdirSync(join(host.folder, 'root/etc/ntp.conf'), { recursive: true });
      expect(host.run({ '/etc/ntp.conf': NTP }).output).toContain('/etc/ntp.conf is a directory on this host');
    });
  });
});
