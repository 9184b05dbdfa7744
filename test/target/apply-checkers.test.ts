import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundle, DRBD, type FakeHost, onHost } from './fake-host';

const unit = (line: string): Bundle[string] => ({ content: `[Service]\n${line}\n`, checker: 'systemd-analyze' });
const SYSTEM = '/etc/systemd/system';

/** A systemd-analyze that keeps what it saw and complains about the word BROKEN as the real one does. */
function systemdAnalyze(host: FakeHost): void {
  host.program(
    'systemd-analyze',
    `folder=\${SYSTEMD_UNIT_PATH%%:*}; cat "$folder"/*.* "$folder"/*.d/* >'${join(host.folder, 'seen')}' 2>/dev/null
shift; for unit; do for file in "$unit" "$unit".d/*; do
if grep -qs BROKEN "$file"; then echo "$file:2: Unknown key name 'BROKEN'"; fi; done; done; :`,
  );
}

const checks = (host: FakeHost, program: string): string[] => host.calls().filter((call) => call.startsWith(program));

describe('units', () => {
  test('are verified with one call, drop-ins in a stand-in for each', () => {
    onHost((host) => {
      systemdAnalyze(host);
      const { status } = host.run({
        [`${SYSTEM}/a.service`]: unit('ExecStart=/usr/sbin/a'),
        [`${SYSTEM}/b.service.d/x.conf`]: unit('ExecReload=/bin/true'),
        [`${SYSTEM}/b.service.d/y.conf`]: unit('ExecStop=/bin/true'),
      });
      expect(status).toBe(0);
      const [call, ...others] = checks(host, 'systemd-analyze');
      expect(others).toEqual([]);
      expect(call?.replaceAll(/\S+\/staged\/units\//g, '')).toBe(
        'systemd-analyze verify a.service tandem-check-1.service tandem-check-2.service',
      );
    });
  });

  test('that name a program which comes with them are verified with the staged program', () => {
    onHost((host) => {
      systemdAnalyze(host);
      host.run({
        [`${SYSTEM}/a.service`]: unit('ExecStart=-/usr/local/sbin/a now'),
        '/usr/local/sbin/a': { content: '#!/bin/sh\n', mode: '0755' },
      });
      const staged = join(host.folder, 'root/var/lib/tandem/mail/staged/root');
      expect(readFileSync(join(host.folder, 'seen'), 'utf8')).toContain(`ExecStart=-${staged}/usr/local/sbin/a now\n`);
      expect(host.read(`${SYSTEM}/a.service`)).toContain('ExecStart=-/usr/local/sbin/a now\n');
    });
  });

  test('that can not do without the unit of an init script are verified with a stand-in for it', () => {
    onHost((host) => {
      host.write('root/etc/init.d/b', '#!/bin/sh\n');
      host.program(
        'systemd-analyze',
        `units=\${SYSTEMD_UNIT_PATH%%:*}; [ -e "$units/b.service" ] && [ ! -e "$units/c.service" ]`,
      );
      const made = host.run({ [`${SYSTEM}/a.service`]: unit('ExecStart=/bin/a\n[Unit]\nBindsTo=b.service c.service') });
      expect(made).toMatchObject({ status: 0 });
      expect(host.has(`${SYSTEM}/b.service`)).toBe(false);
    });
  });

  test.each([`${SYSTEM}/b.service`, `${SYSTEM}/b.timer.d/x.conf`])('fails for a wrong word in %s alone', (path) => {
    onHost((host) => {
      systemdAnalyze(host);
      const { status, output } = host.run({
        [`${SYSTEM}/a.service`]: unit('ExecStart=/bin/a'),
        [path]: unit('BROKEN=1'),
      });
      expect(status).toBe(1);
      expect(output).toContain("Unknown key name 'BROKEN'");
      expect(output).toContain(`ERROR: ${path} was refused; nothing was changed on this host`);
      expect(host.has(`${SYSTEM}/a.service`)).toBe(false);
    });
  });
});

describe("Postfix' files, beside those of the others,", () => {
  const mail = (drbd: string): Bundle => ({
    '/etc/postfix/main.cf': { content: 'compatibility_level = 3.6\n', checker: 'postfix' },
    '/etc/postfix/master.cf': { content: '# nothing\n', checker: 'postfix' },
    '/etc/drbd.conf': { ...DRBD, content: drbd },
    '/usr/local/sbin/a': { content: '#!/bin/sh\n:\n', mode: '0755', checker: 'sh' },
  });
  const staged = (host: FakeHost): boolean => host.has('var/lib/tandem/mail/staged');

  test('are accepted in one look at both', () => {
    onHost((host) => {
      host.program('postconf', '');
      expect(host.run(mail('one')).output).toContain('4 files accepted by their checkers, 0 accepted before');
      expect(checks(host, 'postconf').map((call) => call.slice(-2))).toEqual(['-n', '-M']);
    });
  });

  test('are accepted of every instance, each once', () => {
    onHost((host) => {
      host.program('postconf', '');
      const instance = (name: string): Bundle => ({
        [`/etc/${name}/main.cf`]: { content: 'compatibility_level = 3.6\n', checker: 'postfix' },
        [`/etc/${name}/master.cf`]: { content: '# nothing\n', checker: 'postfix' },
      });
      const { output } = host.run({ ...instance('postfix'), ...instance('postfix-mx1'), ...instance('postfix-mx2') });
      expect(output).toContain('6 files accepted by their checkers');
      expect(checks(host, 'postconf').map((call) => /([^/]+) (-.)$/.exec(call)?.slice(1))).toEqual(
        ['postfix', 'postfix-mx1', 'postfix-mx2'].flatMap((name) => [
          [name, '-n'],
          [name, '-M'],
        ]),
      );
    });
  });

  test('are refused in an instance of their own', () => {
    onHost((host) => {
      host.program('postconf', 'case "$*" in *postfix-mx1*) echo "unused parameter: mynetwork" >&2 ;; esac');
      const { status, output } = host.run({
        ...mail('one'),
        '/etc/postfix-mx1/main.cf': { content: 'mynetwork = x\n', checker: 'postfix' },
        '/etc/postfix-mx1/master.cf': { content: '# nothing\n', checker: 'postfix' },
      });
      expect(status).toBe(1);
      expect(output).toContain('ERROR: /etc/postfix-mx1/main.cf was refused; nothing was changed on this host');
    });
  });

  test('are refused after all others were looked at', () => {
    onHost((host) => {
      host.program('postconf', 'sleep 0.2; echo "unused parameter: mynetwork" >&2');
      const { status, output } = host.run(mail('one'));
      expect(status).toBe(1);
      expect(output).toContain('unused parameter: mynetwork');
      expect(output).toContain('ERROR: /etc/postfix/main.cf was refused; nothing was changed on this host');
      expect(checks(host, 'drbdadm')).toHaveLength(1);
      expect([host.has('/etc/postfix/main.cf'), staged(host)]).toEqual([false, false]);
    });
  });

  test('leave nothing behind when another one is refused first', () => {
    onHost((host) => {
      host.program('postconf', 'sleep 0.2');
      const { status, output } = host.run(mail('BROKEN'));
      expect(status).toBe(1);
      expect(output).toContain('ERROR: /etc/drbd.conf was refused');
      expect(checks(host, 'postconf')).toHaveLength(2);
      expect(staged(host)).toBe(false);
    });
  });
});

describe('the files of a load balancer', () => {
  const conf = '/etc/keepalived/keepalived.conf';
  const program = '/etc/keepalived/tandem-haproxy-answers';

  test('are looked at by HAProxy and keepalived, with the programs that come with them', () => {
    onHost((host) => {
      for (const name of ['haproxy', 'socat']) host.program(name, '');
      host.program('keepalived', `cp "$3" '${join(host.folder, 'seen')}'`);
      const { status } = host.run({
        '/etc/haproxy/haproxy.cfg': { content: 'global\n', checker: 'haproxy' },
        [conf]: { content: `vrrp_script a {\n    script "${program}"\n}\n`, checker: 'keepalived' },
        [program]: { content: '#!/bin/sh\n:\n', mode: '0755', checker: 'sh' },
      });
      expect(status).toBe(0);
      expect(checks(host, 'haproxy').map((call) => call.split(' ').slice(0, 3))).toEqual([['haproxy', '-c', '-f']]);
      const staged = join(host.folder, 'root/var/lib/tandem/mail/staged/root');
      expect(readFileSync(join(host.folder, 'seen'), 'utf8')).toContain(`script "${staged}${program}"\n`);
      expect(host.read(conf)).toContain(`script "${program}"\n`);
    });
  });

  test('fails when keepalived has something to say', () => {
    onHost((host) => {
      host.program('keepalived', "echo 'Unknown keyword'");
      expect(host.run({ [conf]: { content: 'nonsense\n', checker: 'keepalived' } })).toMatchObject({
        status: 1,
        output: expect.stringContaining(`ERROR: ${conf} was refused`) as string,
      });
      expect(host.has(conf)).toBe(false);
    });
  });

  test.each([
    ['says that it does not run', 'echo "ldirectord is stopped"; exit 3', 0],
    ['runs', '', 0],
    ['names an error', 'echo "Error [1] reading file"; exit 2', 1],
    ['warns', 'echo "Warning [1]: ignored"; exit 3', 1],
  ])('are accepted or refused by ldirectord that %s', (_, body, wanted) => {
    onHost((host) => {
      host.program('ldapsearch', '');
      host.program('ldirectord', body);
      const { status } = host.run({ '/etc/ha.d/ldirectord.cf': { content: 'fork = yes\n', checker: 'ldirectord' } });
      expect(status).toBe(wanted);
    });
  });
});

describe('a file that was accepted', () => {
  const two = (drbd: string, script: string): Bundle => ({
    '/etc/drbd.conf': { ...DRBD, content: drbd },
    '/usr/local/sbin/a': { content: `#!/bin/sh\n${script}\n`, mode: '0755', checker: 'sh' },
  });

  test('is not checked again while nothing changed', () => {
    onHost((host) => {
      expect(host.run(two('one', ':')).output).toContain('2 files accepted by their checkers, 0 accepted before');
      host.calls();
      expect(host.run(two('one', 'true'), 'id-2').output).toContain(
        '1 files accepted by their checkers, 1 accepted before',
      );
      expect(checks(host, 'drbdadm')).toEqual([]);
    });
  });

  test('is checked again when it or its checker changed', () => {
    onHost((host) => {
      host.run(two('one', ':'));
      host.calls();
      host.run(two('two', ':'), 'id-2');
      expect(checks(host, 'drbdadm')).toHaveLength(1);
      host.program('drbdadm', 'echo "a newer drbdadm knows better"; exit 1');
      const { status, output } = host.run(two('two', ':'), 'id-3');
      expect(status).toBe(1);
      expect(output).toContain('a newer drbdadm knows better');
    });
  });

  test('counts as accepted only when every file was', () => {
    onHost((host) => {
      expect(host.run(two('one', 'if')).status).toBe(1);
      host.calls();
      host.run(two('one', ':'), 'id-2');
      expect(checks(host, 'drbdadm')).toHaveLength(1);
    });
  });

  test('is checked again when a file changed that its checker looks at together with it', () => {
    onHost((host) => {
      systemdAnalyze(host);
      const units = (line: string): Bundle => ({
        [`${SYSTEM}/a.service`]: unit('ExecStart=/bin/a'),
        [`${SYSTEM}/b.service`]: unit(line),
      });
      host.run(units('ExecStart=/bin/b'));
      host.calls();
      host.run(units('ExecStart=/bin/c'), 'id-2');
      expect(checks(host, 'systemd-analyze')).toEqual([expect.stringMatching(/a\.service .*b\.service$/)]);
      host.run(units('ExecStart=/bin/c'), 'id-3');
      expect(checks(host, 'systemd-analyze')).toEqual([]);
    });
  });

  test('is remembered by a hash that only root can read', () => {
    onHost((host) => {
      host.run(two('one', ':'));
      expect(host.mode('var/lib/tandem/mail/accepted')).toBe('600');
      expect(host.read('var/lib/tandem/mail/accepted')).toMatch(/^drbdadm .* \/etc\/drbd\.conf 0600 [0-9a-f]{64}$/m);
    });
  });
});
