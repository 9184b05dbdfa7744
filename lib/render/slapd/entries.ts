import type { ShellVariable } from '../shell/variables';
import type { LdifRecord, LdifValue } from './ldif';
import { schemaName } from './words';

/** The local root user over `ldapi:///` (slapd-config needs no password then). */
export const LOCAL_ROOT = 'gidNumber=0+uidNumber=0,cn=peercred,cn=external,cn=auth';

/** An entry of an LDIF file. */
export function entry(
  dn: string,
  attributes: readonly (readonly [string, LdifValue])[],
  comments: readonly LdifValue[] = [],
): LdifRecord {
  return { kind: 'entry', dn, attributes: attributes.map(([name, value]) => ({ name, value })), comments };
}

/** Places that Debian's unit expects. */
export const PROCESS_FILES: readonly (readonly [string, string])[] = [
  ['olcPidFile', '/run/slapd/slapd.pid'],
  ['olcArgsFile', '/run/slapd/slapd.args'],
];

/** The list of modules. */
export function modules(names: readonly string[]): LdifRecord {
  return entry('cn=module{0},cn=config', [
    ['objectClass', 'olcModuleList'],
    ['cn', 'module{0}'],
    ['olcModulePath', '/usr/lib/ldap'],
    ...names.map((name): [string, string] => ['olcModuleLoad', name]),
  ]);
}

/** Schemas that Debian ships, core first. */
export function shippedSchemas(names: readonly string[]): readonly LdifRecord[] {
  return [
    entry('cn=schema,cn=config', [
      ['objectClass', 'olcSchemaConfig'],
      ['cn', 'schema'],
    ]),
    ...['core', ...names.filter((name) => name !== 'core')].map((name): LdifRecord => ({
      kind: 'include',
      file: `/etc/ldap/schema/${schemaName(name)}.ldif`,
    })),
  ];
}

/** What holds for all databases, and the root DSE. */
export function frontend(): LdifRecord {
  return entry('olcDatabase={-1}frontend,cn=config', [
    ['objectClass', 'olcDatabaseConfig'],
    ['objectClass', 'olcFrontendConfig'],
    ['olcDatabase', '{-1}frontend'],
    ['olcSizeLimit', '500'],
    ['olcAccess', '{0}to dn.exact="" by * read'],
    ['olcAccess', '{1}to dn.base="cn=Subschema" by * read'],
  ]);
}

/**
 * The configuration database: the local root manages it, nobody else sees more than `before` gives.
 * @param before rules of access without their numbers
 * @param readers distinguished names in quotes, of those who may read all of it
 */
export function configDatabase(before: readonly string[] = [], readers: readonly string[] = []): LdifRecord {
  return entry('olcDatabase={0}config,cn=config', [
    ['objectClass', 'olcDatabaseConfig'],
    ['olcDatabase', '{0}config'],
    ...numbered('olcAccess', [
      ...before,
      `to * by dn.exact="${LOCAL_ROOT}" manage${readers.map((name) => ` by dn.exact=${name} read`).join('')} by * none`,
    ]),
  ]);
}

/** Values whose order counts. */
export function numbered(name: string, values: readonly string[]): readonly (readonly [string, string])[] {
  return values.map((value, index) => [name, `{${index}}${value}`]);
}

/** Passwords are for those who bind with them and for their owners. */
export function passwordRule(attributes: readonly string[]): string {
  return `to attrs=${attributes.join(',')} by self write by anonymous auth by * none`;
}

/** `/etc/default/slapd`. */
export function defaults(listeners: readonly string[]): readonly ShellVariable[] {
  return [
    { name: 'SLAPD_CONF', value: '/etc/ldap/slapd.d' },
    { name: 'SLAPD_USER', value: 'openldap' },
    { name: 'SLAPD_GROUP', value: 'openldap' },
    { name: 'SLAPD_SERVICES', value: listeners.join(' ') },
  ];
}
