import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { SshTarget } from 'tandem-ha/target';

/**
 * The table pair of document 003 on two machines (S1-S4): both servers take mail, each queue is replicated by DRBD, and a
 * server that is lost is fenced before the other one takes over its queue.
 */
export class MswitchTableHosts extends TerraformStack {
  constructor(scope: Construct, id = 'mswitch-table-hosts') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = new ha.Deployment(this, id, { timeServers: ['192.168.1.1'] });

    const hq = new ha.Site(d, 'hq');
    const switches = [new ha.Switch(hq, 'switch-a'), new ha.Switch(hq, 'switch-b')];
    const lan = new ha.Network(hq, 'lan', { cidr: '192.168.1.0/24', switches });
    const speed = ha.DataRate.gigabitsPerSecond(1);
    const link = new ha.Network(hq, 'link', { cidr: '192.168.180.0/24', speed, purpose: 'replication' });
    const feeds = [1, 2, 3].map((number) => new ha.PowerFeed(hq, `feed-${number}`));
    const host = (number: 1 | 2): ha.Host =>
      new ha.Host(hq, `mail${number}`, {
        interfaces: { eth0: lan.address(`192.168.1.1${number}`), eth1: link.address(`192.168.180.${number}0`) },
        serialPorts: ['/dev/ttyS0'],
        on: [feeds[number]!],
      });
    const hosts = [host(1), host(2)] as const;
    const fencing = hosts.map(
      ({ name }, index) =>
        new ha.FencingDevice(hq, `${name}-ipmi`, {
          ...{ plugin: 'external/ipmi', fences: [hosts[index]!], on: [feeds[0]!] },
          parameters: {
            ...{ hostname: name, ipaddr: `192.168.1.2${index + 1}`, userid: 'ha', interface: 'lanplus' },
            passwd: ha.SecretRef.named('ipmi'),
          },
        }),
    );
    const server = (number: 1 | 2): ha.MailServer => {
      const volume = { hosts, network: link, disk: `/dev/sdb${number}`, port: 7787 + number };
      const queue = new ha.DrbdResource(d, `queue${number}`, {
        ...volume,
        resyncRate: ha.DataRate.mebibytesPerSecond(30),
      }).mountedAt(`/var/spool/postfix-mx${number}`);
      return new ha.MailServer(d, `mx${number}`, { host: hosts[number - 1]!, queue, messagesPerSecond: 50 });
    };
    new ha.MailPair(d, 'mx', {
      servers: [server(1), server(2)],
      domains: ['example.com'],
      configuration: ha.MailConfiguration.table({ transports: { 'example.com': '[192.168.1.30]:24' } }),
      links: [lan, link, ha.serial('/dev/ttyS0')],
      fencing,
      workload: { messagesPerDay: 1_000_000, peakFactor: 2 },
    });
    d.acknowledge('mail/one-site', 'mail waits at its senders while the site is down');
    new SshTarget(this, 'ssh', { deployment: d });
  }
}
