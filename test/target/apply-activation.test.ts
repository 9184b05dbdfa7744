import { chmodSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type BundleFile, NTP, onHost } from './fake-host';

describe('activation', () => {
  test('happens once for each unit, systemd first', () => {
    onHost((host) => {
      host.run({
        '/etc/a.conf': NTP,
        '/etc/b.conf': NTP,
        '/etc/c.conf': { content: 'c', activation: 'command', command: 'drbdadm adjust "all"' },
        '/etc/systemd/system/x.service': { content: '[Unit]\n', activation: 'daemon-reload' },
        '/etc/systemd/system/x.timer': { content: '[Timer]\n', activation: 'enable:x.timer' },
      });
      expect(host.calls()).toEqual([
        'systemctl daemon-reload',
        'systemctl --no-reload enable x.timer',
        'drbdadm adjust all',
        'systemctl start x.timer',
        'systemctl restart ntp.service',
      ]);
    });
  });

  test('asks once for the states of all services', () => {
    onHost((host) => {
      host.services(['b.service']);
      const file = (activation: string): BundleFile => ({ content: 'x', activation });
      host.run({
        '/etc/a': file('reload-if-active:a.service'),
        '/etc/b': file('reload-if-active:b.service'),
        '/etc/c': file('reload:c.service'),
      });
      expect(host.questions()).toEqual([
        'systemctl is-active c.service a.service b.service',
        'systemctl is-enabled --quiet c.service',
      ]);
      expect(host.calls()).toEqual(['systemctl reload b.service']);
    });
  });

  test('never starts, stops or restarts a service of the cluster', () => {
    onHost((host) => {
      const file = (unit: string): BundleFile => ({ content: unit, activation: `reload-if-active:${unit}` });
      const { output } = host.run({ '/etc/a.conf': file('ntp.service'), '/etc/b.conf': file('mail.service') });
      expect(host.calls()).toEqual(['systemctl reload ntp.service']);
      expect(output).toContain('mail.service does not run here: left alone');
    });
  });

  test('is made up for when the run before was cut short', () => {
    onHost((host) => {
      host.run({ '/etc/ntp.conf': NTP });
      host.calls();
      host.write('root/var/lib/tandem/mail/pending', 'restart:ntp.service\n');
      host.run({ '/etc/ntp.conf': NTP });
      expect(host.calls()).toEqual(['systemctl restart ntp.service']);
    });
  });
});

describe('the way back', () => {
  const TIMER: BundleFile = { content: '[Timer]\n', activation: 'enable:x.timer' };

  test('does again with the old files what was begun with the new ones, and nothing else', () => {
    onHost((host) => {
      host.services(['ntp.service', 'web.service']);
      const web = (content: string): BundleFile => ({ content, activation: 'restart:web.service' });
      const command = (content: string): BundleFile => ({ content, activation: 'command', command: 'drbdadm adjust' });
      host.run({ '/etc/drbd.conf': command('old'), '/etc/ntp.conf': NTP, '/etc/web.conf': web('old') });
      host.calls();
      host.program('drbdadm', `! grep -q new '${join(host.folder, 'root/etc/drbd.conf')}'`);
      const { output } = host.run(
        { '/etc/drbd.conf': command('new'), '/etc/ntp.conf': NTP, '/etc/web.conf': web('new') },
        'id-2',
      );
      expect(output).toContain('ERROR: failed: command of /etc/drbd.conf: drbdadm adjust');
      expect(host.calls()).toEqual(['drbdadm adjust', 'drbdadm adjust']);
      expect([host.read('etc/drbd.conf'), host.read('etc/web.conf')]).toEqual(['old', 'old']);
    });
  });

  test('runs no command of a file that is gone again', () => {
    onHost((host) => {
      host.services(['ntp.service'], 'restart');
      const { output } = host.run({
        '/etc/tmpfiles.d/x.conf': { content: 'd /run/x\n', activation: 'command', command: 'drbdadm create' },
        '/etc/ntp.conf': NTP,
      });
      expect(output).toContain('rolled back');
      expect(host.calls().filter((call) => call === 'drbdadm create')).toHaveLength(1);
    });
  });

  test('disables units that came with the new files before the files go', () => {
    onHost((host) => {
      host.services(['ntp.service'], 'restart');
      host.run({ '/etc/systemd/system/x.timer': TIMER, '/etc/ntp.conf': NTP });
      expect(host.calls()).toEqual([
        'systemctl daemon-reload',
        'systemctl --no-reload enable x.timer',
        'systemctl start x.timer',
        'systemctl restart ntp.service',
        'systemctl disable --now x.timer',
        'systemctl reset-failed x.timer',
        'systemctl daemon-reload',
        'systemctl restart ntp.service',
      ]);
      expect(host.has('etc/systemd/system/x.timer')).toBe(false);
    });
  });

  test('enables again a unit whose file had been taken away', () => {
    onHost((host) => {
      host.run({ '/etc/systemd/system/x.timer': TIMER });
      host.services(['ntp.service'], 'restart');
      host.calls();
      host.run({ '/etc/ntp.conf': NTP }, 'id-2');
      expect(host.calls()).toEqual([
        'systemctl disable --now x.timer',
        'systemctl daemon-reload',
        'systemctl restart ntp.service',
        'systemctl daemon-reload',
        'systemctl --no-reload enable x.timer',
        'systemctl start x.timer',
        'systemctl restart ntp.service',
      ]);
      expect(host.has('etc/systemd/system/x.timer')).toBe(true);
    });
  });

  test('brings back links, owners and times, not only contents', () => {
    onHost((host) => {
      host.write('root/etc/real.conf', 'from the package');
      symlinkSync('real.conf', join(host.folder, 'root/etc/ntp.conf'));
      host.write('root/etc/old.conf', 'old');
      const old = statSync(join(host.folder, 'root/etc/old.conf'));
      host.services(['ntp.service'], 'restart');
      expect(host.run({ '/etc/ntp.conf': NTP, '/etc/old.conf': { content: 'new' } }).status).toBe(1);
      expect(readlinkSync(join(host.folder, 'root/etc/ntp.conf'))).toBe('real.conf');
      const now = statSync(join(host.folder, 'root/etc/old.conf'));
      expect([now.ino, now.mtimeMs, now.mode, now.uid]).toEqual([old.ino, old.mtimeMs, old.mode, old.uid]);
    });
  });
});

describe('a failure', () => {
  test('of a service brings back every file and what was taken away', () => {
    onHost((host) => {
      host.write('root/etc/ntp.conf', 'from the package');
      chmodSync(join(host.folder, 'root/etc/ntp.conf'), 0o640);
      host.run({ '/etc/old.conf': { content: 'old' } });
      host.program('systemctl', '[ "$1" != restart ]');
      const { status, output } = host.run({ '/etc/ntp.conf': NTP, '/etc/new.d/new.conf': { content: 'new' } }, 'id-2');
      expect(status).toBe(1);
      expect(output).toContain('restart:ntp.service failed');
      expect(output).toContain('rolled back: this host has its old files again');
      expect([host.read('etc/ntp.conf'), host.mode('etc/ntp.conf')]).toEqual(['from the package', '640']);
      expect([host.read('etc/old.conf'), host.has('etc/new.d')]).toEqual(['old', false]);
      expect(host.read('var/lib/tandem/mail/bundle')).toBe('id-1\n');
    });
  });

  test('before the first rename leaves no trace', () => {
    onHost((host) => {
      host.write('root/etc/ntp.conf', 'from the package');
      host.write('root/etc/folder', 'a file where a folder is needed');
      const { status } = host.run({ '/etc/folder/x.conf': { content: 'x' }, '/etc/ntp.conf': NTP });
      expect(status).toBe(1);
      expect(host.read('etc/ntp.conf')).toBe('from the package');
      expect(host.holding('server a').filter((path) => path.includes('/root/'))).toEqual([]);
      expect(host.has('var/lib/tandem/mail/backup')).toBe(false);
    });
  });

  test('of the disk to take the copies changes nothing, whatever was written before', () => {
    onHost((host) => {
      host.write('root/etc/ntp.conf', 'from the package');
      host.program('sync', 'exit 1');
      const { status, output } = host.run({ '/etc/ntp.conf': NTP, '/etc/new.d/new.conf': { content: 'new' } });
      expect(status).toBe(1);
      expect(output).toContain('cannot write to the disk');
      expect([host.read('etc/ntp.conf'), host.has('etc/new.d'), host.has('etc/.tandem-new.ntp.conf')]).toEqual([
        'from the package',
        false,
        false,
      ]);
      expect(host.calls().filter((call) => call.startsWith('systemctl'))).toEqual([]);
    });
  });

  test('by a signal rolls back too', () => {
    onHost((host) => {
      host.write('root/etc/ntp.conf', 'from the package');
      host.program('systemctl', 'case $1 in is-active) echo active ;; restart) kill -TERM $PPID ;; esac');
      const { status, output } = host.run({ '/etc/ntp.conf': NTP });
      expect(status).toBe(1);
      expect(output).toContain('rolled back');
      expect(host.read('etc/ntp.conf')).toBe('from the package');
      expect(host.has('var/lib/tandem/mail/backup')).toBe(false);
    });
  });

  test('of the power in the middle of an activation is made up for by the next run', () => {
    onHost((host) => {
      host.program('systemctl', 'case $1 in is-active) echo active ;; restart) kill -KILL $PPID ;; esac');
      expect(host.run({ '/etc/ntp.conf': NTP }).status).toBe(null);
      host.services(['ntp.service']);
      host.calls();
      expect(host.run({ '/etc/ntp.conf': NTP }).output).toContain('confirmed');
      expect(host.calls()).toEqual(['systemctl restart ntp.service']);
    });
  });
});
