import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { SshTarget } from 'tandem-ha/target';

/** Groupware on two nodes, one of them working (document 004): the published design with its faults mended. */
export class OxColdStandby extends TerraformStack {
  constructor(scope: Construct, id = 'ox-cold-standby') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = new ha.Deployment(this, id, { timeServers: ['192.168.1.1'] });

    const hq = new ha.Site(d, 'hq');
    const speed = ha.DataRate.gigabitsPerSecond(1);
    const lan = new ha.Network(hq, 'lan', { cidr: '192.168.1.0/24', speed, switches: [new ha.Switch(hq, 'switch')] });
    const link = new ha.Network(hq, 'link', { cidr: '192.168.180.0/24', speed, purpose: 'replication' });
    const feeds = [new ha.PowerFeed(hq, 'feed-a'), new ha.PowerFeed(hq, 'feed-b')] as const;
    const node = (name: string, last: number, feed: ha.PowerFeed): ha.Host =>
      new ha.Host(hq, name, {
        interfaces: { eth0: lan.address(`192.168.1.${160 + last}`), eth1: link.address(`192.168.180.${last}0`) },
        serialPorts: ['/dev/ttyS0'],
        on: [feed],
      });
    const hosts = [node('ox1', 1, feeds[0]), node('ox2', 2, feeds[1])] as const;
    // A service processor hangs on the other node's feed, so that it answers when its own node's feed is dead.
    const fence = (host: ha.Host, ipaddr: string, feed: ha.PowerFeed): ha.FencingDevice =>
      new ha.FencingDevice(hq, `${host.name}-ipmi`, {
        plugin: 'external/ipmi',
        fences: [host],
        parameters: {
          hostname: host.name,
          ipaddr,
          userid: 'ha',
          passwd: ha.SecretRef.named('ipmi'),
          interface: 'lanplus',
        },
        on: [feed],
      });
    const fencing = [fence(hosts[0], '192.168.1.171', feeds[1]), fence(hosts[1], '192.168.1.172', feeds[0])];

    const resyncRate = ha.DataRate.mebibytesPerSecond(30);
    const mount = (name: string, partition: number, port: number, directory: string): ha.Mount =>
      new ha.DrbdResource(d, name, { hosts, network: link, disk: `/dev/sdb${partition}`, port, resyncRate }).mountedAt(
        directory,
      );

    const ldap = new ha.OpenLdap(d, 'slapd', { suffix: 'dc=example,dc=com', dataDirectory: '/var/lib/ldap/data' });
    const sasl = new ha.SaslAuthd(d, 'saslauthd', { directory: ldap });
    const sql = new ha.PostgreSql(d, 'postgresql', { dataDirectory: '/var/lib/pgsql/15/main' });
    const mail = { configurationDirectory: '/var/lib/imap', mailPartition: '/var/spool/imap', requires: [sasl] };
    const imap = new ha.CyrusImap(d, 'cyrus', mail);
    const smtp = new ha.Postfix(d, 'postfix', {
      hostname: 'mail.example.com',
      destinations: ['example.com'],
      trustedNetworks: [lan],
      queueDirectory: '/var/spool/mta/queue',
      deliverTo: imap,
    });
    const documents = '/var/opt/openexchange';
    const state = { [documents]: 'documents and attachments' };
    const ox = new ha.Service(d, 'openexchange', { state, ports: [80], requires: [ldap, sql, imap, smtp] });

    const cluster = new ha.HeartbeatCluster(d, 'ox', { hosts, links: [lan, link, ha.serial('/dev/ttyS0')], fencing });
    cluster.addGroup('groupware', {
      preferred: hosts[0],
      address: lan.virtualAddress('192.168.1.160'),
      members: [
        ...[mount('ldap', 1, 7788, '/var/lib/ldap'), ldap, sasl],
        ...[mount('pgsql', 2, 7789, '/var/lib/pgsql'), sql],
        ...[mount('imap', 3, 7790, '/var/lib/imap'), mount('spool', 5, 7791, '/var/spool/imap'), imap],
        ...[mount('queue', 6, 7792, '/var/spool/mta'), smtp],
        ...[mount('documents', 7, 7793, documents), ox],
      ],
    });
    const dumps = { interval: ha.Duration.minutes(30), hosts };
    new ha.LdifBackup(d, 'directory-dump', ldap, dumps);
    new ha.SqlBackup(d, 'database-dump', sql, dumps);
    new SshTarget(this, 'ssh', { deployment: d });
  }
}
