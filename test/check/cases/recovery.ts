import type { MultiMasterGroupFacts } from '../../../lib/topology/replication';
import type { Topology } from '../../../lib/topology/topology';
import { patch, withMembers, pair } from '../fixtures';
import {
  faultless,
  onSharedVolumes,
  withBalancer,
  withFarm,
  withMailPair,
  withMailServer,
  withRecovery,
} from '../mail-fixtures';
import { accepts, finds, findsAll, type RuleCase } from '../rule-case';

const withServers = (servers: readonly string[]): Topology => ({
  ...faultless,
  replicas: faultless.replicas.filter(({ server }) => servers.includes(server)),
});
const asConsumers: Topology = {
  ...faultless,
  replicas: faultless.replicas.map((one) =>
    one.server.startsWith('ldap-dr') ? { ...one, role: 'consumer', group: undefined } : one,
  ),
};
/** The servers of a directory as suppliers; the last host moves to a third site on demand. */
const multiMaster = (
  suppliers: readonly string[],
  partitionPolicy: MultiMasterGroupFacts['partitionPolicy'],
): Topology => ({
  ...faultless,
  failoverGroups: [],
  multiMasterGroups: [
    {
      id: 'people/suppliers',
      path: 'mail/people/suppliers',
      directory: 'people',
      name: 'suppliers',
      suppliers,
      topology: 'mesh',
      partitionPolicy,
      minorityReads: 'serve-stale',
      authentication: 'strong',
    },
  ],
});
const three = ['ldap-hq-mail1', 'ldap-hq-mail2', 'ldap-dr-mail1'];
const withWitness = (topology: Topology): Topology => ({
  ...topology,
  hosts: patch(topology.hosts, ['hq/hq-mail2'], { site: 'third' }),
});
const dockerInGroup = (kind: 'san' | 'docker'): Topology => ({
  ...withMembers((members) =>
    members.map((member) =>
      member.kind === 'mount' && member.directory === '/var/lib/ldap'
        ? { ...member, source: { kind: 'shared', volume: 'volume' } }
        : member,
    ),
  ),
  sharedVolumes: [
    { id: 'volume', path: 'ox/volume', name: 'volume', kind, source: 'volume', hosts: [], failureDomains: [] },
  ],
});
if (!pair.clusters[0]?.groups[0]?.members.some((one) => one.kind === 'mount' && one.directory === '/var/lib/ldap'))
  throw new Error('the fixture mounts no /var/lib/ldap');

/** Rules of disaster-recovery sites. */
export const recoveryCases: readonly RuleCase[] = [
  accepts('recovery/on-site', 'everything is there', faultless),
  accepts('recovery/on-site', 'a resource has a copy there', withRecovery({ volumes: ['queue-dr-mail1'] })),
  findsAll(
    'recovery/on-site',
    'a pair, a server and a volume are elsewhere',
    withRecovery({ mailPairs: ['mx-hq'], directoryServers: ['ldap-hq-mail1'], volumes: ['queue-hq-mail1'] }),
    { path: 'mail/recovery', text: /this is not on site dr \(mx-hq\)/ },
    { path: 'mail/recovery', text: /\(ldap-hq-mail1\)/ },
    { path: 'mail/recovery', text: /\(queue-hq-mail1\)/ },
  ),
  accepts('recovery/directory', 'a copy is there', faultless),
  accepts(
    'recovery/directory',
    'tables are enough',
    withMailPair(
      'mx-dr',
      { configuration: { kind: 'table', aliases: [], transports: [] } },
      withServers(three.slice(0, 1)),
    ),
  ),
  finds(
    'recovery/directory',
    'all copies are on the primary site',
    withServers(['ldap-hq-mail1', 'ldap-hq-mail2']),
    'mail/mx-dr',
    /no copy of directory people is on the disaster-recovery site \(dr\)/,
  ),
  accepts('recovery/directory-master', 'mirrors are there', faultless),
  finds(
    'recovery/directory-master',
    'only consumers are there (S7)',
    asConsumers,
    'mail/recovery',
    /no server on site dr can take writes of the directory \(people\)/,
  ),
  accepts('recovery/two-masters', 'one master has a mirror there', faultless),
  accepts('recovery/two-masters', 'a third site has a witness', withWitness(multiMaster(three, 'quorum'))),
  accepts(
    'recovery/two-masters',
    'all masters are on one site',
    multiMaster(['ldap-hq-mail1', 'ldap-hq-mail2'], 'available'),
  ),
  finds(
    'recovery/two-masters',
    'two masters are left without a choice (E32)',
    multiMaster(['ldap-hq-mail1', 'ldap-dr-mail1'], 'available'),
    'mail/people/suppliers',
    /two masters, one on each site, and nothing says how they go together \(ldap-hq-mail1, ldap-dr-mail1\)/,
  ),
  finds(
    'recovery/two-masters',
    'the witness is on the primary site',
    multiMaster(three, 'quorum'),
    'mail/people/suppliers',
    /the loss of site hq leaves no majority of the suppliers/,
  ),
  accepts('recovery/queue', 'queues are replicated on the site', faultless),
  accepts('recovery/queue', 'the site has an export', onSharedVolumes('nfs', '198.51.100.15:/queues')),
  findsAll(
    'recovery/queue',
    'a host of the primary site exports the queues',
    onSharedVolumes('nfs', 'hq-ns:/queues'),
    { path: 'mail/mx-dr-mail1', text: /the queue needs another site .* \(hq\); use storage of site dr/ },
    { path: 'mail/mx-dr-mail2', text: /\(hq\)/ },
  ),
  accepts('recovery/balancer', 'the site has one', faultless),
  accepts('recovery/balancer', 'there is none at all', { ...faultless, loadBalancers: [] }),
  finds(
    'recovery/balancer',
    'all are on the primary site',
    withBalancer({ balancer: { kind: 'external', site: 'hq', units: 2 } }),
    'mail/mx-dr',
    /all load balancers of the pair are on another site .*\(front-dr\); add a load balancer on site dr/,
  ),
  accepts('recovery/name-server', 'one is there', faultless),
  finds(
    'recovery/name-server',
    'none is named',
    withRecovery({ nameServers: [] }),
    'mail/recovery',
    /is named \(none\)/,
  ),
  finds(
    'recovery/name-server',
    'all are on the primary site',
    withRecovery({ nameServers: ['hq/hq-ns'] }),
    'mail/recovery',
    /every name server is on the primary site \(hq-ns\)/,
  ),
  accepts('recovery/secrets', 'a copy is there', faultless),
  accepts(
    'recovery/secrets',
    'there are no secrets',
    withRecovery({ secretStores: [] }, { ...faultless, secrets: [] }),
  ),
  finds(
    'recovery/secrets',
    'no copy is named',
    withRecovery({ secretStores: [] }),
    'mail/recovery',
    /no copy of the secrets is named \(none\)/,
  ),
  accepts('recovery/decision', 'both leave it to an operator', faultless),
  finds(
    'recovery/decision',
    'the site expects it to happen by itself (F16, E29)',
    withRecovery(({ failover }) => ({ failover: { ...failover, directory: 'automatic' } })),
    'mail/recovery',
    /failover group masters says otherwise who decides about its master \(automatic, group operator\)/,
  ),
  accepts('recovery/capacity', 'one pair carries the farm', faultless),
  accepts('recovery/capacity', 'nobody says what comes', withFarm({ workload: undefined })),
  finds(
    'recovery/capacity',
    'what is left is too little',
    withMailServer('mx-dr-mail1', { messagesPerSecond: 40 }),
    'mail/recovery',
    /what is left of farm farm without site hq .* \(90 messages\/s, needed 92.6\)/,
  ),
  accepts('cluster/docker-volume', 'volumes are on a SAN', dockerInGroup('san')),
  finds(
    'cluster/docker-volume',
    'a group mounts a volume of an engine',
    dockerInGroup('docker'),
    pair.clusters[0]!.groups[0]!.members.find((one) => one.kind === 'mount' && one.directory === '/var/lib/ldap')!.path,
    /a volume of a Docker engine in a group of a cluster \(volume\)/,
  ),
];
