import {
  Consumer,
  DataRate,
  Deployment,
  Directory,
  DirectoryBackup,
  DirectoryServer,
  Duration,
  type Engine,
  FailoverGroup,
  Host,
  Hub,
  MultiMasterGroup,
  Network,
  Site,
  SiteLink,
  ds389,
  openldap,
} from '../../lib/index';
import type { Topology } from '../../lib/topology/topology';

/**
 * Two directories without faults: `people` on OpenLDAP, a failover group over two sites with a hub and a consumer that
 * lacks photos; `phones` on 389 Directory Server, three suppliers in a mesh and a consumer.
 */
export function buildDirectories(): Deployment {
  const d = new Deployment(undefined, 'directories', { timeServers: ['192.0.2.1'] });
  const [hq, dr] = [new Site(d, 'hq'), new Site(d, 'dr')];
  const nets = [new Network(hq, 'lan', { cidr: '192.0.2.0/24' }), new Network(dr, 'lan', { cidr: '198.51.100.0/24' })];
  let last = 10;
  const server = (name: string, engine: Engine, site = hq): DirectoryServer => {
    const net = nets[site === hq ? 0 : 1]!;
    const prefix = site === hq ? '192.0.2' : '198.51.100';
    const host = new Host(site, `${name}-host`, { interfaces: { eth0: net.address(`${prefix}.${(last += 1)}`) } });
    return new DirectoryServer(d, name, { host, engine });
  };
  const [a, b, c] = [server('a', openldap()), server('b', openldap()), server('c', openldap(), dr)];
  const people = new Directory(d, 'people', {
    suffix: 'dc=example,dc=com',
    purposes: ['availability', 'survivability'],
    writeFailover: true,
    schemaOwner: a,
  });
  const interval = Duration.hours(1);
  new SiteLink(d, 'line', {
    sites: [hq, dr],
    speed: DataRate.megabitsPerSecond(100),
    roundTripTime: Duration.milliseconds(20),
  });
  new DirectoryBackup(people, 'dump', { server: b, interval });
  const group = new FailoverGroup(people, 'group', { master: a, mirrors: [b, c] });
  const hub = new Hub(people, 'hub', { server: server('h', openldap()), from: group });
  new Consumer(people, 'shadow', {
    server: server('s', openldap()),
    from: hub,
    excludedAttributes: ['jpegPhoto', 'audio'],
  });
  const [x, y, z] = [server('x', ds389()), server('y', ds389()), server('z', ds389(), dr)];
  const phones = new Directory(d, 'phones', { suffix: 'dc=example,dc=net', schemaOwner: x });
  const suppliers = new MultiMasterGroup(phones, 'suppliers', { suppliers: [x, y, z], preferredWriter: x });
  new Consumer(phones, 'readers', { server: server('w', ds389()), from: suppliers });
  new DirectoryBackup(phones, 'dump', { server: z, interval });
  return d;
}

/** The topology of `buildDirectories`. */
export const directories = (): Topology => buildDirectories().topology();
