import { NTP, onHost as onAnyHost, type FakeHost } from './fake-host';

const HEARTBEAT = 'heartbeat.service';

/** A node whose cluster runs, so that it waits for its turn. */
const onHost = (check: (host: FakeHost) => void): void =>
  onAnyHost((host) => {
    host.services([HEARTBEAT, 'ntp.service']);
    check(host);
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
      expect(host.calls().at(-1)).toMatch(
        /^systemd-run .*--on-active=180 --timer-property=AccuracySec=1s .*apply rollback mail$/,
      );
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

  test('go back to what was confirmed, however often they committed since', () => {
    onHost((host) => {
      const commit = (content: string, id: string): void => {
        host.upload({ '/etc/ntp.conf': { ...NTP, content }, [`/etc/${id}.conf`]: { content: id } });
        expect(host.act('check', id).status).toBe(0);
        expect(host.act('commit', id, later).status).toBe(0);
      };
      commit('first', 'id-1');
      for (const action of ['activate', 'confirm']) host.act(action, 'id-1', later);
      commit('second', 'id-2');
      commit('third', 'id-3');
      expect(host.act('rollback', '', later).status).toBe(0);
      expect(host.read('etc/ntp.conf')).toBe('first');
      expect(['id-1', 'id-2', 'id-3'].map((id) => host.has(`etc/${id}.conf`))).toEqual([true, false, false]);
      expect(host.read('var/lib/tandem/mail/bundle')).toBe('id-1\n');
    });
  });

  test('touch no service on the way back when none was touched before', () => {
    onHost((host) => {
      host.upload({ '/etc/ntp.conf': NTP });
      host.act('check');
      host.act('commit', 'id-1', later);
      host.calls();
      host.act('rollback', '', later);
      expect(host.calls()).toEqual(['systemctl stop tandem-rollback-mail.timer']);
    });
  });

  test('fails to activate what went back in the meantime', () => {
    onHost((host) => {
      host.upload({ '/etc/ntp.conf': NTP });
      host.act('check');
      host.act('commit', 'id-1', later);
      host.act('rollback', '', later);
      const { status, output } = host.act('activate', 'id-1', later);
      expect(status).toBe(1);
      expect(output).toContain('this host went back to the old ones; run terraform apply again');
    });
  });

  test('tell when the other one goes back, where one fails', () => {
    onHost((host) => {
      host.services([HEARTBEAT, 'ntp.service'], 'restart');
      host.upload({ '/etc/ntp.conf': NTP });
      host.act('check');
      host.act('commit', 'id-1', later);
      const { status, output } = host.act('activate', 'id-1', later);
      expect(status).toBe(1);
      expect(output).toContain('a node of its cluster that has new files goes back by itself within 180 s');
      expect(host.has('etc/ntp.conf')).toBe(false);
    });
  });

  test('let systemd learn of units before their turn comes, once, in a unit that outlives the login', () => {
    onHost((host) => {
      host.upload({ '/etc/systemd/system/x.timer': { content: '[Timer]\n', activation: 'enable:x.timer' } });
      host.act('check');
      expect(host.act('commit,await', 'id-1', later).status).toBe(0);
      expect(host.calls().at(-1)).toMatch(/^systemd-run .*--unit=tandem-ahead-mail \/bin\/sh .*apply ahead mail id-1$/);
      expect(host.act('ahead', 'id-1', later).status).toBe(0);
      expect(host.calls()).toEqual(['systemctl daemon-reload']);
      expect(host.act('activate', 'id-1', later)).toEqual({ status: 0, output: 'tandem: enabled x.timer\n' });
      expect(host.calls()).toEqual(['systemctl --no-reload enable x.timer', 'systemctl start x.timer']);
    });
  });

  test('go on where nothing can be done ahead of their turn', () => {
    onHost((host) => {
      host.program('systemd-run', 'case $* in *tandem-ahead*) exit 1 ;; esac');
      host.upload({ '/etc/ntp.conf': NTP });
      host.act('check');
      const { status, output } = host.act('commit,await', 'id-1', later);
      expect(status).toBe(0);
      expect(output).toContain('services take note in the turn of this host');
      expect(host.act('activate,confirm', 'id-1', later)).toMatchObject({ status: 0 });
      expect(host.read('etc/ntp.conf')).toBe('server a\n');
    });
  });

  test('do nothing ahead of a turn that came or will not come', () => {
    onAnyHost((host) => {
      host.upload({ '/etc/ntp.conf': NTP });
      host.act('check');
      host.act('commit,await', 'id-1', later);
      host.act('activate', 'id-1', later);
      host.calls();
      expect(host.act('ahead', 'id-1', later)).toEqual({ status: 0, output: '' });
      host.act('rollback', '', later);
      host.calls();
      expect(host.act('ahead', 'id-1', later)).toEqual({ status: 0, output: '' });
      expect(host.calls()).toEqual([]);
      expect(host.has('var/lib/tandem/mail/ahead')).toBe(false);
    });
  });

  test('ask systemd again when that failed', () => {
    onHost((host) => {
      host.services([HEARTBEAT], 'daemon-reload');
      host.upload({ '/etc/systemd/system/x.service': { content: '[Unit]\n', activation: 'daemon-reload' } });
      host.act('check');
      expect(host.act('commit,await', 'id-1', later).status).toBe(0);
      expect(host.act('ahead', 'id-1', later).status).toBe(1);
      const { status, output } = host.act('activate', 'id-1', later);
      expect(status).toBe(1);
      expect(output).toContain('ERROR: failed: daemon-reload');
      expect(host.has('etc/systemd/system/x.service')).toBe(false);
    });
  });

  test('go through all steps where there is nothing to change', () => {
    onHost((host) => {
      host.run({ '/etc/ntp.conf': NTP });
      host.upload({ '/etc/ntp.conf': NTP });
      host.act('check', 'id-2');
      host.calls();
      for (const action of ['commit', 'activate', 'confirm']) {
        expect(host.act(action, 'id-2', later)).toMatchObject({ status: 0 });
      }
      expect(host.calls()).toEqual([]);
      expect(host.read('var/lib/tandem/mail/bundle')).toBe('id-2\n');
    });
  });

  describe('whose cluster does not run', () => {
    test('do not wait for a turn', () => {
      onAnyHost((host) => {
        host.upload({ '/etc/ntp.conf': NTP });
        host.act('check');
        expect(host.act('commit,await', 'id-1', later).status).toBe(0);
        expect(host.act('ahead', 'id-1', later)).toEqual({ status: 0, output: '' });
        const { status, output } = host.act('activate,confirm', 'id-1', later);
        expect(status).toBe(0);
        expect(output).toBe('tandem: restarted ntp.service\ntandem: confirmed\n');
        expect(host.calls().filter((call) => call === 'systemctl restart ntp.service')).toHaveLength(1);
      });
    });

    test('try again in their turn what failed, and go back', () => {
      onAnyHost((host) => {
        host.write('root/etc/ntp.conf', 'from the package');
        host.services(['ntp.service'], 'restart');
        host.upload({ '/etc/ntp.conf': NTP });
        host.act('check');
        expect(host.act('commit,await', 'id-1', later).status).toBe(0);
        expect(host.act('ahead', 'id-1', later).status).toBe(1);
        const { status, output } = host.act('activate,confirm', 'id-1', later);
        expect(status).toBe(1);
        expect(output).toContain(
          'services did not take note ahead of the turn of this host, so they do now\n    no restart today\n  tandem: ERROR: failed: restart:ntp.service\n',
        );
        expect(output).toContain('\ntandem: ERROR: failed: restart:ntp.service\n');
        expect(host.read('etc/ntp.conf')).toBe('from the package');
        // Ahead, in its turn, and with the old file.
        expect(host.calls().filter((call) => call === 'systemctl restart ntp.service')).toHaveLength(3);
      });
    });
  });
});
