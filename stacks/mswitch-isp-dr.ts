import { LocalBackend, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import * as ha from 'tandem-ha';
import { DockerTarget } from 'tandem-ha/target';

/**
 * A provider with three mail pairs on its primary site and two on the one for disaster recovery (document 003, S9), a
 * directory server on each, and a Terraform stack for each, so that a lost site does not stop the plan of the other.
 */
export class MswitchIspDr extends Construct {
  readonly deployment: ha.Deployment;

  constructor(scope: Construct, id = 'mswitch-isp-dr') {
    super(scope, id);
    const d = (this.deployment = new ha.Deployment(this, id, { timeServers: ['192.0.2.1'] }));
    const place = (name: string, network: string) => {
      const site = new ha.Site(d, name);
      const lan = new ha.Network(site, 'lan', { cidr: `${network}.0/24` });
      const host = (role: string, last: number): ha.Host =>
        new ha.Host(site, `${name}-${role}`, { interfaces: { eth0: lan.address(`${network}.${last}`) } });
      return { name, site, lan, host, store: `[${network}.1]:2525` };
    };
    const [hq, dr] = [place('hq', '192.0.2'), place('dr', '198.51.100')];
    const line = { speed: ha.DataRate.megabitsPerSecond(100), roundTripTime: ha.Duration.milliseconds(20) };
    new ha.SiteLink(d, 'line', { sites: [hq.site, dr.site], ...line });

    const [master, mirror] = [hq, dr].map(
      ({ name, host }) => new ha.DirectoryServer(d, `dsa-${name}`, { host: host('ldap', 10) }),
    ) as [ha.DirectoryServer, ha.DirectoryServer];
    const facts = { suffix: 'dc=example,dc=com', purposes: ['survivability'], writeFailover: true } as const;
    const people = new ha.Directory(d, 'people', { ...facts, schemaOwner: master });
    new ha.FailoverGroup(people, 'members', { master, mirrors: [mirror] });
    new ha.DirectoryBackup(people, 'dump', { server: mirror, interval: ha.Duration.hours(1) });
    const configuration = ha.MailConfiguration.directory(people);
    const pair = ({ name, lan, host, store }: typeof hq, number: number): ha.MailPair => {
      const hosts = [1, 2].map((half) => host(`mail${number}${half}`, 10 * number + half)) as [ha.Host, ha.Host];
      const servers = hosts.map((on) => {
        const volume = { kind: 'docker', source: `${id}-${on.name}`, hosts } as const;
        const queue = new ha.SharedVolume(d, `queue-${on.name}`, volume).mountedAt(`/var/spool/postfix-${on.name}`);
        return new ha.MailServer(d, on.name, { host: on, queue });
      }) as [ha.MailServer, ha.MailServer];
      const onOneKernel = { links: [lan], deadtime: ha.Duration.seconds(5), fenceFirst: false };
      const mail = { domains: ['example.com'], configuration, relayHost: store };
      return new ha.MailPair(d, `${name}${number}`, { servers, ...mail, ...onOneKernel });
    };
    const [there, here] = [[1, 2].map((number) => pair(dr, number)), [1, 2, 3].map((number) => pair(hq, number))];
    new ha.MailFarm(d, 'farm', { pairs: [...here, ...there] });
    const recovery = { site: dr.site, primary: hq.site, pairs: there, directoryServers: [mirror] };
    new ha.DisasterRecoverySite(d, 'recovery', recovery);
    d.acknowledge('docker/one-daemon', 'the queues of a pair are volumes of one daemon; the farm has another site');
    d.acknowledge('recovery/name-server', 'another provider answers for the zone');
    d.acknowledge('recovery/secrets', 'both sites have them');
    for (const { name, site } of [hq, dr]) {
      const stack = new TerraformStack(this, `${id}-${name}`);
      new LocalBackend(stack, { path: `../../../terraform.${id}-${name}.tfstate` });
      const daemons = { [name]: { endpoint: `ssh://root@docker.${name}`, certificates: '/etc/tandem/certificates' } };
      new DockerTarget(stack, `docker-${name}`, { deployment: d, site, daemons });
    }
  }
}
