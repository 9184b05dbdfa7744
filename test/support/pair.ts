import {
  CyrusImap,
  DataRate,
  DataSize,
  Deployment,
  type DeploymentProps,
  DrbdResource,
  Duration,
  FencingDevice,
  HeartbeatCluster,
  type HeartbeatClusterProps,
  Host,
  LdifBackup,
  Network,
  OpenLdap,
  Postfix,
  PostgreSql,
  PowerFeed,
  type ResourceGroup,
  type ResourceGroupProps,
  SaslAuthd,
  SecretRef,
  Service,
  Site,
  SqlBackup,
  serial,
} from '../../lib/index';
import type { Topology } from '../../lib/topology/topology';

/** The two-node groupware server of document 004 with its faults mended, and its parts for tests that change one. */
export interface GroupwarePair {
  readonly deployment: Deployment;
  readonly site: Site;
  readonly lan: Network;
  readonly link: Network;
  readonly ox1: Host;
  readonly ox2: Host;
  readonly cluster: HeartbeatCluster;
  readonly group: ResourceGroup;
}

/** Builds the pair without Terraform. */
export function buildGroupwarePair(
  props: DeploymentProps = {},
  clusterProps: Partial<HeartbeatClusterProps> = {},
  groupProps: Partial<ResourceGroupProps> = {},
): GroupwarePair {
  const d = new Deployment(undefined, 'groupware', { timeServers: ['192.168.1.1'], ...props });
  const site = new Site(d, 'hq');
  const [feedA, feedB] = [new PowerFeed(site, 'feed-a'), new PowerFeed(site, 'feed-b')];
  const lan = new Network(site, 'lan', { cidr: '192.168.1.0/24', speed: DataRate.gigabitsPerSecond(1) });
  const link = new Network(site, 'link', {
    cidr: '192.168.180.0/24',
    purpose: 'replication',
    speed: DataRate.gigabitsPerSecond(1),
  });
  const node = (name: string, last: number, on: PowerFeed): Host =>
    new Host(site, name, {
      interfaces: { eth0: lan.address(`192.168.1.16${last}`), eth1: link.address(`192.168.180.${last}0`) },
      serialPorts: ['/dev/ttyS0'],
      memory: DataSize.gibibytes(16),
      processors: 8,
      on: [on],
    });
  const [ox1, ox2] = [node('ox1', 1, feedA), node('ox2', 2, feedB)];
  const fence = (host: Host, address: string, on: PowerFeed): FencingDevice =>
    new FencingDevice(site, `${host.name}-ipmi`, {
      plugin: 'external/ipmi',
      fences: [host],
      parameters: {
        hostname: host.name,
        ipaddr: address,
        userid: 'fencing',
        passwd: SecretRef.named('ipmi'),
        interface: 'lanplus',
      },
      on: [on],
    });
  const volume = (name: string, partition: number, index: number): DrbdResource =>
    new DrbdResource(d, name, {
      hosts: [ox1, ox2],
      network: link,
      disk: `/dev/sdb${partition}`,
      port: 7788 + index,
      resyncRate: DataRate.mebibytesPerSecond(30),
    });
  const [ldapDisk, databaseDisk, indexDisk, spoolDisk, queueDisk, documentDisk] = [
    volume('ldap', 1, 0),
    volume('database', 2, 1),
    volume('imap-index', 3, 2),
    volume('imap-spool', 5, 3),
    volume('queue', 6, 4),
    volume('documents', 7, 5),
  ] as const;
  const ldap = new OpenLdap(d, 'directory', {
    suffix: 'dc=example,dc=com',
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
    hostname: 'mail.example.com',
    destinations: ['example.com'],
    trustedNetworks: [lan],
    queueDirectory: '/var/spool/mta/queue',
    deliverTo: imap,
  });
  const openXchange = new Service(d, 'openexchange', {
    state: { '/var/opt/openexchange': 'documents and attachments' },
    ports: [80],
    requires: [ldap, database, imap, postfix],
  });
  const cluster = new HeartbeatCluster(d, 'ox', {
    hosts: [ox1, ox2],
    links: [lan, link, serial('/dev/ttyS0')],
    fencing: [fence(ox1, '192.168.1.171', feedB), fence(ox2, '192.168.1.172', feedA)],
    ...clusterProps,
  });
  const group = cluster.addGroup('groupware', {
    preferred: ox1,
    address: lan.virtualAddress('192.168.1.160'),
    members: [
      ldapDisk.mountedAt('/var/lib/ldap'),
      ldap,
      saslauthd,
      databaseDisk.mountedAt('/var/lib/pgsql'),
      database,
      indexDisk.mountedAt('/var/lib/imap'),
      spoolDisk.mountedAt('/var/spool/imap'),
      imap,
      queueDisk.mountedAt('/var/spool/mta'),
      postfix,
      documentDisk.mountedAt('/var/opt/openexchange'),
      openXchange,
    ],
    start: 'in-turn',
    ...groupProps,
  });
  const nodes = [ox1, ox2];
  new LdifBackup(d, 'directory-dump', ldap, { interval: Duration.minutes(30), hosts: nodes });
  new SqlBackup(d, 'database-dump', database, { interval: Duration.minutes(30), hosts: nodes });
  return { deployment: d, site, lan, link, ox1, ox2, cluster, group };
}

/** The topology of the pair. */
export function groupwarePair(
  props?: DeploymentProps,
  clusterProps?: Partial<HeartbeatClusterProps>,
  groupProps?: Partial<ResourceGroupProps>,
): Topology {
  return buildGroupwarePair(props, clusterProps, groupProps).deployment.topology();
}
