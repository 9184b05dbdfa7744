import {
  BalancedService,
  DataRate,
  DataSize,
  Deployment,
  Directory,
  DirectoryBackup,
  DirectoryServer,
  DisasterRecoverySite,
  DrbdResource,
  Duration,
  FailoverGroup,
  FencingDevice,
  Host,
  LoadBalancer,
  MailConfiguration,
  MailFarm,
  MailPair,
  MailServer,
  Network,
  PowerFeed,
  SecretRef,
  Site,
  SiteLink,
  Switch,
  serial,
} from '../../lib/index';
import type { Topology } from '../../lib/topology/topology';

/** A place with a pair, two load balancers, a name server and what makes them independent. */
function place(d: Deployment, name: string, prefix: string, directory: boolean) {
  const site = new Site(d, name);
  const feeds = ['feed-a', 'feed-b', 'feed-c'].map((feed) => new PowerFeed(site, feed));
  const switches = ['switch-a', 'switch-b'].map((one) => new Switch(site, one));
  const lan = new Network(site, 'lan', { cidr: `${prefix}.0/24`, switches });
  const link = new Network(site, 'link', {
    cidr: `10.0.${name === 'hq' ? 1 : 2}.0/24`,
    purpose: 'replication',
    speed: DataRate.gigabitsPerSecond(1),
  });
  const host = (role: string, last: number): Host =>
    new Host(site, `${name}-${role}`, {
      interfaces: { eth0: lan.address(`${prefix}.${last}`), eth1: link.address(link.cidr.replace('0/24', `${last}`)) },
      on: [feeds[last % 2]!],
      serialPorts: ['/dev/ttyS0'],
    });
  const [one, two] = [host('mail1', 11), host('mail2', 12)];
  const fences = (target: Host, from: Host): FencingDevice =>
    new FencingDevice(site, `fence-${target.name}`, {
      plugin: 'external/ipmi',
      fences: [target],
      from,
      on: [feeds[2]!],
      parameters: {
        hostname: target.name,
        ipaddr: target.interfaceIn(lan)!.address,
        userid: 'tandem',
        passwd: SecretRef.named('ipmi'),
        interface: 'lanplus',
      },
    });
  const queue = (of: Host, port: number): DrbdResource =>
    new DrbdResource(d, `queue-${of.name}`, {
      hosts: [one, two],
      network: link,
      disk: `/dev/sd${port === 7801 ? 'b' : 'c'}1`,
      port,
      resyncRate: DataRate.mebibytesPerSecond(10),
    });
  const server = (of: Host, port: number): MailServer =>
    new MailServer(d, `mx-${of.name}`, {
      host: of,
      queue: queue(of, port).mountedAt(`/var/spool/postfix-${of.name}`),
      messagesPerSecond: 50,
    });
  const servers = [server(one, 7801), server(two, 7802)] as const;
  const directoryServers = (directory ? [one, two] : []).map(
    (of) => new DirectoryServer(d, `ldap-${of.name}`, { host: of }),
  );
  const balancers = [host('lb1', 13), host('lb2', 14)];
  return {
    ...{ site, lan, servers, directoryServers, balancers, nameServer: host('ns', 15) },
    links: [link, serial('/dev/ttyS0')],
    fencing: [fences(one, two), fences(two, one)],
    balancerFencing: [fences(balancers[0]!, balancers[1]!), fences(balancers[1]!, balancers[0]!)],
  };
}

/** The directory of the addresses: the first server is master, the others are mirrors. */
function directoryOf(d: Deployment, [master, ...mirrors]: readonly DirectoryServer[]): Directory {
  if (!master) throw new Error('a directory needs a server');
  const people = new Directory(d, 'people', {
    suffix: 'dc=example,dc=com',
    purposes: ['availability', 'survivability'],
    writeFailover: true,
    schemaOwner: master,
  });
  new FailoverGroup(people, 'masters', { master, mirrors });
  new DirectoryBackup(people, 'dump', { server: mirrors[0]!, interval: Duration.hours(1) });
  return people;
}

/**
 * Mail without faults: a farm of two pairs over two sites, configured by a directory with a master at `hq` and mirrors,
 * two load balancers on each site, and `dr` as disaster-recovery site.
 * @param configuration `table`: the same without a directory
 */
export function buildMail(configuration: 'directory' | 'table' = 'directory'): Deployment {
  const d = new Deployment(undefined, 'mail', { timeServers: ['192.0.2.1'] });
  const [hq, dr] = [
    place(d, 'hq', '192.0.2', configuration === 'directory'),
    place(d, 'dr', '198.51.100', configuration === 'directory'),
  ];
  new SiteLink(d, 'line', {
    sites: [hq.site, dr.site],
    speed: DataRate.megabitsPerSecond(100),
    roundTripTime: Duration.milliseconds(20),
  });
  const people =
    configuration === 'directory' ? directoryOf(d, [...hq.directoryServers, ...dr.directoryServers]) : undefined;
  const pairs = [hq, dr].map(
    ({ site, servers, links, fencing }) =>
      new MailPair(d, `mx-${site.name}`, {
        servers,
        domains: ['example.com', 'example.net'],
        configuration: people ? MailConfiguration.directory(people) : MailConfiguration.table(),
        links,
        fencing,
        relayHost: '[store.example.com]:24',
      }),
  );
  for (const [index, { site, lan, balancers, balancerFencing }] of [hq, dr].entries())
    new LoadBalancer(d, `front-${site.name}`, {
      address: lan.virtualAddress(lan.cidr.replace('0/24', '100')),
      on: { hosts: balancers, fencing: balancerFencing },
      services: [
        BalancedService.mail([pairs[index]!]),
        ...(people ? [BalancedService.directoryReads(people), BalancedService.directoryWrites(people)] : []),
      ],
    });
  new MailFarm(d, 'farm', {
    pairs,
    workload: {
      messagesPerDay: 2_000_000,
      messageSize: DataSize.kibibytes(50),
      recipients: 2,
      peakFactor: 2,
    },
  });
  new DisasterRecoverySite(d, 'recovery', {
    site: dr.site,
    primary: hq.site,
    pairs: [pairs[1]!],
    directoryServers: dr.directoryServers,
    nameServers: [hq.nameServer, dr.nameServer],
    secretStores: [dr.nameServer],
  });
  return d;
}

/** The topology of `buildMail`. */
export const mail = (): Topology => buildMail().topology();
