import {
  type Deployment,
  DrbdResource,
  Duration,
  FencingDevice,
  HeartbeatCluster,
  Host,
  LdifBackup,
  Network,
  OpenLdap,
  SecretRef,
  Site,
} from '../../lib/index';

/** The directory of the README, with names and addresses that no other pair has. */
export function addDirectoryPair(d: Deployment, pair: number): readonly Host[] {
  const subnet = `${Math.floor(pair / 250)}.${pair % 250}`;
  const office = new Site(d, 'office');
  const lan = new Network(office, 'lan', { cidr: `10.${subnet}.0/24` });
  const cable = new Network(office, 'cable', { cidr: `172.${subnet}.0/24`, purpose: 'replication' });
  const node = (name: string, n: number): Host =>
    new Host(office, `${name}-${pair}`, {
      interfaces: { eth0: lan.address(`10.${subnet}.1${n}`), eth1: cable.address(`172.${subnet}.1${n}`) },
    });
  const hosts = [node('alpha', 1), node('beta', 2)] as const;
  const power = new FencingDevice(office, 'power-switch', {
    plugin: 'apcmaster',
    fences: hosts,
    parameters: { ipaddr: `10.${subnet}.9`, login: 'ha', password: SecretRef.named('power_switch') },
  });
  const disk = new DrbdResource(d, 'ldap', { hosts, network: cable, disk: '/dev/sdb1', port: 7788 });
  const slapd = new OpenLdap(d, 'slapd', {
    suffix: `dc=directory-${pair},dc=example,dc=com`,
    dataDirectory: '/var/lib/ldap/data',
  });
  const cluster = new HeartbeatCluster(d, 'pair', { hosts, links: [lan, cable], fencing: [power] });
  cluster.addGroup('directory', {
    preferred: hosts[0],
    address: lan.virtualAddress(`10.${subnet}.10`),
    members: [disk.mountedAt('/var/lib/ldap'), slapd],
  });
  new LdifBackup(d, 'dump', slapd, { interval: Duration.minutes(30), hosts });
  return hosts;
}
