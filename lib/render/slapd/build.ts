import { lookup } from '../../topology/lookup';
import type { OpenLdapSettings } from '../../topology/service';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { FormatError } from '../format-error';
import { hostedService, type ServiceOf } from '../hosted-service';
import type { ShellVariable } from '../shell/variables';
import { mountCovering } from '../systemd/mounts';
import {
  configDatabase,
  defaults,
  entry,
  frontend,
  LOCAL_ROOT,
  modules,
  numbered,
  passwordRule,
  PROCESS_FILES,
  shippedSchemas,
} from './entries';
import type { LdifRecord } from './ldif';
import { bytes, directoryPath, distinguishedName, indexValue, logLevels } from './words';

/** Everything that makes slapd(8) of one host what it is. */
export interface SlapdConfiguration {
  readonly service: ServiceOf<'openldap'>;
  /** `cn=config` as slapadd(8) reads it. */
  readonly records: readonly LdifRecord[];
  /** `/etc/default/slapd`. */
  readonly defaults: readonly ShellVariable[];
  /** Mount point that the database lies on, when it is on one: without it slapd must not start. */
  readonly mountPoint?: string;
}

/** The configuration of a host's slapd; undefined where it runs none. */
export function build(topology: Topology, host: EntityId): SlapdConfiguration | undefined {
  const service = hostedService(topology, host, 'openldap');
  if (!service) return undefined;
  return FormatError.naming(service.path, () => ({
    service,
    records: [
      entry('cn=config', [
        ['objectClass', 'olcGlobal'],
        ['cn', 'config'],
        ...PROCESS_FILES,
        ...logLevels(service.settings.logLevel).map((level): [string, string] => ['olcLogLevel', level]),
      ]),
      modules(['back_mdb']),
      ...shippedSchemas(service.settings.schemas),
      frontend(),
      configDatabase(),
      directory(service.settings),
    ],
    defaults: defaults(listeners(service)),
    mountPoint: mountPointOf(topology, service),
  }));
}

function mountPointOf(topology: Topology, service: ServiceOf<'openldap'>): string | undefined {
  const group = lookup(topology).groupOf(service.id)?.group;
  return group && mountCovering(group, service.settings.dataDirectory)?.directory;
}

function directory(settings: OpenLdapSettings): LdifRecord {
  // olcDbNoSync and olcDbEnvFlags stay at their defaults: a commit that was acknowledged is on the replicated disk.
  return entry('olcDatabase={1}mdb,cn=config', [
    ['objectClass', 'olcDatabaseConfig'],
    ['objectClass', 'olcMdbConfig'],
    ['olcDatabase', '{1}mdb'],
    ['olcSuffix', distinguishedName(settings.suffix, 'the suffix')],
    ['olcDbDirectory', directoryPath(settings.dataDirectory, 'the data directory')],
    ['olcDbMaxSize', bytes(settings.maximumDatabaseSize)],
    ['olcRootDN', distinguishedName(settings.administrator, 'the administrator')],
    ['olcRootPW', { hashedSecret: settings.administratorSecret }],
    ['olcLimits', `{0}dn.exact="${LOCAL_ROOT}" size=unlimited time=unlimited`],
    ...numbered('olcAccess', [
      passwordRule(['userPassword', 'shadowLastChange']),
      `to * by dn.exact="${LOCAL_ROOT}" manage by * read`,
    ]),
    ...settings.indexes.map((index): [string, string] => ['olcDbIndex', indexValue(index)]),
  ]);
}

/**
 * The addresses slapd listens on. All of the host: the address that clients use moves, and slapd must not need to be
 * told. `ldapi` is for the local administrator.
 */
function listeners(service: ServiceOf<'openldap'>): string[] {
  return [
    ...service.ports
      .filter(({ protocol }) => protocol === 'tcp')
      .map(({ port, from }) => `ldap://${from === 'node' ? '127.0.0.1' : ''}:${port}/`),
    'ldapi:///',
  ];
}
