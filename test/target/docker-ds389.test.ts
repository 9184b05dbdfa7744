import { ds389 } from '../../lib/index';
import { mesh } from '../support/ds389-directories';
import { server, terraformOf, type Json } from './docker';

describe('containers of 389 Directory Server', () => {
  const { resource } = terraformOf(mesh());
  const containers = Object.values(resource['docker_container'] ?? {});

  test('keep configuration, entries and what was put in place last', () => {
    const targets = (container: Json): readonly unknown[] =>
      (container['mounts'] as readonly Json[]).filter(({ type }) => type === 'volume').map(({ target }) => target);
    expect(containers).toHaveLength(4);
    for (const container of containers)
      expect(targets(container)).toEqual(['/etc/dirsrv', '/var/lib/dirsrv', '/var/lib/tandem']);
  });

  test('have no capability for ports below 1024 where theirs are above', () => {
    for (const container of containers)
      expect((container['capabilities'] as Json)['add']).toEqual(
        ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'].map((name) => `CAP_${name}`),
      );
    const [low] = Object.values(terraformOf(server({ engine: ds389() }).deployment).resource['docker_container'] ?? {});
    expect((low?.['capabilities'] as Json)['add']).toContain('CAP_NET_BIND_SERVICE');
  });

  test('get what the setup reads, and let it take note of it', () => {
    const { files, settings } = resource['terraform_data']?.['host_one-host']?.['triggers_replace'] as {
      files: Json;
      settings: string;
    };
    expect(Object.keys(files).filter((file) => file.startsWith('/etc/systemd/'))).toEqual([]);
    expect(Object.keys(files)).toContain('/usr/local/sbin/tandem-ds389-setup');
    for (const name of ['instance.inf', 'config.ldif', 'agreements.ldif', 'certmap.conf'])
      expect(settings).toContain(`command /etc/tandem/ds389/one/${name} /usr/local/sbin/tandem-ds389-setup one\n`);
  });

  test('a renewed certificate is a change', () => {
    const host = resource['terraform_data']?.['host_one-host'] ?? {};
    expect(JSON.stringify(host['triggers_replace'])).toContain('ds389-mesh.certificates/one/server.crt');
  });
});
