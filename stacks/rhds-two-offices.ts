import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget, type DockerDaemon } from 'tandem-ha/target';

/**
 * New York and Los Angeles with a dial-up line between (document 002, "Example of Network Load Balancing"; R33): each office
 * manages a subtree of its own. Its supplier feeds a second server in the office and, at night, the supplier of the other
 * office, which passes it on there: every lookup stays in its office.
 */
export class RhdsTwoOffices extends TerraformStack {
  readonly deployment: ha.Deployment;

  constructor(scope: Construct, id = 'rhds-two-offices') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = (this.deployment = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] }));
    const daemons: Record<string, DockerDaemon> = {};
    const office = (name: string, network: string) => {
      const site = new ha.Site(d, name);
      const lan = new ha.Network(site, 'lan', { cidr: `${network}.0/24` });
      const [supplier, replica] = ['supplier', 'replica'].map((role, index) => {
        const eth0 = lan.address(`${network}.${11 + index}`);
        const host = new ha.Host(site, `${name}-${role}-host`, { interfaces: { eth0 } });
        return new ha.DirectoryServer(d, `${name}-${role}`, { host, engine: ha.ds389() });
      }) as [ha.DirectoryServer, ha.DirectoryServer];
      const hosts = [supplier.host, replica.host];
      daemons[name] = { endpoint: `ssh://root@docker.${name}`, hosts, certificates: '/etc/tandem/certificates' };
      return { name, site, supplier, replica };
    };
    const offices = [office('new-york', '192.0.2'), office('los-angeles', '198.51.100')] as const;
    new ha.SiteLink(d, 'dial-up', {
      sites: [offices[0].site, offices[1].site],
      speed: ha.DataRate.kilobitsPerSecond(56),
      roundTripTime: ha.Duration.milliseconds(100),
    });
    const atNight = ha.UpdateMode.during([{ from: '01:00', to: '06:00' }]);
    for (const [here, there] of [offices, [offices[1], offices[0]]] as const) {
      const directory = new ha.Directory(d, `people-of-${here.name}`, {
        suffix: `ou=${here.name},dc=example,dc=com`,
        purposes: ['availability', 'local-access'],
        schemaOwner: here.supplier,
        load: { entries: 100_000, entrySize: ha.DataSize.bytes(1000) },
      });
      const from = new ha.MultiMasterGroup(directory, 'supplier', { suppliers: [here.supplier] });
      new ha.Consumer(directory, 'here', { server: here.replica, from });
      const remote = new ha.Hub(directory, 'there', { server: there.supplier, from, updateMode: atNight });
      remote.acknowledge(
        'replication/ds389-window',
        'the document sends at night (R33); updateMode goes where the version does not send then',
      );
      new ha.Consumer(directory, 'there-replica', { server: there.replica, from: remote });
      new ha.DirectoryBackup(directory, 'dump', { server: here.replica, interval: ha.Duration.hours(24) });
    }
    new DockerTarget(this, 'docker', { deployment: d, daemons });
  }
}
