import { LOG_DAYS } from '../../topology/change-log';
import type { DirectoryFacts, DirectoryServerFacts, ReplicaFacts } from '../../topology/replication';
import { entry } from '../slapd/entries';
import type { LdifRecord } from '../slapd/ldif';
import { backendName, serverUrl, managerEntry, mappingTreeEntry, peerEntry, replicaEntry, suffixOf } from './words';

/** The copy of a directory on a server of 389 Directory Server. */
export interface Ds389Copy {
  readonly directory: DirectoryFacts;
  readonly replica: ReplicaFacts;
  /** The nearest suffix above it on the same server. */
  readonly parentSuffix?: string;
  /** Who sends to it by certificate. */
  readonly peers: readonly DirectoryServerFacts[];
  /** Somebody sends to it by password. */
  readonly byPassword: boolean;
  /** Where clients are referred that want to write; none where it takes writes. */
  readonly writers: readonly DirectoryServerFacts[];
}

/**
 * Seconds between looks at the log for changes that are old enough. An initialisation that ends while the thread that
 * looks is started waits for its next look, by default for 300 s (seen with 2.3.1 in cldb_StopThreads).
 */
const LOG_LOOK = 5;

const PLUGIN = 'cn=ldbm database,cn=plugins,cn=config';

/** Database, suffix, indexes and replica of a directory, in the order in which they can be added. */
export function databaseRecords(copy: Ds389Copy): readonly LdifRecord[] {
  const { directory, replica } = copy;
  const suffix = suffixOf(directory);
  const backend = backendName(directory);
  const writes = replica.role === 'supplier' || replica.role === 'mirror';
  const passesOn = writes || replica.role === 'hub';
  return [
    entry(`cn=${backend},${PLUGIN}`, [
      ['objectClass', 'top'],
      ['objectClass', 'extensibleObject'],
      ['objectClass', 'nsBackendInstance'],
      ['cn', backend],
      ['nsslapd-suffix', suffix],
    ]),
    mappingTree(suffix, backend, copy.parentSuffix),
    ...indexes(directory).map((attribute) =>
      entry(`cn=${attribute},cn=index,cn=${backend},${PLUGIN}`, [
        ['objectClass', 'top'],
        ['objectClass', 'nsIndex'],
        ['cn', attribute],
        ['nsSystemIndex', 'false'],
        ['nsIndexType', 'eq'],
      ]),
    ),
    ...(copy.byPassword ? [manager(directory)] : []),
    entry(replicaEntry(suffix), [
      ['objectClass', 'top'],
      ['objectClass', 'nsDS5Replica'],
      ['cn', 'replica'],
      ['nsDS5ReplicaRoot', suffix],
      ['nsDS5ReplicaId', String(replica.replicaId)],
      ['nsDS5ReplicaType', writes ? '3' : '2'],
      ['nsDS5Flags', passesOn ? '1' : '0'],
      ...[...copy.peers.map(peerEntry), ...(copy.byPassword ? [managerEntry(directory)] : [])].map(
        (name): [string, string] => ['nsDS5ReplicaBindDN', name],
      ),
      ...copy.writers.map((server): [string, string] => [
        'nsDS5ReplicaReferral',
        `${serverUrl(server)}/${encodeURIComponent(suffix)}`,
      ]),
    ]),
    ...(passesOn
      ? [
          entry(`cn=changelog,cn=${backend},${PLUGIN}`, [
            ['objectClass', 'top'],
            ['objectClass', 'extensibleObject'],
            ['cn', 'changelog'],
            ['nsslapd-changelogmaxage', `${LOG_DAYS}d`],
            ['nsslapd-changelogtrim-interval', String(LOG_LOOK)],
          ]),
        ]
      : []),
  ];
}

/** The suffix of a database. Its state is the server's own business: of a copy that takes no writes it changes it. */
export function mappingTree(suffix: string, backend: string, parentSuffix: string | undefined): LdifRecord {
  return entry(mappingTreeEntry(suffix), [
    ['objectClass', 'top'],
    ['objectClass', 'extensibleObject'],
    ['objectClass', 'nsMappingTree'],
    ['cn', suffix],
    ['nsslapd-state', 'backend'],
    ['nsslapd-backend', backend],
    ...(parentSuffix === undefined ? [] : ([['nsslapd-parent-suffix', parentSuffix]] as const)),
  ]);
}

/** Suppliers that authenticate by password share one name for a directory. */
function manager(directory: DirectoryFacts): LdifRecord {
  const dn = managerEntry(directory);
  return entry(dn, [
    ['objectClass', 'top'],
    ['objectClass', 'person'],
    ['cn', dn.slice(3, dn.indexOf(','))],
    ['sn', 'replication'],
    ['userPassword', { hashedSecret: directory.replicationSecret }],
  ]);
}

/** What clients look for and a new database has no index of (`cn=default indexes`). */
const indexes = ({ schemas }: DirectoryFacts): readonly string[] =>
  schemas.includes('nis') ? ['gidNumber', 'memberUid', 'uidNumber'] : [];
