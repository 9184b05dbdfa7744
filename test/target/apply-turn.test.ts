import { NTP, onHost as onAnyHost, type FakeHost } from './fake-host';

const later = 'root/var/lib/tandem/mail/apply';
const LDIF = '/etc/ldap/slapd.ldif';

/** A directory server that has its configuration from here; `ldapsearch` says what stands in the file `restrict`. */
function onHost(restrict: string, check: (host: FakeHost) => void): void {
  onAnyHost((host) => {
    host.write('root/etc/ldap/slapd.d/tandem', '');
    host.write('restrict', restrict);
    host.program('ldapsearch', `cat '${host.folder}/restrict'; echo 'dn: olcDatabase={1}mdb,cn=config'`);
    host.services(['slapd.service']);
    host.program('sleep', `: >'${host.folder}/restrict'`);
    check(host);
  });
}

/** Commits an LDIF whose command does something. */
function commit(host: FakeHost, command: string): void {
  host.upload({ [LDIF]: { content: 'dn: cn=config\n', activation: 'command', command } });
  expect(host.act('check').status).toBe(0);
  expect(host.act('commit', 'id-1', later).status).toBe(0);
  host.calls();
}

const CLOSED = 'olcRestrict: all\n';

describe('the turn of a directory server', () => {
  test('ends when a server that served serves again', () => {
    onHost('', (host) => {
      commit(host, `echo '${CLOSED.trim()}' >'${host.folder}/restrict'`);
      const { status, output } = host.act('turn', 'id-1', later);
      expect(output).toBe(`tandem: ran the command of ${LDIF}\ntandem: the directory server serves\n`);
      expect(status).toBe(0);
      expect(host.calls().filter((call) => call === 'sleep 1')).toHaveLength(1);
      expect(host.act('confirm', 'id-1', later)).toMatchObject({ status: 0 });
    });
  });

  test('does not wait for one that was closed before: it may wait for those that come after it', () => {
    onHost(CLOSED, (host) => {
      commit(host, 'true');
      expect(host.act('turn', 'id-1', later)).toEqual({ status: 0, output: `tandem: ran the command of ${LDIF}\n` });
    });
  });

  test("does not wait for one that is new, whatever the package's own configuration answers", () => {
    onAnyHost((host) => {
      host.program('ldapsearch', 'exit 0');
      commit(host, `install -D /dev/null '${host.path('etc/ldap/slapd.d/tandem')}'`);
      expect(host.act('turn', 'id-1', later).status).toBe(0);
      expect(host.calls()).toEqual([]);
    });
  });

  test('fails when it does not serve in time, and the server goes back', () => {
    onHost('', (host) => {
      host.write('root/etc/ldap/slapd.ldif', 'the old one');
      host.program('sleep', '');
      commit(host, `grep -q old '${host.path(LDIF)}' || echo '${CLOSED.trim()}' >'${host.folder}/restrict'`);
      const { status, output } = host.act('turn', 'id-1', later);
      expect(status).toBe(1);
      expect(output).toContain('the directory server does not serve again after 120 s');
      expect(output).toContain('a server of its directories that has new files goes back by itself within 180 s');
      expect(host.read(LDIF)).toBe('the old one');
    });
  });

  test('waits for one that can not be asked before: it may serve', () => {
    onHost('', (host) => {
      host.program('ldapsearch', `[ -e '${host.folder}/taken' ]`);
      commit(host, `: >'${host.folder}/taken'`);
      expect(host.act('turn', 'id-1', later).output).toContain('the directory server serves');
    });
  });

  test('is waited for by a server that serves, and not by one that is closed or new', () => {
    const calls = (restrict: string, services: readonly string[]): readonly string[] => {
      let seen: readonly string[] = [];
      onHost(restrict, (host) => {
        host.services(services);
        host.program('take-up', '');
        commit(host, 'take-up');
        host.act('ahead', 'id-1', later);
        seen = host.calls().filter((call) => call.startsWith('take-up'));
      });
      return seen;
    };
    expect(calls('', ['slapd.service'])).toEqual([]);
    expect(calls(CLOSED, ['slapd.service'])).toEqual(['take-up ']);
    expect(calls('', [])).toEqual(['take-up ']);
  });

  test('is the plain activation where there is no directory server', () => {
    onAnyHost((host) => {
      host.upload({ '/etc/ntp.conf': NTP });
      host.act('check');
      host.act('commit', 'id-1', later);
      host.calls();
      expect(host.act('turn', 'id-1', later).status).toBe(0);
      expect(host.calls()).toEqual(['systemctl restart ntp.service']);
    });
  });
});

test('a unit that is started now is not restarted for its files', () => {
  onAnyHost((host) => {
    host.run({
      '/etc/systemd/system/slapd.service.d/x.conf': { content: '[Service]\n', activation: 'enable:slapd.service' },
      '/etc/default/slapd': { content: 'A=1\n', activation: 'restart:slapd.service' },
    });
    expect(host.calls()).toEqual([
      'systemctl daemon-reload',
      'systemctl --no-reload enable slapd.service',
      'systemctl start slapd.service',
    ]);
  });
});

test('a host goes back by itself after the seconds that it is given', () => {
  onAnyHost((host) => {
    host.upload({ '/etc/ntp.conf': NTP });
    host.act('check');
    expect(host.act('commit', 'id-1', later, 660).output).toContain('goes back by itself in 660 s');
    expect(host.calls().at(-1)).toContain('--on-active=660 ');
  });
});
