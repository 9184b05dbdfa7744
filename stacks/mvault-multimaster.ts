import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget } from 'tandem-ha/target';

/** Three masters that all take writes while a majority of them is there, and two shadows (document 003), in containers. */
export class MvaultMultimaster extends TerraformStack {
  constructor(scope: Construct, id = 'mvault-multimaster') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] });

    const hq = new ha.Site(d, 'hq');
    const lan = new ha.Network(hq, 'lan', { cidr: '172.30.0.0/24', speed: ha.DataRate.gigabitsPerSecond(1) });
    const server = (name: string, last: number): ha.DirectoryServer =>
      new ha.DirectoryServer(d, name, {
        host: new ha.Host(hq, `${name}-host`, { interfaces: { eth0: lan.address(`172.30.0.${last}`) } }),
      });
    const suppliers = [server('master1', 11), server('master2', 12), server('master3', 13)] as const;

    const people = new ha.Directory(d, 'people', {
      suffix: 'dc=example,dc=com',
      purposes: ['availability', 'read-capacity'],
      writeFailover: true,
      schemaOwner: suppliers[0],
    });
    // Masters that are cut off from the others stop taking writes, so no two sides change one entry.
    const masters = new ha.MultiMasterGroup(people, 'masters', {
      suppliers,
      topology: 'mesh',
      partitionPolicy: 'quorum',
      preferredWriter: suppliers[0],
    });
    for (const [name, last] of [
      ['shadow1', 21],
      ['shadow2', 22],
    ] as const)
      new ha.Consumer(people, `${name}-copy`, { server: server(name, last), from: masters });
    d.acknowledge('multimaster/quorum-is-a-guard', 'the directory takes few writes, and a lost one is entered again');
    d.acknowledge('docker/one-daemon', 'a laboratory: in production each master has a daemon on a machine of its own');
    new ha.DirectoryBackup(people, 'dump', { server: suppliers[1], interval: ha.Duration.hours(1) });

    new DockerTarget(this, 'docker', { deployment: d });
  }
}
