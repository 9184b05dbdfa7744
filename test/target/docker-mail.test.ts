import { findingsWith } from '../../lib/target/design-findings';
import { Host, SharedVolume } from '../../lib/index';
import { mailInContainers } from '../support/mail-in-containers';
import { failure, targetFor, terraformOf, type Json } from './docker';

describe('a pair of mail servers in containers', () => {
  const { resource } = terraformOf(mailInContainers().deployment);
  const container = (host: string): Json => resource['docker_container']?.[`host_${host}`] ?? {};
  const targets = (host: string): unknown[] =>
    (container(host)['mounts'] as readonly Json[]).map(({ source, target }) => [target, source]);

  test('mounts the queues of both servers at one place in both containers', () => {
    const queues = [
      ['/var/spool/postfix-mx1', '${docker_volume.post-mx1.name}'],
      ['/var/spool/postfix-mx2', '${docker_volume.post-mx2.name}'],
    ];
    for (const host of ['mail1', 'mail2']) expect(targets(host)).toEqual(expect.arrayContaining(queues));
    expect(resource['docker_volume']).toMatchObject({
      'post-mx1': { name: 'post-mx1' },
      'post-mx2': { name: 'post-mx2' },
    });
  });

  test('has the capabilities of a server that changes its user, and no certificate', () => {
    expect(container('mail1')['capabilities']).toEqual({
      add: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'NET_BIND_SERVICE', 'SETGID', 'SETUID'].map(
        (one) => `CAP_${one}`,
      ),
      drop: ['ALL'],
    });
    expect(container('mail1')['mounts']).not.toContainEqual(expect.objectContaining({ type: 'bind' }));
    expect(container('mail1')).not.toHaveProperty('env');
  });

  test('ends together with its daemon, which is told', () => {
    const target = targetFor(mailInContainers().deployment);
    const found = findingsWith(target.deployment as never, [target]).filter(({ rule }) => rule === 'docker/one-daemon');
    expect(found).toMatchObject([
      {
        path: 'post/mx',
        value: 'mail1, mail2',
        remedy: expect.stringContaining('SshTarget and DRBD queues') as string,
      },
    ]);
  });

  test('gets its own files alone, and none of systemd', () => {
    const files = JSON.stringify(resource['terraform_data']?.['host_mail1']);
    expect(files).toContain('/etc/postfix-mx2/main.cf');
    expect(files).toContain('/usr/local/sbin/tandem-mail-watch');
    expect(files).not.toContain('/etc/systemd/');
    expect(files).not.toContain('/etc/chrony');
  });
});

describe('what can not be shared between containers is refused', () => {
  test('a device or an export', () => {
    const { deployment, hosts } = mailInContainers();
    new SharedVolume(deployment, 'export', { kind: 'nfs', source: 'store:/export', hosts });
    expect(failure(deployment)).toMatch(
      /docker\/shared-volume: .*no device or export .* \(export\); use a SharedVolume of kind 'docker' for queues, .* or deploy these hosts with SshTarget/,
    );
  });

  test('a volume of Docker that is no queue', () => {
    const { deployment, hosts } = mailInContainers();
    new SharedVolume(deployment, 'other', { kind: 'docker', source: 'other', hosts });
    expect(failure(deployment)).toMatch(/docker\/shared-volume: .* \(other\);/);
  });

  test('a pair on two daemons', () => {
    const { deployment, hosts } = mailInContainers();
    const daemons = { a: { hosts: [hosts[0]] }, b: { hosts: [hosts[1]], endpoint: 'ssh://root@b' } };
    expect(failure(deployment, { daemons })).toMatch(
      /docker\/queue-volume: a volume is on one daemon, .* \(mx\); give both hosts of the pair to one daemon/,
    );
  });

  test('half of a pair', () => {
    const { deployment, hosts } = mailInContainers();
    expect(failure(deployment, { hosts: [hosts[0]] })).toMatch(/docker\/queue-volume: /);
  });

  test('a host that is none of both', () => {
    const { deployment, site, lan } = mailInContainers();
    new Host(site, 'idle', { interfaces: { eth0: lan.address('192.0.2.99') } });
    expect(failure(deployment)).toMatch(
      /docker\/host: a container is made for a directory server or a mail server or a load balancer by HAProxy, and these hosts have none \(idle\); leave/,
    );
  });
});
