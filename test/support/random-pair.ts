import fc from 'fast-check';
import {
  type BackingDisk,
  CyrusImap,
  DataRate,
  DataSize,
  Deployment,
  DrbdResource,
  type DrbdVolumeProps,
  Duration,
  FencingDevice,
  type FencingDeviceProps,
  type GroupMember,
  HeartbeatCluster,
  Host,
  LdifBackup,
  type Link,
  Network,
  OpenLdap,
  Postfix,
  PostgreSql,
  SaslAuthd,
  SecretRef,
  Service,
  Site,
  SqlBackup,
  bcast,
  mcast,
  serial,
  ucast,
} from '../../lib/index';

const lowerCase = 'abcdefghijklmnopqrstuvwxyz';
const word = (first: string, more: string, maximum: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...first),
      fc.array(fc.constantFrom(...more), { maxLength: maximum - 1 }).map((letters) => letters.join('')),
    )
    .map(([head, tail]) => head + tail);

const name = word(lowerCase, `${lowerCase}0123456789-_`, 12);
const hostLabel = word(lowerCase, `${lowerCase}0123456789`, 10);
const hostName = fc.array(hostLabel, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
const directory = fc
  .array(word(`${lowerCase}0123456789`, `${lowerCase}ABC0123456789_+.@-`, 12), { minLength: 1, maxLength: 3 })
  .map((parts) => `/srv/${parts.join('/')}`);
const escaped = fc.constantFrom('example', 'a b', 'x\\, y', 'a\\+b', 'Grün', '\\#1', 'x\\3Dy', 'o', "d'or");
const relativeName = fc.oneof(
  fc.tuple(fc.constantFrom('o', 'ou', 'l'), escaped),
  fc.tuple(fc.constant('dc'), fc.constantFrom('example', 'com', 'x-1')),
  fc.constant(['c', 'DE'] as const),
);
const suffix = fc
  .array(relativeName, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map(([type, value]) => `${type}=${value}`).join(','));
const seconds = (minimum: number, maximum: number): fc.Arbitrary<Duration> =>
  fc.integer({ min: minimum, max: maximum }).map((amount) => Duration.seconds(amount));
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const text = fc.string({
  unit: fc.constantFrom(...`${lowerCase} 0123456789'"\\$%#;{}()*&|<>\`~!?=,:.@/-_äß`),
  maxLength: 24,
});

const parameters = fc.record({
  version: fc.constantFrom('8.4' as const, '9' as const),
  deployment: name,
  hosts: fc.uniqueArray(hostName, { minLength: 2, maxLength: 2 }),
  interfaces: fc
    .uniqueArray(word(lowerCase, `${lowerCase}0123456789`, 10), { minLength: 2, maxLength: 2 })
    .map((names) => names.map((end) => `eth-${end}`)),
  octets: fc.tuple(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 121, max: 250 })),
  link: fc.constantFrom('ucast', 'bcast', 'mcast'),
  line: optional(fc.constantFrom('/dev/ttyS0', '/dev/ttyUSB1')),
  keepalive: fc.integer({ min: 200, max: 2000 }).map((amount) => Duration.milliseconds(amount)),
  deadtime: seconds(8, 60),
  udpPort: optional(fc.integer({ min: 600, max: 40_000 })),
  method: fc.constantFrom('sha1' as const, 'md5' as const),
  failback: fc.constantFrom('off' as const, 'legacy' as const),
  monitored: fc.boolean(),
  // Plugins that log in at the device when Heartbeat starts would keep it waiting where there is none.
  plugin: fc.constantFrom('external/ipmi', 'external/ssh', 'meatware'),
  directories: fc.uniqueArray(directory, { minLength: 6, maxLength: 6 }),
  resourceNames: fc.uniqueArray(word(lowerCase, `${lowerCase}0123456789-_`, 12), { minLength: 4, maxLength: 4 }),
  port: fc.integer({ min: 7788, max: 7900 }),
  twoVolumes: fc.boolean(),
  otherDisk: fc.boolean(),
  metaDisk: fc.constantFrom('internal', '/dev/vg0/meta[0]'),
  alExtents: optional(fc.integer({ min: 67, max: 6433 })),
  rate: optional(fc.integer({ min: 250, max: 30_000 }).map((amount) => DataRate.kibibytesPerSecond(amount))),
  timeout: seconds(2, 5),
  pingTimeout: fc.integer({ min: 1, max: 10 }).map((tenths) => Duration.milliseconds(tenths * 100)),
  koCount: fc.integer({ min: 1, max: 20 }),
  sndbuf: optional(fc.integer({ min: 128, max: 2048 }).map((amount) => DataSize.kibibytes(amount))),
  maxBuffers: optional(fc.integer({ min: 64, max: 8000 })),
  wfc: seconds(10, 600),
  fileSystem: fc.constantFrom('ext4', 'xfs'),
  suffix,
  logLevel: fc.constantFrom('none', 'stats', 'sync'),
  connections: fc.integer({ min: 10, max: 500 }),
  administrator: word(lowerCase, `${lowerCase}0123456789._@-`, 12),
  mailName: hostName,
  relayHost: optional(hostName.map((host) => `[${host}]:25`)),
  genericName: word(lowerCase, `${lowerCase}0123456789_-`, 10).map((script) => `x${script}`),
  probe: optional(text.filter((probe) => probe.trim() !== '')),
  holds: text,
  expendable: text.filter((reason) => reason.trim() !== ''),
  interval: fc.integer({ min: 1, max: 1440 }).map((minutes) => Duration.minutes(minutes)),
  copies: fc.integer({ min: 1, max: 500 }),
});

/** Values that a random pair is made of. */
export type PairParameters = typeof parameters extends fc.Arbitrary<infer T> ? T : never;

/** Random pairs; most of them are accepted by the checks. */
export const pairParameters: fc.Arbitrary<PairParameters> = parameters;

/** Builds the deployment of random values. */
export function buildRandomPair(p: PairParameters): Deployment {
  const d = new Deployment(undefined, p.deployment, { drbdVersion: p.version, timeServers: ['192.0.2.123'] });
  const site = new Site(d, 'site');
  const speed = DataRate.gigabitsPerSecond(1);
  const lan = new Network(site, 'lan', { cidr: '192.0.2.0/24', speed });
  const cable = new Network(site, 'cable', { cidr: '198.51.100.0/24', speed });
  const [first, second] = p.hosts.map(
    (hostname, index) =>
      new Host(site, hostname, {
        interfaces: {
          [p.interfaces[0]!]: lan.address(`192.0.2.${p.octets[index]!}`),
          [p.interfaces[1]!]: cable.address(`198.51.100.${p.octets[index]!}`),
        },
        serialPorts: p.line === undefined ? [] : [p.line],
      }),
  );
  const hosts = [first!, second!] as const;
  const fencing = hosts.map((host, index) => fence(site, host, index, p.plugin));

  const disk = (partition: number): BackingDisk =>
    p.otherDisk
      ? { [p.hosts[0]!]: `/dev/sdb${partition}`, [p.hosts[1]!]: `/dev/vdb${partition}` }
      : `/dev/sdb${partition}`;
  const storage = p.resourceNames.map((resource, index) => {
    const minor = p.port - 7788 + index * 2;
    const volume = (number: number): DrbdVolumeProps => ({
      minor: minor + number,
      disk: disk(1 + index * 2 + number),
      metaDisk: p.metaDisk === 'internal' ? 'internal' : `/dev/vg0/meta[${index * 2 + number}]`,
    });
    return new DrbdResource(d, resource, {
      hosts,
      network: cable,
      port: p.port + index,
      volumes: index === 2 && p.twoVolumes ? [volume(0), volume(1)] : [volume(0)],
      alExtents: p.alExtents,
      resyncRate: p.rate,
      timeout: p.timeout,
      pingTimeout: p.pingTimeout,
      koCount: p.koCount,
      sndbufSize: p.sndbuf,
      maxBuffers: p.maxBuffers,
      wfcTimeout: p.wfc,
    });
  });

  const [ldapDirectory, sqlDirectory, mailDirectory, queueDirectory, documents, scratch] = p.directories as string[];
  const ldap = new OpenLdap(d, 'ldap', {
    suffix: p.suffix,
    dataDirectory: `${ldapDirectory!}/data`,
    logLevel: p.logLevel,
  });
  const sasl = new SaslAuthd(d, 'sasl', { directory: ldap });
  const sql = new PostgreSql(d, 'sql', {
    dataDirectory: `${sqlDirectory!}/main`,
    maximumConnections: p.connections,
    clients: [lan],
  });
  const imap = new CyrusImap(d, 'imap', {
    configurationDirectory: `${mailDirectory!}/lib`,
    mailPartition: `${mailDirectory!}/spool`,
    administrators: [p.administrator],
    requires: [sasl],
  });
  const smtp = new Postfix(d, 'smtp', {
    hostname: p.mailName,
    relayHost: p.relayHost,
    queueDirectory: `${queueDirectory!}/queue`,
    deliverTo: imap,
    trustedNetworks: [lan],
  });
  const generic = new Service(d, 'generic', {
    initScript: p.genericName,
    probe: p.probe,
    state: { [documents!]: p.holds, [`${scratch!}/scratch`]: 'scratch' },
    expendable: { [`${scratch!}/scratch`]: p.expendable, [documents!]: 'random test' },
    ports: [8080],
  });

  const network: Link =
    p.link === 'mcast' ? mcast(cable, '239.1.2.3', 1000 + p.koCount) : p.link === 'bcast' ? bcast(cable) : ucast(cable);
  const links: Link[] = [ucast(lan), network];
  if (p.line !== undefined) links.push(serial(p.line));
  const cluster = new HeartbeatCluster(d, 'cluster', {
    hosts,
    links,
    fencing,
    udpPort: p.udpPort,
    authenticationMethod: p.method,
    autoFailback: p.failback,
    monitoring: p.monitored ? {} : false,
    timing: { keepalive: p.keepalive, deadtime: p.deadtime },
  });
  const members: GroupMember[] = [
    storage[0]!.mountedAt(ldapDirectory!, p.fileSystem),
    ldap,
    sasl,
    storage[1]!.mountedAt(sqlDirectory!, p.fileSystem, { options: 'noatime' }),
    sql,
    storage[2]!.mountedAt(mailDirectory!, p.fileSystem),
    ...(p.twoVolumes ? [storage[2]!.volumeMountedAt(1, `${scratch!}/second`, p.fileSystem)] : []),
    imap,
    storage[3]!.mountedAt(queueDirectory!, p.fileSystem),
    smtp,
    generic,
  ];
  cluster.addGroup('everything', { preferred: hosts[0], address: lan.virtualAddress('192.0.2.254'), members });
  new LdifBackup(d, 'ldif', ldap, { interval: p.interval, hosts, copies: p.copies });
  new SqlBackup(d, 'dump', sql, { interval: p.interval, hosts, copies: p.copies });
  return d;
}

function fence(site: Site, host: Host, index: number, plugin: PairParameters['plugin']): FencingDevice {
  const ipaddr = `192.0.2.${251 + index}`;
  const password = SecretRef.named('fencing');
  const byPlugin: Readonly<Record<PairParameters['plugin'], FencingDeviceProps['parameters']>> = {
    'external/ipmi': { hostname: host.name, ipaddr, userid: 'ha', passwd: password, interface: 'lan' },
    'external/ssh': { hostlist: host.name },
    meatware: { hostlist: host.name },
  };
  return new FencingDevice(site, `fence-${index}`, { plugin, fences: [host], parameters: byPlugin[plugin] });
}
