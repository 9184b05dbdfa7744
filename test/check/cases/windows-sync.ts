import type { WindowsSyncFacts } from '../../../lib/topology/replication';
import type { Topology } from '../../../lib/topology/topology';
import { faultless, withSuppliers } from '../directory-fixtures';
import { accepts, finds, findsAll, type RuleCase } from '../rule-case';

const sync = (name: string, server: string, directory = 'phones'): WindowsSyncFacts => ({
  id: `${directory}/${name}`,
  path: `directories/${directory}/${name}`,
  name,
  directory,
  server,
  domainController: 'dc1.corp.example.com',
  port: 636,
  windowsDomain: 'corp.example.com',
  windowsSubtree: 'cn=Users,dc=corp,dc=example,dc=com',
  directorySubtree: 'dc=example,dc=net',
});
const withSync = (...windowsSyncs: readonly WindowsSyncFacts[]): Topology => ({ ...faultless, windowsSyncs });
const alone = withSuppliers({ suppliers: ['x'] }, withSync(sync('windows', 'x')));

/** Rules of the synchronisation with Windows (R49). */
export const windowsSyncCases: readonly RuleCase[] = [
  accepts('replication/windows-sync-server', 'a supplier of 389 Directory Server does it', withSync(sync('w', 'x'))),
  findsAll(
    'replication/windows-sync-server',
    'OpenLDAP, a consumer and a stranger are to do it',
    withSync(sync('one', 'a', 'people'), sync('two', 'w'), { ...sync('three', 'x'), directory: 'people' }),
    { path: 'directories/people/one', text: /openldap knows no synchronisation with Windows \(a\)/ },
    { path: 'directories/phones/two', text: /the server is a consumer and may not write .* \(w\)/ },
    { path: 'directories/phones/three', text: /the server is none of the directory .* \(x\); name a supplier/ },
  ),
  accepts('replication/windows-sync-count', 'there is one', withSync(sync('windows', 'x'))),
  finds(
    'replication/windows-sync-count',
    'there are two',
    withSync(sync('windows', 'x'), sync('again', 'y')),
    'directories/phones/again',
    /windows synchronises with Windows already \(dc1\.corp\.example\.com\)/,
  ),
  accepts('replication/windows-sync-spread', 'three suppliers spread it', withSync(sync('windows', 'x'))),
  finds(
    'replication/windows-sync-spread',
    'there is no other supplier',
    { ...alone, replicas: alone.replicas.filter(({ server }) => !['y', 'z'].includes(server)) },
    'directories/phones/windows',
    /the only supplier synchronises with Windows \(x\); make it a member of a MultiMasterGroup/,
  ),
];
