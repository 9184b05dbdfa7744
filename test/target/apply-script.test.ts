import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { APPLY_SCRIPT } from '../../lib/target/ssh/apply/script';
import { withFolder } from './stack';

/** A file of a bundle; owner and group are those of whoever runs the test. */
interface BundleFile {
  readonly content: string;
  readonly mode?: string;
  readonly checker?: string;
  readonly activation?: string;
  readonly command?: string;
}

type Bundle = Readonly<Record<string, BundleFile>>;

const { username } = userInfo();
const group = spawnSync('id', ['-gn'], { encoding: 'utf8' }).stdout.trim();

/** A host in a folder: real shell and coreutils, and programs that only write down how they were called. */
class FakeHost {
  constructor(readonly folder: string) {
    for (const directory of ['bin', 'root', 'upload']) mkdirSync(join(folder, directory));
    this.program('systemctl', 'case $1 in is-active) [ "$3" = ntp.service ] ;; esac');
    this.program('systemd-run', '');
    this.program('drbdadm', '! grep -q BROKEN "$2"');
  }

  /** Puts a program in place that writes its arguments down first. */
  program(name: string, body: string): void {
    const path = join(this.folder, 'bin', name);
    writeFileSync(path, `#!/bin/sh\necho "${name} $*" >>'${join(this.folder, 'calls')}'\n${body}\n`);
    chmodSync(path, 0o755);
  }

  /** Uploads a bundle as Terraform makes it. */
  upload(bundle: Bundle, secrets: Readonly<Record<string, string>> = {}): void {
    const lines = Object.entries(bundle).map(
      ([path, file]) => `content ${path} ${Buffer.from(file.content).toString('base64')}\n`,
    );
    const settings = Object.entries(bundle).map(([path, file]) => {
      const words = ['file', path, file.mode ?? '0644', username, group, file.checker ?? '-', file.activation ?? '-'];
      return `${words.join(' ')}\n${file.command === undefined ? '' : `command ${path} ${file.command}\n`}`;
    });
    this.write('upload/bundle', `bundle 1 mail one 8.4\n${lines.join('')}${settings.join('')}end\n`);
    this.write(
      'upload/secrets',
      Object.entries(secrets)
        .map(([name, value]) => `${name} ${value}\n`)
        .join(''),
    );
    this.write('upload/apply', APPLY_SCRIPT);
  }

  /** Runs one action; the bundle's id is its whole text, as far as the script cares. */
  act(action: string, id = 'id-1', script = 'upload/apply'): { status: number | null; output: string } {
    const result = spawnSync('sh', [join(this.folder, script), action, 'mail', id], {
      encoding: 'utf8',
      timeout: 20_000,
      env: { PATH: `${join(this.folder, 'bin')}:/usr/bin:/bin`, TANDEM_ROOT: join(this.folder, 'root') },
    });
    return { status: result.status, output: result.stdout + result.stderr };
  }

  /** Uploads and runs everything at once. */
  run(bundle: Bundle, id = 'id-1', secrets: Readonly<Record<string, string>> = {}): ReturnType<FakeHost['act']> {
    this.upload(bundle, secrets);
    return this.act('run', id);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** A file as the host has it. */
  read(path: string): string {
    return readFileSync(join(this.folder, 'root', path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, 'root', path));
  }

  mode(path: string): string {
    return (statSync(join(this.folder, 'root', path)).mode & 0o777).toString(8);
  }

  /** The calls since the last time, without the looks at states. */
  calls(): string[] {
    const path = join(this.folder, 'calls');
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    writeFileSync(path, '');
    return lines.filter((line) => line !== '' && !/^systemctl (is-active|is-enabled|cat)/.test(line));
  }

  /** Everything below the host's root that holds a text. */
  holding(text: string): string[] {
    const found = spawnSync('grep', ['-rl', '--', text, this.folder], { encoding: 'utf8' });
    return found.stdout.split('\n').filter((line) => line !== '' && !line.endsWith('/calls'));
  }
}

function onHost(body: (host: FakeHost) => void): void {
  withFolder((folder) => body(new FakeHost(folder)));
}

const NTP: BundleFile = { content: 'server a\n', activation: 'restart:ntp.service' };
const DRBD: BundleFile = { content: 'resource r {}\n', checker: 'drbdadm', mode: '0600' };
const ENOUGH = 'correct-horse-battery';

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

  test('changes nothing and touches no service the second time', () => {
    onHost((host) => {
      host.run({ '/etc/ntp.conf': NTP });
      const before = statSync(join(host.folder, 'root/etc/ntp.conf'));
      host.calls();
      const { output } = host.run({ '/etc/ntp.conf': NTP });
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
      const path = join(host.folder, 'upload/bundle');
      writeFileSync(path, readFileSync(path, 'utf8').replace('end\n', ''));
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
        'systemctl daemon-reload',
        'systemctl enable --now x.timer',
        'drbdadm adjust all',
        'systemctl restart ntp.service',
      ]);
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
});

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

describe('two nodes', () => {
  const later = 'root/var/lib/tandem/mail/apply';

  test('check first, then commit, then activate, then confirm', () => {
    onHost((host) => {
      host.upload({ '/etc/ntp.conf': NTP });
      expect(host.act('check').status).toBe(0);
      expect(host.has('etc/ntp.conf')).toBe(false);
      expect(host.act('commit', 'id-1', later).status).toBe(0);
      expect(host.read('etc/ntp.conf')).toBe('server a\n');
      expect(host.calls().at(-1)).toMatch(/^systemd-run .*--on-active=300 .*apply rollback mail$/);
      host.act('activate', 'id-1', later);
      expect(host.calls()).toEqual(['systemctl restart ntp.service']);
      expect(host.act('confirm', 'id-1', later).output).toContain('confirmed');
      expect(host.calls()).toEqual(['systemctl stop tandem-rollback-mail.timer']);
    });
  });

  test('go back by themselves when nobody confirms, and can be tried again', () => {
    onHost((host) => {
      host.write('root/etc/ntp.conf', 'from the package');
      host.upload({ '/etc/ntp.conf': NTP });
      host.act('check');
      host.act('commit', 'id-1', later);
      expect(host.act('rollback', '', later).status).toBe(0);
      expect(host.read('etc/ntp.conf')).toBe('from the package');
      const late = host.act('confirm', 'id-1', later);
      expect(late.status).toBe(1);
      expect(late.output).toContain('were not confirmed in time and this host went back to the old ones');
      for (const action of ['commit', 'activate', 'confirm']) expect(host.act(action, 'id-1', later).status).toBe(0);
      expect(host.read('etc/ntp.conf')).toBe('server a\n');
    });
  });

  test('do not mind a second commit of what is in place', () => {
    onHost((host) => {
      host.upload({ '/etc/ntp.conf': NTP });
      host.act('check');
      for (const action of ['commit', 'activate', 'confirm']) host.act(action, 'id-1', later);
      expect(host.act('commit', 'id-1', later).output).toContain('already in place');
    });
  });

  test('fails to commit what was never checked', () => {
    onHost((host) => {
      host.upload({ '/etc/ntp.conf': NTP });
      host.act('check');
      expect(host.act('commit', 'id-9', later).output).toContain('bundle id-9 was never checked on this host');
      expect(host.has('etc/ntp.conf')).toBe(false);
    });
  });
});
