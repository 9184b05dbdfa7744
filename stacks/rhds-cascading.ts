import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget, type DockerDaemon } from 'tandem-ha/target';

/**
 * The master copy is in Minneapolis, copies are in Saint Cloud and Duluth (document 002, figures 6-6 and 6-7). The line from
 * Minneapolis to Saint Cloud is very good, that to Duluth is poor, and that from Saint Cloud to Duluth is fair: from the
 * lines follows that Saint Cloud is a hub, which passes on what it gets (R17, R18).
 */
export class RhdsCascading extends TerraformStack {
  readonly deployment: ha.Deployment;

  constructor(scope: Construct, id = 'rhds-cascading') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = (this.deployment = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] }));
    const daemons: Record<string, DockerDaemon> = {};
    const place = (name: string, network: string): { site: ha.Site; server: ha.DirectoryServer } => {
      const site = new ha.Site(d, name);
      const lan = new ha.Network(site, 'lan', { cidr: `${network}.0/24` });
      const host = new ha.Host(site, `${name}-host`, { interfaces: { eth0: lan.address(`${network}.11`) } });
      daemons[name] = {
        endpoint: `ssh://root@docker.${name}`,
        hosts: [host],
        certificates: '/etc/tandem/certificates',
      };
      return { site, server: new ha.DirectoryServer(d, `${name}-ldap`, { host, engine: ha.ds389() }) };
    };
    const minneapolis = place('minneapolis', '192.0.2');
    const saintCloud = place('saint-cloud', '198.51.100');
    const duluth = place('duluth', '203.0.113');
    const line = (name: string, sites: [ha.Site, ha.Site], speed: ha.DataRate, milliseconds: number): ha.SiteLink =>
      new ha.SiteLink(d, name, { sites, speed, roundTripTime: ha.Duration.milliseconds(milliseconds) });
    line('very-good', [minneapolis.site, saintCloud.site], ha.DataRate.megabitsPerSecond(100), 5);
    line('poor', [minneapolis.site, duluth.site], ha.DataRate.kilobitsPerSecond(64), 100);
    line('fair', [saintCloud.site, duluth.site], ha.DataRate.megabitsPerSecond(1), 20);

    const people = new ha.Directory(d, 'people', {
      suffix: 'dc=example,dc=com',
      purposes: ['availability', 'local-access'],
      schemaOwner: minneapolis.server,
      load: { entries: 1_000_000, entrySize: ha.DataSize.bytes(1000) },
    });
    const from = new ha.MultiMasterGroup(people, 'supplier', { suppliers: [minneapolis.server] });
    new ha.Cascade(people, 'copies', { from, servers: [duluth.server, saintCloud.server] });
    new ha.DirectoryBackup(people, 'dump', { server: saintCloud.server, interval: ha.Duration.hours(24) });
    new DockerTarget(this, 'docker', { deployment: d, daemons });
  }
}
