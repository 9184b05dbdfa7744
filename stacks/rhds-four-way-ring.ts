import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget } from 'tandem-ha/target';

/**
 * Four suppliers, each of which feeds two others (document 002, figure 6-4): 8 agreements and less traffic, where the loss of
 * two servers at a time is negligible (R13, R14).
 */
export class RhdsFourWayRing extends TerraformStack {
  readonly deployment: ha.Deployment;

  constructor(scope: Construct, id = 'rhds-four-way-ring') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = (this.deployment = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] }));
    const site = new ha.Site(d, 'hq');
    const lan = new ha.Network(site, 'lan', { cidr: '192.0.2.0/24' });
    const suppliers = [1, 2, 3, 4].map((n) => {
      const host = new ha.Host(site, `host${n}`, { interfaces: { eth0: lan.address(`192.0.2.1${n}`) } });
      return new ha.DirectoryServer(d, `supplier${n}`, { host, engine: ha.ds389() });
    });
    const people = new ha.Directory(d, 'people', { suffix: 'dc=example,dc=com', schemaOwner: suppliers[0] });
    new ha.MultiMasterGroup(people, 'suppliers', { suppliers, topology: 'ring' }).acknowledge(
      'replication/ring',
      'the loss of two servers at a time is negligible here',
    );
    new ha.DirectoryBackup(people, 'dump', { server: suppliers[1]!, interval: ha.Duration.hours(24) });
    d.acknowledge('docker/one-daemon', 'a laboratory: in production each server has a machine of its own');
    new DockerTarget(this, 'docker', { deployment: d });
  }
}
