import {
  BalancedService,
  DataRate,
  Deployment,
  Directory,
  DisasterRecoverySite,
  DrbdResource,
  Duration,
  Host,
  LoadBalancer,
  MailConfiguration,
  MailFarm,
  MailPair,
  type MailPairProps,
  MailServer,
  type MailServerProps,
  type MailTables,
  Network,
  SharedVolume,
  Site,
  serial,
} from '../../lib/index';
import { printTopology, readTopology } from '../../lib/topology/read';
import { mail } from '../support/mail';

function built() {
  const d = new Deployment(undefined, 'mail');
  const site = new Site(d, 'hq');
  const lan = new Network(site, 'lan', { cidr: '192.0.2.0/24', speed: DataRate.gigabitsPerSecond(1) });
  const host = (name: string, last: number): Host =>
    new Host(site, name, { interfaces: { eth0: lan.address(`192.0.2.${last}`) } });
  const hosts = [host('mail1', 11), host('mail2', 12)] as const;
  const server = (name: string, props: Partial<MailServerProps> = {}): MailServer =>
    new MailServer(d, name, { host: hosts[name.endsWith('1') ? 0 : 1], ...props });
  const servers = [server('mx1'), server('mx2')] as const;
  const pair = (props: Partial<MailPairProps> = {}, name = 'mx'): MailPair =>
    new MailPair(d, name, { servers, domains: ['example.com'], links: [lan, serial('/dev/ttyS0')], ...props });
  return { d, site, lan, hosts, server, servers, pair };
}

describe('MailServer', () => {
  test('has the defaults of postconf(5), and a queue that rule mail/queue-reachable refuses', () => {
    const { d } = built();
    expect(d.topology().mailServers[0]).toEqual({
      id: 'mx1',
      path: 'mail/mx1',
      name: 'mx1',
      host: 'hq/mail1',
      software: 'postfix',
      hostname: 'mail1',
      queue: {
        directory: '/var/spool/postfix-mx1',
        storage: { kind: 'local' },
        lifetime: 5 * 86_400_000,
      },
      dataDirectory: '/var/lib/postfix-mx1',
      messageSizeLimit: 52_428_800,
      processLimit: 100,
    });
  });

  test('has its queue where a DRBD resource or a shared volume is mounted', () => {
    const { d, hosts, lan, server } = built();
    const resource = new DrbdResource(d, 'queue', { hosts, network: lan, disk: '/dev/sdb1', port: 7801 });
    const volume = new SharedVolume(d, 'volume', { kind: 'docker', source: 'queue-2', hosts });
    server('a1', { queue: resource.mountedAt('/srv/queue') });
    server('a2', { queue: volume.mountedAt('/var/spool/postfix') });
    const queues = new Map(d.topology().mailServers.map(({ id, queue }) => [id, queue]));
    expect(queues.get('a1')).toMatchObject({
      directory: '/srv/queue',
      storage: { kind: 'drbd', resource: 'queue', volume: 0, fileSystem: 'ext4' },
    });
    expect(queues.get('a2')?.storage).toEqual({ kind: 'shared', volume: 'volume', fileSystem: 'none' });
  });

  test.each<[Partial<MailServerProps>, string]>([
    [{ hostname: 'Mail' }, '[mail/x1] value/hostname: hostname: '],
    [{ dataDirectory: 'srv' }, 'value/path: dataDirectory: '],
    [{ queueLifetime: Duration.hours(2401) }, 'value/number: queueLifetime: '],
    [{ queueLifetime: Duration.milliseconds(1500) }, 'value/number: queueLifetime: '],
    [{ processLimit: 0 }, 'value/number: processLimit: number is out of range (0)'],
    [{ messagesPerSecond: Number.NaN }, 'value/number: messagesPerSecond: '],
    [{ software: 'sendmail' as 'postfix' }, 'value/choice: software: '],
    [{ queue: '/var/spool/postfix' as never }, 'value/type: queue: a Mount is needed'],
  ])('fails for %j', (props, message) => {
    expect(() => built().server('x1', props)).toThrow(message);
  });

  test('fails for a volume whose name Docker refuses', () => {
    const { d, hosts } = built();
    expect(() => new SharedVolume(d, 'volume', { kind: 'docker', source: '-queue', hosts })).toThrow(
      '[mail/volume] value/docker-volume: source: ',
    );
  });
});

describe('MailPair', () => {
  test('is configured by tables, taken over by itself and fenced first, where nothing is said', () => {
    const { d, pair } = built();
    pair({ workload: { messagesPerDay: 1000 } });
    expect(d.topology().mailPairs[0]).toMatchObject({
      servers: ['mx1', 'mx2'],
      domains: ['example.com'],
      configuration: { kind: 'table', aliases: [], transports: [] },
      trustedNetworks: [],
      deadtime: 10_000,
      fencing: [],
      takeover: { decision: 'automatic', fenceFirst: true },
      workload: { messagesPerDay: 1000, recipients: 1, lookupsPerMessage: 5, window: 43_200_000, peakFactor: 1 },
      promisedRecovery: 14_400_000,
    });
  });

  test('fails with one server', () => {
    const { pair, servers } = built();
    expect(() => pair({ servers: [servers[0]] as never })).toThrow(
      '[mail/mx] mail/servers: servers: a pair has two different servers ("mx1"); name two',
    );
  });

  test('fails with one server named twice', () => {
    const { pair, servers } = built();
    expect(() => pair({ servers: [servers[0], servers[0]] })).toThrow(
      '[mail/mx] mail/servers: servers: a pair has two different servers ("mx1, mx1"); name two',
    );
  });

  test('fails with two servers that greet by one name', () => {
    const { pair, server } = built();
    const servers = [server('a1', { hostname: 'mx' }), server('a2', { hostname: 'mx' })] as const;
    expect(() => pair({ servers })).toThrow('[mail/mx] mail/hostname: servers: both greet by one name ("mx")');
  });

  test.each<[Partial<MailPairProps>, string]>([
    [{ domains: [] }, '[mail/mx] mail/domains: '],
    [{ domains: ['exämple.com'] }, '[mail/mx] value/mail-domain: domains: '],
    [{ domains: ['$mydomain'] }, 'value/mail-domain: domains: '],
    [{ domains: ['localhost'] }, 'value/mail-domain: domains: '],
    [{ domains: ['/etc/passwd'] }, '("/etc/passwd")'],
    ...['a b', '-a', 'a..b', '[-a]', '[a.]', '[1.2.3.4', '[]', 'a:0', 'a:65536', '[2001:db8::1::]', 'smtp:[a]'].map(
      (relayHost): [Partial<MailPairProps>, string] => [{ relayHost }, 'postfix/relay-host: relayHost: '],
    ),
    [{ workload: { messagesPerDay: -1 } }, 'value/number: workload: '],
    [{ workload: { messagesPerDay: 1, window: Duration.minutes(1) } }, 'value/number: workload: '],
    [{ takeover: 'nobody' as 'operator' }, 'value/choice: takeover: '],
  ])('fails for %j', (props, message) => {
    expect(() => built().pair(props)).toThrow(message);
  });
});

describe('tables (S2)', () => {
  const tableOf = (tables: MailTables) => {
    const { d, pair } = built();
    pair({ configuration: MailConfiguration.table(tables) });
    return d.topology().mailPairs[0]?.configuration;
  };

  test('keep addresses with special characters as they are', () => {
    const odd = ["o'neil+x@example.com", 'a$b{c}|d@example.com', '*=`?@xn--exmple-cua.com'];
    expect(
      tableOf({
        recipients: odd,
        aliases: { '@example.com': ['#odd@example.org'], 'all@example.com': [...odd] },
        transports: { 'example.com': '[store.example.com]:24' },
      }),
    ).toEqual({
      kind: 'table',
      recipients: [...odd].sort(),
      aliases: [
        { address: '@example.com', to: ['#odd@example.org'] },
        { address: 'all@example.com', to: odd },
      ],
      transports: [{ domain: 'example.com', nextHop: '[store.example.com]:24' }],
    });
  });

  test.each<[MailTables, string]>([
    [{ recipients: ['#odd@example.com'] }, 'value/table-key: configuration: '],
    [{ recipients: ['a%b@example.com'] }, 'value/table-key: configuration: '],
    [{ aliases: { 'a!b@example.com': ['b@example.com'] } }, 'value/table-key: configuration: '],
    [{ recipients: ['a b@example.com'] }, 'value/mail-address: configuration: '],
    [{ recipients: ['"a b"@example.com'] }, 'value/mail-address: configuration: '],
    [{ recipients: ['a@example.com\nb@example.com'] }, 'value/text: configuration: '],
    [{ recipients: ['a..b@example.com'] }, '("a..b@example.com")'],
    [{ recipients: [`${'a'.repeat(65)}@example.com`] }, 'value/mail-address: '],
    [{ aliases: { '@Example.com': ['a@example.com'] } }, 'value/mail-domain: configuration: '],
    [{ aliases: { 'a@example.com': ['a,b@example.com'] } }, 'value/mail-address: configuration: '],
    [{ aliases: { 'a@example.com': [] } }, 'mail/alias: configuration: '],
    [{ aliases: { 'a@example.com': Array.from({ length: 1001 }, (_, n) => `a${n}@example.com`) } }, 'mail/alias: '],
    [{ recipients: ['Bob@example.com', 'bob@example.com'] }, "same as 'Bob@example.com' to Postfix"],
    [{ aliases: { 'A@example.com': ['x@example.com'], 'a@example.com': ['x@example.com'] } }, 'mail/same-address: '],
    [{ transports: { 'example.com': 'smtp:[host] x' } }, 'postfix/relay-host: configuration: '],
  ])('fail for %j', (tables, message) => {
    expect(() => tableOf(tables)).toThrow(`[mail/mx] `);
    expect(() => tableOf(tables)).toThrow(message);
  });
});

describe('a directory as configuration (S2)', () => {
  const pairOf = (lookup: Parameters<typeof MailConfiguration.directory>[1]) => {
    const { d, pair } = built();
    const people = new Directory(d, 'people', { suffix: 'dc=example,dc=com' });
    pair({ configuration: MailConfiguration.directory(people, lookup) });
    return d.topology().mailPairs[0]?.configuration;
  };

  test('asks for the attribute mail below the suffix', () => {
    expect(pairOf({})).toEqual({
      kind: 'directory',
      directory: 'people',
      base: 'dc=example,dc=com',
      recipientFilter: '(mail=%s)',
      resultAttribute: 'mail',
    });
  });

  test('fails for a filter with a percent sign that stands for nothing', () => {
    expect(() => pairOf({ recipientFilter: '(&(mail=%s)(uid=%u))' })).toThrow('mail/recipient-filter: configuration: ');
  });

  test('fails for a filter that asks for nobody', () => {
    expect(() => pairOf({ recipientFilter: '(mail=*)' })).toThrow(
      '[mail/mx] mail/recipient-filter: configuration: a filter must ask for the address ("(mail=*)")',
    );
  });
});

describe('MailFarm', () => {
  test('fails without a pair, and with a pair that is named twice', () => {
    const { d, pair } = built();
    expect(() => new MailFarm(d, 'none', { pairs: [] })).toThrow('[mail/none] mail/farm: pairs: a farm has no pair');
    const one = pair();
    expect(() => new MailFarm(d, 'farm', { pairs: [one, one] })).toThrow(
      '[mail/farm] mail/farm: pairs: a pair is named twice ("mx")',
    );
  });

  test('fails with a name that stands twice in it', () => {
    const { d, pair, server } = built();
    const more = pair({ servers: [server('a1'), server('a2', { hostname: 'other' })] }, 'more');
    expect(() => new MailFarm(d, 'farm', { pairs: [pair(), more] })).toThrow(
      '[mail/farm] mail/hostname: pairs: two servers greet by one name ("mail1")',
    );
  });

  test('fails with a pair whose name is taken', () => {
    const { pair } = built();
    pair();
    expect(() => pair()).toThrow('[mail/mx] model/unique-name: the name is taken ("mx")');
  });
});

describe('LoadBalancer', () => {
  test('runs HAProxy and asks each service for an answer', () => {
    const [balancer] = mail().loadBalancers;
    expect(balancer?.balancer).toMatchObject({ kind: 'software', software: 'haproxy', virtualRouterId: 52 });
    expect(balancer?.services.map(({ kind, port, healthCheck }) => [kind, port, healthCheck.kind])).toEqual([
      ['mail', 25, 'smtp'],
      ['directory-reads', 389, 'ldap'],
      ['directory-writes', 3389, 'ldap-role'],
    ]);
  });

  test('fails where it is both or neither, has no host, no service or a wrong check', () => {
    const { d, lan, site, hosts, pair } = built();
    const address = lan.virtualAddress('192.0.2.100');
    const services = [BalancedService.mail([pair()])];
    const wrong = (name: string, props: object): (() => LoadBalancer) => {
      return () => new LoadBalancer(d, name, { address, services, ...props });
    };
    expect(wrong('a', {})).toThrow('[mail/a] balancer/kind: ');
    expect(wrong('b', { on: { hosts }, external: { site } })).toThrow('balancer/kind: ');
    expect(wrong('c', { on: { hosts: [] } })).toThrow('balancer/hosts: ');
    expect(wrong('e', { on: { hosts: [hosts[0], hosts[0]] } })).toThrow('balancer/hosts: on: hosts must be different');
    expect(wrong('f', { external: { site }, services: [] })).toThrow('balancer/services: ');
    expect(wrong('g', { external: { site, units: 0 } })).toThrow('value/number: units: ');
    expect(wrong('h', { on: { hosts, virtualRouterId: 256 } })).toThrow('value/number: virtualRouterId: ');
    const check = (healthCheck: object) => ({
      external: { site },
      services: [BalancedService.mail([], { healthCheck })],
    });
    expect(wrong('i', check({ kind: 'ldap' }))).toThrow('[mail/i] value/choice: services: ');
    expect(wrong('j', check({ fall: 0 }))).toThrow('value/number: services: ');
  });
});

describe('DisasterRecoverySite', () => {
  test('leaves the directory to an operator and mail to its senders', () => {
    expect(mail().disasterRecoverySites[0]).toMatchObject({
      site: 'dr',
      primary: 'hq',
      mailPairs: ['mx-dr'],
      directoryServers: ['ldap-dr-mail1', 'ldap-dr-mail2'],
      failover: { mail: 'automatic', directory: 'operator', queues: 'operator' },
      promisedRecovery: 86_400_000,
    });
  });

  test('fails where it is the primary site', () => {
    const { d, site } = built();
    expect(() => new DisasterRecoverySite(d, 'recovery', { site, primary: site })).toThrow(
      '[mail/recovery] recovery/site: site: it is the primary one ("hq"); name another site',
    );
  });
});

test('the topology of a farm is read back from its file', async () => {
  const topology = mail();
  expect(await readTopology(printTopology(topology))).toEqual(topology);
});
