import {
  CyrusImap,
  DataRate,
  DataSize,
  type Deployment,
  DrbdResource,
  Duration,
  FencingDevice,
  HeartbeatCluster,
  Host,
  LdifBackup,
  Network,
  OpenLdap,
  Postfix,
  PostgreSql,
  PowerFeed,
  SaslAuthd,
  SecretRef,
  Service,
  Site,
  SqlBackup,
  serial,
} from '../../lib/index';

/** The two-node groupware server of document 004, with names and addresses that no other pair has. */
export function addGroupwarePair(d: Deployment, pair: number): readonly Host[] {
  const subnet = `${Math.floor(pair / 250)}.${pair % 250}`;
  const site = new Site(d, 'hq');
  const speed = DataRate.gigabitsPerSecond(1);
  const lan = new Network(site, 'lan', { cidr: `10.${subnet}.0/24`, speed });
  const link = new Network(site, 'link', { cidr: `172.${subnet}.0/24`, purpose: 'replication', speed });
  const feeds = [new PowerFeed(site, 'feed-a'), new PowerFeed(site, 'feed-b')] as const;
  const node = (n: 1 | 2): Host =>
    new Host(site, `ox${n}-${pair}`, {
      interfaces: { eth0: lan.address(`10.${subnet}.16${n}`), eth1: link.address(`172.${subnet}.${n}0`) },
      serialPorts: ['/dev/ttyS0'],
      memory: DataSize.gibibytes(16),
      processors: 8,
      on: [feeds[n - 1] ?? feeds[0]],
    });
  const hosts = [node(1), node(2)] as const;
  const fencing = hosts.map(
    (host, index) =>
      new FencingDevice(site, `${host.name}-ipmi`, {
        plugin: 'external/ipmi',
        fences: [host],
        parameters: {
          hostname: host.name,
          ipaddr: `10.${subnet}.17${index + 1}`,
          userid: 'fencing',
          passwd: SecretRef.named('ipmi'),
          interface: 'lanplus',
        },
        on: [feeds[1 - index] ?? feeds[0]],
      }),
  );
  const volume = (name: string, partition: number): DrbdResource =>
    new DrbdResource(d, name, {
      hosts,
      network: link,
      disk: `/dev/sdb${partition}`,
      port: 7787 + partition,
      resyncRate: DataRate.mebibytesPerSecond(30),
    });
  const ldap = new OpenLdap(d, 'directory', {
    suffix: `dc=groupware-${pair},dc=example,dc=com`,
    dataDirectory: '/var/lib/ldap/data',
    memory: DataSize.gibibytes(1),
    processors: 1,
  });
  const saslauthd = new SaslAuthd(d, 'saslauthd', { directory: ldap });
  const database = new PostgreSql(d, 'postgresql', {
    dataDirectory: '/var/lib/pgsql/15/main',
    memory: DataSize.gibibytes(2),
    processors: 1,
  });
  const imap = new CyrusImap(d, 'cyrus', {
    configurationDirectory: '/var/lib/imap',
    mailPartition: '/var/spool/imap',
    requires: [saslauthd],
  });
  const postfix = new Postfix(d, 'postfix', {
    hostname: `mail-${pair}.example.com`,
    destinations: [`groupware-${pair}.example.com`],
    trustedNetworks: [lan],
    queueDirectory: '/var/spool/mta/queue',
    deliverTo: imap,
  });
  const openXchange = new Service(d, 'openexchange', {
    state: { '/var/opt/openexchange': 'documents and attachments' },
    ports: [80],
    requires: [ldap, database, imap, postfix],
  });
  const cluster = new HeartbeatCluster(d, 'ox', { hosts, links: [lan, link, serial('/dev/ttyS0')], fencing });
  cluster.addGroup('groupware', {
    preferred: hosts[0],
    address: lan.virtualAddress(`10.${subnet}.160`),
    members: [
      volume('ldap', 1).mountedAt('/var/lib/ldap'),
      ldap,
      saslauthd,
      volume('database', 2).mountedAt('/var/lib/pgsql'),
      database,
      volume('imap-index', 3).mountedAt('/var/lib/imap'),
      volume('imap-spool', 5).mountedAt('/var/spool/imap'),
      imap,
      volume('queue', 6).mountedAt('/var/spool/mta'),
      postfix,
      volume('documents', 7).mountedAt('/var/opt/openexchange'),
      openXchange,
    ],
  });
  new LdifBackup(d, 'directory-dump', ldap, { interval: Duration.minutes(30), hosts });
  new SqlBackup(d, 'database-dump', database, { interval: Duration.minutes(30), hosts });
  return hosts;
}
