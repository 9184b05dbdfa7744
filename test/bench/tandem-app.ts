import { App, TerraformStack } from 'cdktf';
import {
  CyrusImap,
  DataRate,
  Deployment,
  DrbdResource,
  Duration,
  FencingDevice,
  type GroupMember,
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
  Switch,
} from '../../lib/index';
import { SshTarget } from '../../lib/target/index';

const HOST_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw';

/** What a pair serves: a directory alone, or the whole groupware server of document 004. */
export type Scenario = 'directory' | 'groupware';

/** The synth that is measured: each pair is a deployment in a stack of its own; an odd host stands alone. */
export function tandemApp(outdir: string, scenario: Scenario, hosts: number): App {
  const app = new App({ outdir });
  for (let pair = 1; 2 * pair <= hosts; pair++) addDeployment(app, `pair-${pair}`, scenario, addPair);
  if (hosts % 2 === 1) addDeployment(app, 'single', scenario, addSingle);
  return app;
}

/** Where the machines of a deployment stand. */
interface Place {
  readonly site: Site;
  readonly lan: Network;
  readonly feeds: readonly [PowerFeed, PowerFeed];
}

type AddHosts = (deployment: Deployment, place: Place, scenario: Scenario) => readonly Host[];

function addDeployment(app: App, name: string, scenario: Scenario, addHosts: AddHosts): void {
  const stack = new TerraformStack(app, name);
  const deployment = new Deployment(stack, name, { timeServers: ['10.0.0.1'] });
  const site = new Site(deployment, 'site');
  const lan = new Network(site, 'lan', {
    cidr: '10.0.0.0/24',
    speed: DataRate.gigabitsPerSecond(1),
    switches: [new Switch(site, 'switch')],
  });
  const feeds = [new PowerFeed(site, 'feed-a'), new PowerFeed(site, 'feed-b')] as const;
  const hosts = addHosts(deployment, { site, lan, feeds }, scenario);
  new SshTarget(stack, 'ssh', {
    deployment,
    connection: { hostKey: Object.fromEntries(hosts.map((host) => [host.name, HOST_KEY])) },
  });
}

function addSingle(deployment: Deployment, { site, lan }: Place): readonly Host[] {
  return [new Host(site, `${deployment.name}-a`, { interfaces: { eth0: lan.address('10.0.0.11') } })];
}

function addPair(
  d: Deployment,
  scenario: Scenario,
  site: Site,
  lan: Network,
  feeds: readonly [PowerFeed, PowerFeed],
  pair: number,
): readonly string[] {
  const address = (n: number): string => `10.0.${Math.floor(pair / 25)}.${(pair % 25) * 10 + n}`;
  const cable = `10.${64 + Math.floor(pair / 250)}.${pair % 250}`;
  const link = new Network(site, `link-${pair}`, {
    cidr: `${cable}.0/24`,
    purpose: 'replication',
    speed: DataRate.gigabitsPerSecond(1),
  });
  const node = (side: 'a' | 'b', n: number, feed: PowerFeed): Host =>
    new Host(site, `node-${pair}${side}`, {
      interfaces: { eth0: lan.address(address(n)), eth1: link.address(`${cable}.${n}`) },
      on: [feed],
    });
  const hosts = [node('a', 1, feeds[0]), node('b', 2, feeds[1])] as const;
  const fence = (host: Host, n: number, feed: PowerFeed): FencingDevice =>
    new FencingDevice(site, `${host.name}-ipmi`, {
      plugin: 'external/ipmi',
      fences: [host],
      parameters: {
        hostname: host.name,
        ipaddr: address(n),
        userid: 'ha',
        passwd: SecretRef.named('ipmi'),
        interface: 'lanplus',
      },
      on: [feed],
    });
  const volume = (name: string, partition: number): DrbdResource =>
    new DrbdResource(d, `${name}-${pair}`, {
      hosts,
      network: link,
      disk: `/dev/sdb${partition}`,
      port: 7787 + partition,
      resyncRate: DataRate.mebibytesPerSecond(30),
    });
  const ldap = new OpenLdap(d, `slapd-${pair}`, {
    suffix: 'dc=example,dc=com',
    dataDirectory: '/var/lib/ldap/data',
  });
  const groupware = (): readonly GroupMember[] => {
    const sasl = new SaslAuthd(d, `saslauthd-${pair}`, { directory: ldap });
    const sql = new PostgreSql(d, `postgresql-${pair}`, { dataDirectory: '/var/lib/pgsql/15/main' });
    const imap = new CyrusImap(d, `cyrus-${pair}`, {
      configurationDirectory: '/var/lib/imap',
      mailPartition: '/var/spool/imap',
      requires: [sasl],
    });
    const smtp = new Postfix(d, `postfix-${pair}`, {
      hostname: `mail-${pair}.example.com`,
      destinations: ['example.com'],
      trustedNetworks: [lan],
      queueDirectory: '/var/spool/mta/queue',
      deliverTo: imap,
    });
    const ox = new Service(d, `openexchange-${pair}`, {
      state: { '/var/opt/openexchange': 'documents and attachments' },
      ports: [80],
      requires: [ldap, sql, imap, smtp],
    });
    new SqlBackup(d, `database-dump-${pair}`, sql, { interval: Duration.minutes(30), hosts: [...hosts] });
    return [
      sasl,
      volume('database', 2).mountedAt('/var/lib/pgsql'),
      sql,
      volume('index', 3).mountedAt('/var/lib/imap'),
      volume('spool', 4).mountedAt('/var/spool/imap'),
      imap,
      volume('queue', 5).mountedAt('/var/spool/mta'),
      smtp,
      volume('documents', 6).mountedAt('/var/opt/openexchange'),
      ox,
    ];
  };
  const cluster = new HeartbeatCluster(d, `pair-${pair}`, {
    hosts,
    links: [lan, link],
    fencing: [fence(hosts[0], 3, feeds[1]), fence(hosts[1], 4, feeds[0])],
  });
  cluster.addGroup(`services-${pair}`, {
    preferred: hosts[0],
    address: lan.virtualAddress(address(5)),
    members: [volume('ldap', 1).mountedAt('/var/lib/ldap'), ldap, ...(scenario === 'directory' ? [] : groupware())],
  });
  new LdifBackup(d, `directory-dump-${pair}`, ldap, { interval: Duration.minutes(30), hosts: [...hosts] });
  return hosts.map((host) => host.name);
}
