import type { Topology } from '../../../lib/topology/topology';
import type { EntityId } from '../../../lib/topology/units';
import {
  faultless,
  withAgreement,
  withDirectory,
  withFailover,
  withReplica,
  withServer,
  withSuppliers,
  withoutAgreements,
} from '../directory-fixtures';
import { patch } from '../fixtures';
import { accepts, finds, findsAll, type RuleCase } from '../rule-case';

const withHosts = (names: readonly EntityId[], change: Partial<Topology['hosts'][number]>): Topology => ({
  ...faultless,
  hosts: patch(faultless.hosts, names, change),
});
const phones = ['hq/x-host', 'hq/y-host', 'dr/z-host', 'hq/w-host'];
const domain = (kind: 'rack' | 'power-feed') => ({
  id: `hq/${kind}`,
  path: `directories/hq/${kind}`,
  kind,
  site: 'hq',
});
const inDomains = (names: readonly EntityId[], failureDomains: readonly EntityId[]): Topology => ({
  ...withHosts(names, { failureDomains }),
  failureDomains: [domain('rack'), domain('power-feed'), { ...domain('power-feed'), id: 'hq/second' }],
});

/** Rules of what a directory is built of: sites, versions, clocks, engines, quorums. */
export const directoryDesignCases: readonly RuleCase[] = [
  accepts('directory/other-site', 'a mirror is on the other site', faultless),
  finds(
    'directory/other-site',
    'only a consumer is on the other site (F7)',
    withServer('s', { host: 'dr/c-host' }, withServer('c', { host: 'hq/s-host' })),
    'directories/people',
    /all members of its group on one \(hq\); add a mirror/,
  ),
  accepts('directory/local-access', 'each site has a server', withDirectory('people', { purposes: ['local-access'] })),
  accepts('directory/local-access', 'it is not asked for', withServer('c', { host: 'hq/a-host' })),
  finds(
    'directory/local-access',
    'a site has none (F1)',
    withDirectory(
      'people',
      { purposes: ['local-access'] },
      withServer(
        'c',
        { host: 'hq/c-host' },
        {
          ...faultless,
          hosts: [...faultless.hosts, { ...faultless.hosts[0]!, id: 'hq/c-host', site: 'hq' }],
        },
      ),
    ),
    'directories/people',
    /no server on a site \(dr\); add a Consumer there/,
  ),
  accepts('directory/one-version', 'all run one', faultless),
  finds(
    'directory/one-version',
    'a consumer is newer (R44)',
    withServer('s', { version: '2.6' }),
    'directories/people',
    /run different versions \(2\.5, 2\.6\)/,
  ),
  accepts('replication/clock', 'hosts have time servers (R11)', faultless),
  accepts('replication/clock', 'a consumer has none', withHosts(['hq/w-host'], { timeServers: [] })),
  finds(
    'replication/clock',
    'two suppliers have none',
    withHosts(['hq/x-host', 'dr/z-host'], { timeServers: [] }),
    'directories/phones',
    /clocks that nothing sets \(x, z\)/,
  ),
  accepts('replication/automatic-decision', 'an operator decides', faultless),
  finds(
    'replication/automatic-decision',
    'nobody decides (E29)',
    withFailover({ decision: 'automatic' }),
    'directories/people/group',
    /is to switch by itself, which nothing here does \(group\)/,
  ),
  accepts('replication/failover-by-routing', 'a failover group runs OpenLDAP', faultless),
  finds(
    'replication/failover-by-routing',
    'a failover group runs 389 Directory Server',
    withServer('a', { engine: 'ds389' }, withServer('b', { engine: 'ds389' }, withServer('c', { engine: 'ds389' }))),
    'directories/people/group',
    /members run ds389 .* suppliers that all take writes, .*\(a\); accept it/,
  ),
  accepts(
    'replication/common-failure-domain',
    'one server is in another rack',
    inDomains(phones.slice(1), ['hq/rack']),
  ),
  accepts('replication/common-failure-domain', 'each has two feeds', inDomains(phones, ['hq/power-feed', 'hq/second'])),
  findsAll(
    'replication/common-failure-domain',
    'all are in one rack on one feed (F6)',
    inDomains(phones, ['hq/rack', 'hq/power-feed']),
    { path: 'directories/phones', text: /all servers of directory phones depend on one rack \(hq\/rack\)/ },
    { path: 'directories/phones', text: /one power feed \(hq\/power-feed\); move one of them/ },
  ),
  accepts('replication/multi-vendor', 'each group runs one engine', faultless),
  findsAll(
    'replication/multi-vendor',
    'groups mix engines (F2, F4)',
    withServer('x', { engine: 'openldap' }, withServer('b', { engine: 'ds389' })),
    { path: 'directories/phones/suppliers', text: /\(x openldap, y ds389, z ds389\); use one engine/ },
    { path: 'directories/people/group', text: /\(a openldap, b ds389, c openldap\)/ },
  ),
  accepts('replication/quorum-mesh', 'a quorum is a mesh', withSuppliers({ partitionPolicy: 'quorum' })),
  accepts('replication/quorum-mesh', 'there is no quorum', withoutAgreements(/x to y/)),
  finds(
    'replication/quorum-mesh',
    'two suppliers of a quorum do not feed each other (Q5)',
    withoutAgreements(/suppliers\/(x to z|z to x)/, withSuppliers({ partitionPolicy: 'quorum' })),
    'directories/phones/suppliers',
    /\(x to z, z to x\); use topology 'mesh'/,
  ),
  accepts('replication/pipelining', 'versions are known', faultless),
  findsAll('replication/pipelining', 'a consumer is old (R24)', withServer('s', { version: '2.3' }), {
    path: 'directories/people/shadow/from h',
    text: /s is older than .* \(openldap 2\.3\)/,
  }),
  finds(
    'replication/agreement-ends',
    'a consumer, which keeps no changelog, is to feed another server (R6)',
    withAgreement('people/shadow/from h', {}, withReplica('people/hub/h', { role: 'consumer' })),
    'directories/people/shadow/from h',
    /a consumer feeds another server \(h\); make it a hub/,
  ),
  finds(
    'replication/initiator',
    'a consumer of 389 Directory Server pulls (R5)',
    withAgreement('phones/readers/from y', {
      updateMode: { initiator: 'consumer', when: 'periodic', windowSize: 1, updateInterval: 2, otherTimes: false },
    }),
    'directories/phones/readers/from y',
    /w is to ask for updates/,
  ),
  finds(
    'directory/second-copy',
    'the only server has no copy elsewhere (R25, R37)',
    {
      ...faultless,
      replicas: faultless.replicas.filter(({ directory, server }) => directory !== 'phones' || server === 'x'),
    },
    'directories/phones',
    /fewer than two servers \(1\)/,
  ),
  finds(
    'directory/schema-owner',
    'a mirror is named, which is a shadow (R46)',
    withDirectory('people', { schemaOwner: 'b' }),
    'directories/people',
    /on a server that is a mirror \(b\); name a supplier/,
  ),
];
