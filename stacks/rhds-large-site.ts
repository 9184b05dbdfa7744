import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget, type DockerDaemon } from 'tandem-ha/target';

/**
 * Two buildings with an ISDN line between, which is busy in business hours (document 002, "Example Replication Strategy for a
 * Large Site"; R38). The suppliers are in building A, where the owners of the data are: two, since clients must be able to
 * write although one is lost. Building B gets its updates at night (R32) and has a replica of its own.
 */
export class RhdsLargeSite extends TerraformStack {
  readonly deployment: ha.Deployment;

  constructor(scope: Construct, id = 'rhds-large-site') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = (this.deployment = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] }));
    const [a, b] = [new ha.Site(d, 'building-a'), new ha.Site(d, 'building-b')];
    const speed = ha.DataRate.megabitsPerSecond(100);
    const lanA = new ha.Network(a, 'lan', { cidr: '192.0.2.0/24', speed });
    const lanB = new ha.Network(b, 'lan', { cidr: '198.51.100.0/24', speed });
    const server = (site: ha.Site, name: string, eth0: ha.NetworkAddress): ha.DirectoryServer =>
      new ha.DirectoryServer(d, name, {
        host: new ha.Host(site, `${name}-host`, { interfaces: { eth0 } }),
        engine: ha.ds389(),
      });
    const suppliers = [
      server(a, 'a1', lanA.address('192.0.2.11')),
      server(a, 'a2', lanA.address('192.0.2.12')),
    ] as const;
    const copies = [
      server(b, 'b1', lanB.address('198.51.100.11')),
      server(b, 'b2', lanB.address('198.51.100.12')),
    ] as const;
    new ha.SiteLink(d, 'isdn', {
      sites: [a, b],
      speed: ha.DataRate.kilobitsPerSecond(128),
      roundTripTime: ha.Duration.milliseconds(40),
    });
    const people = new ha.Directory(d, 'people', {
      suffix: 'dc=example,dc=com',
      purposes: ['availability', 'local-access'],
      writeFailover: true,
      schemaOwner: suppliers[0],
      load: { entries: 1_000_000, entrySize: ha.DataSize.bytes(1000) },
    });
    const from = new ha.MultiMasterGroup(people, 'suppliers', { suppliers }).acknowledge(
      'replication/two-masters',
      'of two changes of one entry the later one is kept, which the document accepts',
    );
    const updateMode = ha.UpdateMode.during([{ from: '00:00', to: '06:00' }]);
    new ha.Cascade(people, 'building-b', { from, servers: copies, updateMode }).acknowledge(
      'replication/ds389-window',
      'the document sends at night (R32); updateMode goes where the version does not send then',
    );
    new ha.DirectoryBackup(people, 'dump', { server: suppliers[1], interval: ha.Duration.hours(24) });
    const daemon = (site: ha.Site, servers: readonly ha.DirectoryServer[]): DockerDaemon => ({
      endpoint: `ssh://root@docker.${site.name}`,
      hosts: servers.map(({ host }) => host),
      certificates: '/etc/tandem/certificates',
    });
    d.acknowledge('docker/one-daemon', 'a laboratory: in production each supplier has a machine of its own');
    new DockerTarget(this, 'docker', { deployment: d, daemons: { a: daemon(a, suppliers), b: daemon(b, copies) } });
  }
}
