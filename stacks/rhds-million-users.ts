import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget } from 'tandem-ha/target';

/**
 * 1,000,000 users and their mail (document 002, "Example of Load Balancing for Improved Performance"; R34 to R36): few
 * servers that take writes in one place, a hub on each of four sites, and behind it consumers, which take all reads. How
 * many follows from the look-ups: 3,125 a second and 500 for each server. A name for each site keeps users local.
 */
export class RhdsMillionUsers extends TerraformStack {
  readonly deployment: ha.Deployment;

  constructor(scope: Construct, id = 'rhds-million-users') {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const d = (this.deployment = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] }));
    const daemons: Record<string, { endpoint: string; hosts: ha.Host[]; certificates: string }> = {};
    const place = (name: string, network: string): { site: ha.Site; host: (name: string) => ha.Host } => {
      const site = new ha.Site(d, name);
      const lan = new ha.Network(site, 'lan', { cidr: `${network}.0/24` });
      let last = 10;
      const next = (): ha.NetworkAddress => lan.address(`${network}.${(last += 1)}`);
      const hosts: ha.Host[] = [];
      daemons[name] = { endpoint: `ssh://root@docker.${name}`, hosts, certificates: '/etc/tandem/certificates' };
      const host = (label: string): ha.Host => {
        hosts.push(new ha.Host(site, label, { interfaces: { eth0: next() } }));
        return hosts[hosts.length - 1]!;
      };
      return { site, host };
    };
    const server = (host: ha.Host): ha.DirectoryServer =>
      new ha.DirectoryServer(d, `${host.name}-ldap`, { host, engine: ha.ds389() });
    const center = place('center', '192.0.2');
    const suppliers = [server(center.host('supplier1')), server(center.host('supplier2'))] as const;
    const people = new ha.Directory(d, 'people', {
      suffix: 'dc=example,dc=com',
      purposes: ['read-capacity', 'availability', 'local-access'],
      writeFailover: true,
      schemaOwner: suppliers[0],
      load: {
        entries: 1_500_000,
        entrySize: ha.DataSize.bytes(1000),
        reads: {
          users: 1_000_000,
          lookupsPerUser: 10,
          mails: 25_000_000,
          lookupsPerMail: 5,
          window: ha.Duration.hours(12),
        },
      },
    });
    const from = new ha.MultiMasterGroup(people, 'suppliers', { suppliers }).acknowledge(
      'replication/two-masters',
      'of two changes of one entry the later one is kept, which the document accepts',
    );

    const names = ['east', 'central', 'mountain', 'pacific'];
    // Each site carries its share with half of its servers: users go to another site only when more of them are lost.
    const consumersOfSite = 2 * Math.ceil(people.serversForReads() / names.length);
    const consumers = names.map((name, index) => {
      const { site, host } = place(name, `198.51.${100 + index}`);
      new ha.SiteLink(d, `line-${name}`, {
        sites: [center.site, site],
        speed: ha.DataRate.megabitsPerSecond(10),
        roundTripTime: ha.Duration.milliseconds(100),
      });
      const hub = server(host(`${name}-hub`));
      const own = Array.from({ length: consumersOfSite }, (_, n) => server(host(`${name}${n + 1}`)));
      new ha.Cascade(people, name, { from, servers: [hub, ...own] });
      return [`ldap.${name}`, own] as const;
    });
    // No containers, so they are not on the bridge of the containers.
    const others = new ha.Network(center.site, 'others', { cidr: '203.0.113.0/24' });
    const nameServers = [1, 2].map(
      (n) => new ha.Host(center.site, `ns${n}`, { interfaces: { eth0: others.address(`203.0.113.${n}`) } }),
    );
    new ha.DnsZone(d, 'zone', { origin: 'example.com', nameServers, roundRobin: Object.fromEntries(consumers) });
    new ha.DirectoryBackup(people, 'dump', { server: suppliers[1], interval: ha.Duration.hours(24) });
    d.acknowledge('docker/one-daemon', 'a laboratory: in production each supplier has a machine of its own');
    const hosts = Object.values(daemons).flatMap((daemon) => daemon.hosts);
    new DockerTarget(this, 'docker', { deployment: d, hosts, daemons });
  }
}
