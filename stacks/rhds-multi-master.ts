import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget } from 'tandem-ha/target';

/**
 * Two suppliers that feed each other and two consumers that both of them feed (document 002, figures 6-2 and 6-5): clients
 * can write although a server is lost (R28). Of two changes of one entry the later one is kept (R10, R11).
 */
export class RhdsMultiMaster extends TerraformStack {
  readonly deployment: ha.Deployment;

  constructor(scope: Construct, id = 'rhds-multi-master') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = (this.deployment = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] }));
    const site = new ha.Site(d, 'hq');
    const lan = new ha.Network(site, 'lan', { cidr: '192.0.2.0/24' });
    const server = (name: string, last: number): ha.DirectoryServer => {
      const host = new ha.Host(site, `${name}-host`, { interfaces: { eth0: lan.address(`192.0.2.${last}`) } });
      return new ha.DirectoryServer(d, name, { host, engine: ha.ds389() });
    };
    const suppliers = [server('a', 11), server('b', 12)] as const;
    const suffix = 'dc=example,dc=com';
    const people = new ha.Directory(d, 'people', { suffix, schemaOwner: suppliers[0], writeFailover: true });
    const from = new ha.MultiMasterGroup(people, 'suppliers', { suppliers }).acknowledge(
      'replication/two-masters',
      'of two changes of one entry the later one is kept, which the document accepts',
    );
    new ha.Consumer(people, 'reads-c', { server: server('c', 13), from });
    new ha.Consumer(people, 'reads-d', { server: server('d', 14), from });
    new ha.DirectoryBackup(people, 'dump', { server: suppliers[1], interval: ha.Duration.hours(24) });
    d.acknowledge('docker/one-daemon', 'a laboratory: in production each server has a machine of its own');
    new DockerTarget(this, 'docker', { deployment: d });
  }
}
