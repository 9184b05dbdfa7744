import type { MailPairFacts } from '../../../lib/topology/mail';
import type { Topology } from '../../../lib/topology/topology';
import { type Change, patch } from '../fixtures';
import {
  faultless,
  onSharedVolumes,
  withFarm,
  withHosts,
  withMailPair,
  withMailServer,
  withStorage,
} from '../mail-fixtures';
import { accepts, finds, findsAll, type RuleCase } from '../rule-case';

const HOSTS = ['dr/dr-mail1', 'dr/dr-mail2'];
const notFirst = { decision: 'automatic', fenceFirst: false } as const;
const withNetOption = (value: string): Topology => ({
  ...faultless,
  drbdResources: patch(faultless.drbdResources, ['queue-hq-mail1'], ({ net }) => ({
    net: { ...net, extraOptions: { 'allow-two-primaries': value } },
  })),
});
const queueAt = (directory: string): Topology =>
  withMailServer('mx-dr-mail2', ({ queue }) => ({ queue: { ...queue, directory } }));
const livesFor = (lifetime: number, id = 'mx-dr-mail1'): Topology =>
  withMailServer(id, ({ queue }) => ({ queue: { ...queue, lifetime } }));
/** The pair at `dr` without a relay host, with transports for some domains. */
const tables = ({ transports }: { readonly transports: readonly string[] }): Topology =>
  withMailPair('mx-dr', {
    relayHost: undefined,
    configuration: {
      kind: 'table',
      aliases: [],
      transports: transports.map((domain) => ({ domain, nextHop: '[store.example.com]:24' })),
    },
  });
const directoryGives =
  (resultAttribute: string): Change<MailPairFacts> =>
  ({ configuration }) => ({
    relayHost: undefined,
    configuration: configuration.kind === 'directory' ? { ...configuration, resultAttribute } : configuration,
  });
const mSwitch = (topology: Topology): Topology => ({
  ...topology,
  mailServers: topology.mailServers.map((server) => ({ ...server, software: 'm-switch' })),
});
const alone = { ...faultless, mailFarms: [] };
const HOUR = 3_600_000;

/** Rules of mail servers, pairs and farms. */
export const mailCases: readonly RuleCase[] = [
  accepts('mail/capacity', 'each server carries both halves', faultless),
  accepts('mail/capacity', 'nobody says what comes', withFarm({ workload: undefined })),
  accepts(
    'mail/capacity',
    'a server carries just what both get (S10)',
    // 2,000,000 messages of two pairs in 43,200 s, twice as many in the busiest second.
    withMailServer('mx-dr-mail1', { messagesPerSecond: 46.3 }),
  ),
  finds(
    'mail/capacity',
    'a server carries its own half alone (S10)',
    withMailServer('mx-dr-mail1', { messagesPerSecond: 40 }),
    'mail/mx-dr-mail1',
    /mx-dr-mail1 does not carry alone what pair mx-dr gets .* \(40 messages\/s, needed 46.3, its own share 23.1\)/,
  ),
  findsAll(
    'mail/capacity',
    'the pair has a workload of its own that is too much',
    withMailPair('mx-dr', {
      workload: { messagesPerDay: 4_320_000, recipients: 1, lookupsPerMessage: 5, window: 12 * HOUR, peakFactor: 1 },
    }),
    { path: 'mail/mx-dr-mail1', text: /needed 100, its own share 50/ },
    { path: 'mail/mx-dr-mail2', text: /needed 100/ },
  ),
  accepts('mail/capacity-known', 'both are declared', faultless),
  finds(
    'mail/capacity-known',
    'a server does not say what it carries',
    withMailServer('mx-dr-mail1', { messagesPerSecond: undefined }),
    'mail/mx-dr-mail1',
    /declare messagesPerSecond/,
  ),
  findsAll(
    'mail/capacity-known',
    'nobody says what comes',
    withFarm({ workload: undefined }),
    { path: 'mail/mx-dr', text: /the workload is not \(mx-dr\)/ },
    { path: 'mail/mx-hq', text: /the workload is not/ },
  ),
  accepts('mail/next-hop', 'all mail goes to a relay host', faultless),
  accepts('mail/next-hop', 'each domain has a transport', tables({ transports: ['example.com', 'example.net'] })),
  accepts(
    'mail/next-hop',
    'the directory says where mail goes',
    withMailPair('mx-dr', directoryGives('mailRoutingAddress')),
  ),
  accepts('mail/next-hop', 'the software is another one', mSwitch(tables({ transports: [] }))),
  finds(
    'mail/next-hop',
    'a domain has no transport',
    tables({ transports: ['example.com'] }),
    'mail/mx-dr',
    /which may be the pair itself \(example\.net\); set relayHost/,
  ),
  findsAll(
    'mail/next-hop',
    'the directory gives the address itself',
    withMailPair('mx-dr', directoryGives('mail')),
    { path: 'mail/mx-dr', text: /example\.com/ },
    { path: 'mail/mx-dr', text: /example\.net/ },
  ),
  accepts('mail/queue-reachable', 'queues are on DRBD resources of both hosts', faultless),
  accepts('mail/queue-reachable', 'queues are on shared volumes', onSharedVolumes('nfs', '198.51.100.50:/queues')),
  finds(
    'mail/queue-reachable',
    'a queue is on the own disk (E13)',
    withStorage('mx-dr-mail1', { kind: 'local' }),
    'mail/mx-dr-mail1',
    /its peer does not reach \(local\) \(dr-mail2\); put it on a DRBD resource/,
  ),
  findsAll(
    'mail/queue-reachable',
    'the DRBD resource is that of other hosts',
    withStorage('mx-dr-mail1', { kind: 'drbd', resource: 'queue-hq-mail1', volume: 0, fileSystem: 'ext4' }),
    { path: 'mail/mx-dr-mail1', text: /its own host does not reach \(drbd\)/ },
    { path: 'mail/mx-dr-mail1', text: /its peer does not reach/ },
  ),
  accepts('mail/queue-per-server', 'each queue has a resource', faultless),
  accepts('mail/queue-per-server', 'each queue has a volume', onSharedVolumes('docker', 'queue')),
  finds(
    'mail/queue-per-server',
    'both queues are on one resource',
    withStorage('mx-dr-mail2', { kind: 'drbd', resource: 'queue-dr-mail1', volume: 0, fileSystem: 'ext4' }),
    'mail/mx-dr-mail2',
    /volume of the queue of mx-dr-mail1 \(DRBD resource queue-dr-mail1\)/,
  ),
  finds(
    'mail/queue-per-server',
    'both queues are on one shared volume (X7)',
    withStorage(
      'mx-dr-mail2',
      { kind: 'shared', volume: 'volume-mx-dr-mail1', fileSystem: 'nfs4' },
      onSharedVolumes('nfs', 'nas.example.com:/queues'),
    ),
    'mail/mx-dr-mail2',
    /shared volume volume-mx-dr-mail1/,
  ),
  accepts('mail/queue-directory', 'it is a directory of its own', faultless),
  finds(
    'mail/queue-directory',
    'both queues have one directory',
    queueAt('/var/spool/postfix-dr-mail1'),
    'mail/mx-dr-mail2',
    /directory of mx-dr-mail1 \(\/var\/spool\/postfix-dr-mail1\)/,
  ),
  finds('mail/queue-directory', 'it is above a queue', queueAt('/var'), 'mail/mx-dr-mail2', /\(\/var\); choose/),
  finds(
    'mail/queue-directory',
    'both have one directory for locks',
    withMailServer('mx-dr-mail2', { dataDirectory: '/var/lib/postfix-mx-dr-mail1' }),
    'mail/mx-dr-mail2',
    /\(\/var\/lib\/postfix-mx-dr-mail1\)/,
  ),
  accepts('mail/fencing', 'each server is reset on behalf of its peer', faultless),
  accepts(
    'mail/fencing',
    'the lock of one kernel keeps containers apart',
    withMailPair('mx-dr', { takeover: notFirst, fencing: [] }, onSharedVolumes('docker', 'queue')),
  ),
  findsAll(
    'mail/fencing',
    'there is no device (X4)',
    withMailPair('mx-dr', { fencing: [] }),
    { path: 'mail/mx-dr', text: /resets this server \(dr-mail1\)/ },
    { path: 'mail/mx-dr', text: /\(dr-mail2\)/ },
  ),
  finds(
    'mail/fencing',
    'a server would have to reset itself',
    {
      ...faultless,
      fencingDevices: patch(faultless.fencingDevices, ['dr/fence-dr-mail1'], { from: 'dr/dr-mail1' }),
    },
    'mail/mx-dr',
    /\(dr-mail1\); give the pair a fencing device for it, issued from the other host/,
  ),
  accepts('mail/takeover-while-alive', 'the owner is fenced first', faultless),
  accepts('mail/takeover-while-alive', 'one node alone may be primary', withNetOption('no')),
  accepts(
    'mail/takeover-while-alive',
    'both run on one kernel, which keeps the lock',
    withMailPair('mx-dr', { takeover: notFirst }, onSharedVolumes('docker', 'queue')),
  ),
  finds(
    'mail/takeover-while-alive',
    'both may be primary',
    withNetOption('yes'),
    'mail/queue-hq-mail1',
    /both hosts may write the queue of mx-hq-mail1 .*\(allow-two-primaries\)/,
  ),
  findsAll(
    'mail/takeover-while-alive',
    'an export is taken over without fencing',
    withMailPair('mx-dr', { takeover: notFirst }, onSharedVolumes('nfs', 'nas.example.com:/queues')),
    { path: 'mail/mx-dr', text: /queue of mx-dr-mail1 would be taken over without fencing/ },
    { path: 'mail/mx-dr', text: /queue of mx-dr-mail2/ },
  ),
  accepts('mail/heartbeat-paths', 'there are a network and a serial line', faultless),
  finds(
    'mail/heartbeat-paths',
    'there is one path (X20)',
    withMailPair('mx-dr', ({ links }) => ({ links: links.slice(0, 1) })),
    'mail/mx-dr',
    /fewer than two independent heartbeat links/,
  ),
  accepts('mail/one-per-host', 'each server has a host', faultless),
  finds(
    'mail/one-per-host',
    'two servers are on one host (F29)',
    withMailServer('mx-dr-mail2', { host: 'dr/dr-mail1' }),
    'mail/mx-dr-mail2',
    /the host carries mx-dr-mail1 too \(dr-mail1\)/,
  ),
  accepts('mail/one-pair', 'each server is in one pair', faultless),
  findsAll(
    'mail/one-pair',
    'a server is in two pairs and another one in none',
    withMailPair('mx-dr', { servers: ['mx-dr-mail1', 'mx-hq-mail1'] }),
    { path: 'mail/mx-dr-mail2', text: /is in no pair \(none\)/ },
    { path: 'mail/mx-hq-mail1', text: /is in several pairs \(mx-dr, mx-hq\)/ },
  ),
  accepts('mail/common-failure-domain', 'servers share nothing', faultless),
  finds(
    'mail/common-failure-domain',
    'servers share their only feed (F6)',
    withHosts(HOSTS, { failureDomains: ['dr/feed-a'] }),
    'mail/mx-dr',
    /both servers depend on one power feed \(dr\/feed-a\)/,
  ),
  finds(
    'mail/common-failure-domain',
    'servers name one switch',
    withHosts(HOSTS, { failureDomains: ['dr/switch-a'] }),
    'mail/mx-dr',
    /one switch \(dr\/switch-a\)/,
  ),
  finds(
    'mail/common-failure-domain',
    'one switch carries the network of the clients',
    { ...faultless, networks: patch(faultless.networks, ['dr/lan'], { switches: ['dr/switch-b'] }) },
    'mail/mx-dr',
    /one switch \(dr\/switch-b\)/,
  ),
  accepts('mail/one-site', 'the farm has a pair elsewhere', faultless),
  findsAll(
    'mail/one-site',
    'there is no farm',
    alone,
    { path: 'mail/mx-dr', text: /on one site \(dr\)/ },
    { path: 'mail/mx-hq', text: /on one site \(hq\)/ },
  ),
  accepts('mail/queue-lifetime', 'mail waits for five days', faultless),
  accepts('mail/queue-lifetime', 'mail waits for as long as the pair promises', livesFor(4 * HOUR)),
  finds(
    'mail/queue-lifetime',
    'mail waits for less than the pair promises',
    livesFor(4 * HOUR - 1),
    'mail/mx-dr-mail1',
    /mail is returned before mx-dr has to be back \(14399.999s, promised 14400s\)/,
  ),
  finds(
    'mail/queue-lifetime',
    'mail at the primary site waits for less than its recovery takes',
    livesFor(23 * HOUR, 'mx-hq-mail1'),
    'mail/mx-hq-mail1',
    /before recovery has to be back/,
  ),
  accepts('mail/directory-lookup', 'both hosts have a copy', faultless),
  accepts(
    'mail/directory-lookup',
    'there are tables',
    withMailPair(
      'mx-dr',
      { configuration: { kind: 'table', aliases: [], transports: [] } },
      { ...faultless, replicas: [], mailPairs: faultless.mailPairs.filter(({ id }) => id === 'mx-dr') },
    ),
  ),
  findsAll(
    'mail/directory-lookup',
    'one host alone has a copy (S8)',
    { ...faultless, replicas: faultless.replicas.filter(({ server }) => server === 'ldap-hq-mail1') },
    { path: 'mail/mx-hq', text: /no copy of directory people is left \(hq-mail1\)/ },
  ),
  accepts('mail/farm-domains', 'pairs take the same mail', faultless),
  finds(
    'mail/farm-domains',
    'a pair lacks a domain',
    withMailPair('mx-hq', { domains: ['example.com'] }),
    'mail/mx-dr',
    /other domains than pair mx-hq of the farm has \(example.com, example.net; example.com\)/,
  ),
];
