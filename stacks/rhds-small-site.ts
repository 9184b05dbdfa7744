import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget } from 'tandem-ha/target';

/**
 * One building with a fast, quiet network, and a load that one server carries (document 002, "Example Replication Strategy
 * for a Small Site"; R37): one replica for the time in which the other server is off, and one name for both (R29). The
 * document says 100 MB a second; here it is 100 Mbit/s, which is what such a network had (E23).
 */
export class RhdsSmallSite extends TerraformStack {
  readonly deployment: ha.Deployment;

  constructor(scope: Construct, id = 'rhds-small-site') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = (this.deployment = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] }));
    const building = new ha.Site(d, 'building');
    const speed = ha.DataRate.megabitsPerSecond(100);
    const lan = new ha.Network(building, 'lan', { cidr: '192.0.2.0/24', speed });
    const host = (name: string, eth0: ha.NetworkAddress): ha.Host =>
      new ha.Host(building, name, { interfaces: { eth0 } });
    const server = (name: string, last: number): ha.DirectoryServer =>
      new ha.DirectoryServer(d, name, {
        host: host(`${name}-host`, lan.address(`192.0.2.${last}`)),
        engine: ha.ds389(),
      });
    const [supplier, replica] = [server('supplier', 11), server('replica', 12)];
    const people = new ha.Directory(d, 'people', {
      suffix: 'dc=example,dc=com',
      schemaOwner: supplier,
      load: { entries: 10_000, entrySize: ha.DataSize.bytes(1000), reads: { users: 1000 } },
    });
    const from = new ha.MultiMasterGroup(people, 'group', { suppliers: [supplier] });
    new ha.Consumer(people, 'reads', { server: replica, from });
    new ha.DirectoryBackup(people, 'dump', { server: replica, interval: ha.Duration.hours(24) });
    // No container, so it is not on the bridge of the containers.
    const others = new ha.Network(building, 'others', { cidr: '198.51.100.0/24', speed });
    new ha.DnsZone(d, 'zone', {
      origin: 'example.com',
      nameServers: [host('ns1', others.address('198.51.100.2'))],
      roundRobin: { ldap: [supplier, replica] },
    });
    new DockerTarget(this, 'docker', { deployment: d, hosts: [supplier.host, replica.host] });
  }
}
