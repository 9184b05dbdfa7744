import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget } from 'tandem-ha/target';

/**
 * One supplier and two consumers (document 002, figure 6-1): reads go on when a server is lost; writes need the supplier
 * (R28). A consumer refers them to it (R3).
 */
export class RhdsSingleMaster extends TerraformStack {
  readonly deployment: ha.Deployment;

  constructor(scope: Construct, id = 'rhds-single-master') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = (this.deployment = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] }));
    const site = new ha.Site(d, 'hq');
    const lan = new ha.Network(site, 'lan', { cidr: '192.0.2.0/24' });
    const server = (name: string, last: number): ha.DirectoryServer => {
      const host = new ha.Host(site, `${name}-host`, { interfaces: { eth0: lan.address(`192.0.2.${last}`) } });
      return new ha.DirectoryServer(d, name, { host, engine: ha.ds389() });
    };
    const [a, b, c] = [server('a', 11), server('b', 12), server('c', 13)];
    const people = new ha.Directory(d, 'people', { suffix: 'dc=example,dc=com', schemaOwner: a });
    const from = new ha.MultiMasterGroup(people, 'supplier', { suppliers: [a] });
    new ha.Consumer(people, 'reads-b', { server: b, from });
    new ha.Consumer(people, 'reads-c', { server: c, from });
    new ha.DirectoryBackup(people, 'dump', { server: b, interval: ha.Duration.hours(24) });
    new DockerTarget(this, 'docker', { deployment: d });
  }
}
