import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget } from 'tandem-ha/target';

/**
 * Two suppliers, two hubs that both of them feed, and consumers that both hubs feed (document 002, figure 6-8): multi-master
 * and cascading replication together (R12). Any one server can be lost, and clients still read and write.
 */
export class RhdsMixed extends TerraformStack {
  readonly deployment: ha.Deployment;

  constructor(scope: Construct, id = 'rhds-mixed') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = (this.deployment = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] }));
    const site = new ha.Site(d, 'hq');
    const lan = new ha.Network(site, 'lan', { cidr: '192.0.2.0/24' });
    const server = (name: string, last: number): ha.DirectoryServer => {
      const host = new ha.Host(site, `${name}-host`, { interfaces: { eth0: lan.address(`192.0.2.${last}`) } });
      return new ha.DirectoryServer(d, name, { host, engine: ha.ds389() });
    };
    const suppliers = [server('supplier1', 11), server('supplier2', 12)] as const;
    const suffix = 'dc=example,dc=com';
    const people = new ha.Directory(d, 'people', { suffix, schemaOwner: suppliers[0], writeFailover: true });
    const group = new ha.MultiMasterGroup(people, 'suppliers', { suppliers }).acknowledge(
      'replication/two-masters',
      'of two changes of one entry the later one is kept, which the document accepts',
    );
    const hubs = [1, 2].map(
      (n) => new ha.Hub(people, `hub${n}`, { server: server(`hub${n}-ldap`, 20 + n), from: group }),
    );
    for (const n of [1, 2])
      new ha.Consumer(people, `consumer${n}`, { server: server(`consumer${n}-ldap`, 30 + n), from: hubs });
    new ha.DirectoryBackup(people, 'dump', { server: suppliers[1], interval: ha.Duration.hours(24) });
    d.acknowledge('docker/one-daemon', 'a laboratory: in production each server has a machine of its own');
    new DockerTarget(this, 'docker', { deployment: d });
  }
}
