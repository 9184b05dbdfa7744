import { lookup } from '../../topology/lookup';
import type { OpenLdapSettings } from '../../topology/service';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { FormatError } from '../format-error';
import { hostedService, type ServiceOf } from '../hosted-service';
import type { ShellVariable } from '../shell/variables';
import { mountCovering } from '../systemd/mounts';
import { isUnprintable } from '../text';
import type { LdifAttribute, LdifRecord } from './ldif';

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

/** The local root user over `ldapi:///` (slapd-config needs no password then). */
const LOCAL_ROOT = 'gidNumber=0+uidNumber=0,cn=peercred,cn=external,cn=auth';

/** Words of `loglevel` (slapd-config(5)). */
const LOG_LEVELS = new Set(
  'any trace packets args conns ber filter config acl stats stats2 shell parse sync none'.split(' '),
);

/** Kinds of `index` (slapd-mdb(5), slapd.conf(5)). */
const INDEX_TYPES = new Set('pres eq approx sub subinitial subany subfinal nolang nosubtypes none'.split(' '));

/** The configuration of a host's slapd; undefined where it runs none. */
export function build(topology: Topology, host: EntityId): SlapdConfiguration | undefined {
  const service = hostedService(topology, host, 'openldap');
  if (!service) return undefined;
  return FormatError.naming(service.path, () => ({
    service,
    records: [
      ...global(service.settings),
      ...schemas(service.settings),
      ...serverDatabases(),
      directory(service.settings),
    ],
    defaults: [
      { name: 'SLAPD_CONF', value: '/etc/ldap/slapd.d' },
      { name: 'SLAPD_USER', value: 'openldap' },
      { name: 'SLAPD_GROUP', value: 'openldap' },
      { name: 'SLAPD_SERVICES', value: listeners(service).join(' ') },
    ],
    mountPoint: mountPointOf(topology, service),
  }));
}

function mountPointOf(topology: Topology, service: ServiceOf<'openldap'>): string | undefined {
  const group = lookup(topology).groupOf(service.id)?.group;
  return group && mountCovering(group, service.settings.dataDirectory)?.directory;
}

function global(settings: OpenLdapSettings): LdifRecord[] {
  return [
    entry('cn=config', [
      ['objectClass', 'olcGlobal'],
      ['cn', 'config'],
      ['olcPidFile', '/run/slapd/slapd.pid'],
      ['olcArgsFile', '/run/slapd/slapd.args'],
      ...logLevels(settings.logLevel).map((level): [string, string] => ['olcLogLevel', level]),
    ]),
    entry('cn=module{0},cn=config', [
      ['objectClass', 'olcModuleList'],
      ['cn', 'module{0}'],
      ['olcModulePath', '/usr/lib/ldap'],
      ['olcModuleLoad', 'back_mdb'],
    ]),
  ];
}

function schemas(settings: OpenLdapSettings): LdifRecord[] {
  return [
    entry('cn=schema,cn=config', [
      ['objectClass', 'olcSchemaConfig'],
      ['cn', 'schema'],
    ]),
    ...['core', ...settings.schemas.filter((name) => name !== 'core')].map((name): LdifRecord => ({
      kind: 'include',
      file: `/etc/ldap/schema/${matching(name, /^[A-Za-z0-9_-]+$/, 'a schema', 'is no name of a file in /etc/ldap/schema')}.ldif`,
    })),
  ];
}

function serverDatabases(): LdifRecord[] {
  return [
    entry('olcDatabase={-1}frontend,cn=config', [
      ['objectClass', 'olcDatabaseConfig'],
      ['objectClass', 'olcFrontendConfig'],
      ['olcDatabase', '{-1}frontend'],
      ['olcSizeLimit', '500'],
      ['olcAccess', '{0}to dn.exact="" by * read'],
      ['olcAccess', '{1}to dn.base="cn=Subschema" by * read'],
    ]),
    entry('olcDatabase={0}config,cn=config', [
      ['objectClass', 'olcDatabaseConfig'],
      ['olcDatabase', '{0}config'],
      ['olcAccess', `{0}to * by dn.exact="${LOCAL_ROOT}" manage by * none`],
    ]),
  ];
}

function directory(settings: OpenLdapSettings): LdifRecord {
  // olcDbNoSync and olcDbEnvFlags stay at their defaults: a commit that was acknowledged is on the replicated disk.
  return entry('olcDatabase={1}mdb,cn=config', [
    ['objectClass', 'olcDatabaseConfig'],
    ['objectClass', 'olcMdbConfig'],
    ['olcDatabase', '{1}mdb'],
    ['olcSuffix', distinguishedName(settings.suffix, 'the suffix')],
    ['olcDbDirectory', matching(settings.dataDirectory, /^\/[^\s"\\]*$/u, 'the data directory', NO_WORD)],
    ['olcDbMaxSize', bytes(settings.maximumDatabaseSize)],
    ['olcRootDN', distinguishedName(settings.administrator, 'the administrator')],
    ['olcRootPW', { hashedSecret: settings.administratorSecret }],
    ['olcLimits', `{0}dn.exact="${LOCAL_ROOT}" size=unlimited time=unlimited`],
    ['olcAccess', '{0}to attrs=userPassword,shadowLastChange by self write by anonymous auth by * none'],
    ['olcAccess', `{1}to * by dn.exact="${LOCAL_ROOT}" manage by * read`],
    ...settings.indexes.map((index): [string, string] => ['olcDbIndex', indexValue(index)]),
  ]);
}

const NO_WORD = 'is no absolute path without spaces, quotes and backslashes';

function indexValue(index: OpenLdapSettings['indexes'][number]): string {
  const attributes = index.attributes.map((name) =>
    matching(name, /^[A-Za-z0-9][A-Za-z0-9.-]*(;[A-Za-z0-9-]+)*$/, 'an index', 'has something that is no attribute'),
  );
  const types = index.types.map((type) => listed(type, INDEX_TYPES, 'an index', 'has an unknown type'));
  if (attributes.length === 0 || types.length === 0) {
    refuse('an index', 'lacks attributes or types', index.attributes.join(','));
  }
  return `${attributes.join(',')} ${types.join(',')}`;
}

function logLevels(text: string): string[] {
  const words = text.split(/[ ,]+/).filter((word) => word !== '');
  if (words.length === 0) refuse('the log level', 'is empty', text);
  return words.map((word) => (/^\d+$/.test(word) ? word : listed(word, LOG_LEVELS, 'the log level', 'is unknown')));
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

function entry(dn: string, attributes: readonly (readonly [string, LdifAttribute['value']])[]): LdifRecord {
  return { kind: 'entry', dn, attributes: attributes.map(([name, value]) => ({ name, value })) };
}

/** slapd takes a whole line as a name, unless it begins with a quote. */
function distinguishedName(text: string, what: string): string {
  return matching(text, /^[A-Za-z0-9][A-Za-z0-9.-]* *=/, what, 'is no distinguished name');
}

function matching(text: string, pattern: RegExp, what: string, problem: string): string {
  return pattern.test(text) && !isUnprintable(text) ? text : refuse(what, problem, text);
}

function listed(word: string, known: ReadonlySet<string>, what: string, problem: string): string {
  return known.has(word.toLowerCase()) ? word : refuse(what, `${problem}, known are ${[...known].join(', ')}`, word);
}

function bytes(size: number): string {
  return Number.isSafeInteger(size) && size > 0
    ? String(size)
    : refuse('the maximum database size', 'is no whole number of bytes', String(size));
}

function refuse(what: string, problem: string, value: string): never {
  throw new FormatError({ format: 'slapd.ldif', what, problem, remedy: 'correct it in the stack', value });
}
