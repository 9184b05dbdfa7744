import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { SshTarget } from 'tandem-ha/target';

/**
 * Document 004 to the letter (X22-X28): DRBD 0.7, one cable for heartbeats and replication, no fencing. The checks
 * refuse it; it is here to show what they find.
 */
export class OxAsPublished extends TerraformStack {
  constructor(scope: Construct, id = 'ox-as-published') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = new ha.Deployment(this, id, { drbdVersion: '0.7' });

    const hq = new ha.Site(d, 'hq');
    const speed = ha.DataRate.megabitsPerSecond(100);
    const lan = new ha.Network(hq, 'lan', { cidr: '192.168.1.0/24', speed });
    const link = new ha.Network(hq, 'link', { cidr: '192.168.180.0/24', speed, purpose: 'replication' });
    const node = (name: string, admin: string, replication: string): ha.Host =>
      new ha.Host(hq, name, { interfaces: { eth0: lan.address(admin), eth1: link.address(replication) } });
    const hosts = [
      node('ox1', '192.168.1.161', '192.168.180.20'),
      node('ox2', '192.168.1.162', '192.168.180.10'),
    ] as const;

    const resource = (number: number, more: Partial<ha.DrbdResourceProps>): ha.DrbdResource =>
      new ha.DrbdResource(d, `r${number}`, {
        hosts,
        network: link,
        disk: `/dev/sdb${number + 1}`,
        port: 7788 + number,
        inconDegrCmd: "echo '!DRBD! pri on incon-degr' | wall ; sleep 60 ; halt -f",
        wfcTimeout: 'infinite',
        degrWfcTimeout: ha.Duration.seconds(120),
        resyncRate: ha.DataRate.mebibytesPerSecond(5),
        resyncGroup: 1,
        koCount: 4,
        ...more,
      });
    const disks = [resource(0, { alExtents: 257 }), resource(1, {}), resource(2, {}), resource(3, {})] as const;
    const promote = disks.map((disk) => disk.activated('datadisk'));
    const [pgsql, ldap, index, spool] = [
      disks[0].mountedAt('/var/lib/pgsql', 'reiserfs'),
      disks[1].mountedAt('/var/lib/ldap', 'reiserfs'),
      disks[2].mountedAt('/var/lib/imap', 'reiserfs'),
      disks[3].mountedAt('/var/spool/imap', 'reiserfs'),
    ];

    const slapd = new ha.OpenLdap(d, 'ldap', { initScript: 'ldap', suffix: 'dc=example,dc=com' });
    const saslauthd = new ha.SaslAuthd(d, 'saslauthd', { directory: slapd });
    const database = new ha.PostgreSql(d, 'postgresql', { dataDirectory: '/var/lib/pgsql/data' });
    const mail = { configurationDirectory: '/var/lib/imap', mailPartition: '/var/spool/imap' };
    const cyrus = new ha.CyrusImap(d, 'cyrus', { initScript: 'cyrus', ...mail });
    const postfix = new ha.Postfix(d, 'postfix', { hostname: 'mail.example.com', deliverTo: cyrus });
    const state = { '/var/opt/openexchange': 'documents and attachments' };
    const openXchange = new ha.Service(d, 'openexchange', { state, ports: [80] });

    const cluster = new ha.HeartbeatCluster(d, 'ox', { hosts, links: [link], monitoring: false });
    cluster.addGroup('groupware', {
      preferred: hosts[0],
      address: lan.virtualAddress('192.168.1.160'),
      addressPosition: 'first',
      addressScript: 'IPaddr',
      start: 'in-turn',
      members: [
        ...[promote[1]!, ldap, slapd, saslauthd],
        ...[promote[0]!, pgsql, database],
        ...[promote[2]!, promote[3]!, index, spool, cyrus, postfix, openXchange],
      ],
    });
    new SshTarget(this, 'ssh', { deployment: d });
  }
}
