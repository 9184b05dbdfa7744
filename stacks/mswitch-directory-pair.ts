import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget } from 'tandem-ha/target';

/**
 * Two mail servers that look addresses up in a directory on their own hosts (document 003, S5 to S8): its master beside
 * the first server, a mirror beside the second. Look-ups go on without either host; changes need the master, or a switch.
 */
export class MswitchDirectoryPair extends TerraformStack {
  readonly deployment: ha.Deployment;

  constructor(scope: Construct, id = 'mswitch-directory-pair') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = (this.deployment = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] }));
    const site = new ha.Site(d, 'hq');
    const lan = new ha.Network(site, 'lan', { cidr: '192.0.2.0/24' });
    const host = (name: string, last: number): ha.Host =>
      new ha.Host(site, name, { interfaces: { eth0: lan.address(`192.0.2.${last}`) } });
    const hosts = [host('mail1', 11), host('mail2', 12)] as const;

    const master = new ha.DirectoryServer(d, 'dsa1', { host: hosts[0] });
    const mirror = new ha.DirectoryServer(d, 'dsa2', { host: hosts[1] });
    const people = new ha.Directory(d, 'people', {
      suffix: 'dc=example,dc=com',
      purposes: ['availability'],
      writeFailover: true,
      schemaOwner: master,
    });
    new ha.FailoverGroup(people, 'members', { master, mirrors: [mirror] });
    new ha.DirectoryBackup(people, 'dump', { server: mirror, interval: ha.Duration.hours(1) });

    const server = (name: string, on: ha.Host): ha.MailServer => {
      const queue = { kind: 'docker', source: `${id}-queue-${name}`, hosts } as const;
      return new ha.MailServer(d, name, {
        host: on,
        hostname: `${name}.example.com`,
        queue: new ha.SharedVolume(d, `queue-${name}`, queue).mountedAt(`/var/spool/postfix-${name}`),
      });
    };
    new ha.MailPair(d, 'mx', {
      servers: [server('mx1', hosts[0]), server('mx2', hosts[1])],
      domains: ['example.com'],
      configuration: ha.MailConfiguration.directory(people),
      relayHost: '[192.0.2.1]:2525',
      links: [lan],
      deadtime: ha.Duration.seconds(5),
      fenceFirst: false,
    });
    d.acknowledge('docker/one-daemon', 'the queues are volumes of one daemon');
    d.acknowledge('mail/one-site', 'mail waits at its senders while the site is down');
    new DockerTarget(this, 'docker', { deployment: d });
  }
}
