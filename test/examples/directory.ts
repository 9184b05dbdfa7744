import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { SshTarget } from 'tandem-ha/target';

/** An LDAP directory on two nodes: DRBD replicates it, Heartbeat moves it, a power switch fences. */
export class Directory extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const d = new ha.Deployment(this, 'directory', { timeServers: ['192.0.2.1'] });

    const office = new ha.Site(d, 'office');
    const lan = new ha.Network(office, 'lan', { cidr: '192.0.2.0/24' });
    const cable = new ha.Network(office, 'cable', { cidr: '198.51.100.0/24', purpose: 'replication' });
    const node = (name: string, n: number): ha.Host =>
      new ha.Host(office, name, {
        interfaces: { eth0: lan.address(`192.0.2.1${n}`), eth1: cable.address(`198.51.100.1${n}`) },
      });
    const hosts = [node('alpha', 1), node('beta', 2)] as const;
    const power = new ha.FencingDevice(office, 'power-switch', {
      plugin: 'apcmaster',
      fences: hosts,
      parameters: { ipaddr: '192.0.2.9', login: 'ha', password: ha.SecretRef.named('power_switch') },
    });

    const disk = new ha.DrbdResource(d, 'ldap', { hosts, network: cable, disk: '/dev/sdb1', port: 7788 });
    const slapd = new ha.OpenLdap(d, 'slapd', { suffix: 'dc=example,dc=com', dataDirectory: '/var/lib/ldap/data' });
    const cluster = new ha.HeartbeatCluster(d, 'pair', { hosts, links: [lan, cable], fencing: [power] });
    cluster.addGroup('directory', {
      preferred: hosts[0],
      address: lan.virtualAddress('192.0.2.10'),
      members: [disk.mountedAt('/var/lib/ldap'), slapd],
    });
    new ha.LdifBackup(d, 'dump', slapd, { interval: ha.Duration.minutes(30), hosts });
    new SshTarget(this, 'ssh', { deployment: d });
  }
}

if (require.main === module) {
  const app = new App();
  new Directory(app, 'directory');
  app.synth();
}
