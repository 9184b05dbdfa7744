import { ldapsUrl } from '../../lib/topology/ldaps-url';
import type { Topology } from '../../lib/topology/topology';

/**
 * Makes of a rendered `cn=config` one that can be operated: the administrator binds beside the database, so that closing
 * that does not lock him out, sees everything and changes what a switch changes; who is master stands on every member.
 */
export function operable(topology: Topology, ldif: string): string {
  const [directory] = topology.directories;
  const [group] = topology.failoverGroups;
  const master = topology.directoryServers.find(({ id }) => id === group?.master);
  if (!directory || !master) throw new Error('not a failover group');
  const name = `cn=admin,${directory.suffix}`;
  const text = ldif
    .replace(/\n /g, '')
    .replace(/\{(\d+)\}(mdb|null)/g, (_all, number: string, kind: string) => `{${Number(number) + 1}}${kind}`);
  const data =
    /dn: (olcDatabase=\{\d+\}mdb,cn=config)\n(?:(?!\n\n)[^])*olcDbDirectory: \S*\/data\n/.exec(text)?.[1] ?? '';
  const password = /olcRootPW: .*\n/.exec(text)?.[0] ?? '';
  const modules = /(olcModuleLoad: back_mdb\n)/;
  const administrator = `dn: olcDatabase={1}null,cn=config
objectClass: olcDatabaseConfig
objectClass: olcNullConfig
olcDatabase: {1}null
olcSuffix: ${name}
olcRootDN: ${name}
${password}olcAccess: {0}to * by anonymous auth by * none

`;
  const root = 'by dn.exact="gidNumber=0+uidNumber=0,cn=peercred,cn=external,cn=auth" manage';
  const rules = [
    `to dn.exact="${data}" attrs=entry,olcReadOnly,olcRestrict,olcUpdateRef ${root} by dn.exact="${name}" write by * read`,
    `to dn.exact="${data}" attrs=olcSuffix ${root} by * read`,
    `to dn.exact="${data}" attrs=olcSyncrepl,olcMultiProvider ${root} by dn.exact="${name}" write`,
    `to * ${root} by dn.exact="${name}" read by * none`,
  ];
  return text
    .split('\n\n')
    .map((entry) => {
      if (entry.startsWith('dn: olcDatabase={0}config,'))
        return [
          ...entry.split('\n').filter((line) => !line.startsWith('olcAccess')),
          ...rules.map((rule, index) => `olcAccess: {${index}}${rule}`),
        ].join('\n');
      if (/^olcSuffix: cn=changes of /m.test(entry))
        return entry.replace(' by * none', ` by dn.exact="${name}" read by * none`);
      if (!entry.startsWith(`dn: ${data}\n`)) return entry;
      return [
        ...entry.split('\n').filter((line) => !/^olc(RootPW|UpdateRef)/.test(line)),
        `olcUpdateRef: ${ldapsUrl(master)}`,
      ].join('\n');
    })
    .join('\n\n')
    .replace(/dn: olcDatabase=\{2\}/, (first) => `${administrator}${first}`)
    .replace(modules, '$1olcModuleLoad: back_null\nolcModuleLoad: back_monitor\n');
}
