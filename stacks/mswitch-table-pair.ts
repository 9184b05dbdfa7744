import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget } from 'tandem-ha/target';

/**
 * Two mail servers with tables, which both work and take over the queue of each other (document 003, S1 to S4), in
 * containers of one daemon: the lock in the queue keeps a second writer out.
 */
export class MswitchTablePair extends TerraformStack {
  readonly deployment: ha.Deployment;

  constructor(scope: Construct, id = 'mswitch-table-pair', { messageMebibytes = 50 } = {}) {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = (this.deployment = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] }));
    const site = new ha.Site(d, 'hq');
    const lan = new ha.Network(site, 'lan', { cidr: '192.0.2.0/24' });
    const host = (name: string, last: number): ha.Host =>
      new ha.Host(site, name, { interfaces: { eth0: lan.address(`192.0.2.${last}`) } });
    const hosts = [host('mail1', 11), host('mail2', 12)] as const;
    const server = (name: string, on: ha.Host): ha.MailServer =>
      new ha.MailServer(d, name, {
        host: on,
        hostname: `${name}.example.com`,
        queue: new ha.SharedVolume(d, `queue-${name}`, {
          kind: 'docker',
          source: `${id}-queue-${name}`,
          hosts,
        }).mountedAt(`/var/spool/postfix-${name}`),
        messageSizeLimit: ha.DataSize.mebibytes(messageMebibytes),
        messagesPerSecond: 50,
      });
    new ha.MailPair(d, 'mx', {
      servers: [server('mx1', hosts[0]), server('mx2', hosts[1])],
      domains: ['example.com'],
      configuration: ha.MailConfiguration.table({
        aliases: { 'postmaster@example.com': ['admin@example.com'] },
        transports: { 'example.com': '[192.0.2.1]:2525' },
      }),
      links: [lan],
      // A false alarm costs nothing: the lock refuses whoever takes a living server for dead.
      deadtime: ha.Duration.seconds(5),
      fenceFirst: false,
      workload: { messagesPerDay: 1_000_000, peakFactor: 2 },
    });
    d.acknowledge('docker/one-daemon', 'the queues are volumes of one daemon');
    d.acknowledge('mail/one-site', 'mail waits at its senders while the site is down');
    new DockerTarget(this, 'docker', { deployment: d });
  }
}
