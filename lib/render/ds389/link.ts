import type { DatabaseLinkFacts } from '../../topology/replication';
import { entry } from '../slapd/entries';
import type { LdifRecord } from '../slapd/ldif';
import { matching } from '../pattern';
import { mappingTree } from './database';
import { suffixOf } from './words';

/** A database link: the server fetches a subtree from another one for its clients (chaining, R43). */
export function linkRecords(
  link: DatabaseLinkFacts,
  number: number,
  parentSuffix: string | undefined,
): readonly LdifRecord[] {
  const name = `link-${number}`;
  const suffix = suffixOf(link);
  const url = matching({
    format: 'ds389',
    what: 'the URL of a database link',
    value: link.url,
    pattern: /^ldaps?:\/\/[A-Za-z0-9.-]+(?::[0-9]+)?\/?$/,
    problem: 'is not one of a server alone',
    remedy: "write it like 'ldaps://ldap.example.com:636/'",
  });
  return [
    entry(`cn=${name},cn=chaining database,cn=plugins,cn=config`, [
      ['objectClass', 'top'],
      ['objectClass', 'extensibleObject'],
      ['objectClass', 'nsBackendInstance'],
      ['cn', name],
      ['nsslapd-suffix', suffix],
      ['nsFarmServerURL', url.endsWith('/') ? url : `${url}/`],
    ]),
    mappingTree(suffix, name, parentSuffix),
  ];
}
