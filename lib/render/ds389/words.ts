import { ldapsUrl } from '../../topology/ldaps-url';
import { pairsOf, partsOf, unescaped } from '../../topology/distinguished-name';
import { by } from '../../topology/order';
import type { DirectoryFacts, DirectoryServerFacts, UpdateWindowFacts } from '../../topology/replication';
import { FormatError } from '../format-error';
import { plainName } from '../pattern';

/** The name of an instance: `slapd-` stands before it in file names. */
export const instanceName = ({ name }: DirectoryServerFacts): string =>
  plainName('ds389', 'the name of a server', name);

/** The name of a directory's database. With its prefix it is none that the server has itself, such as `config`. */
export const backendName = ({ name }: DirectoryFacts): string =>
  `directory-${plainName('ds389', 'the name of a directory', name)}`;

/**
 * A text as the value of an attribute in a name (RFC 4514, section 2.4): special characters by number, as the server
 * itself writes the names of suffixes in its mapping tree.
 */
export function escapedValue(text: string): string {
  return text
    .replace(/[\\,+"<>;=]|^[#\s]|\s$/gu, (character) =>
      [...Buffer.from(character, 'utf8')]
        .map((byte) => `\\${byte.toString(16).toUpperCase().padStart(2, '0')}`)
        .join(''),
    )
    .replaceAll('\0', '\\00');
}

/**
 * The same name with special characters by number, the form in which the server takes every character, and with several
 * values of one part in the order of their attributes, in which it returns them.
 */
export function numberedName(name: string): string {
  return partsOf(name)
    .map((part) =>
      [...pairsOf(part)]
        .sort(by(([attribute, value]) => `${attribute.toLowerCase()}\0${value}`))
        .map(([attribute, value]) => `${attribute}=${escapedValue(unescaped(value) ?? refuse(name))}`)
        .join('+'),
    )
    .join(',');
}

/** The suffix of a directory. */
export const suffixOf = ({ suffix }: { readonly suffix: string }): string => numberedName(suffix);

/** The entry of a suffix in the mapping tree. */
export const mappingTreeEntry = (suffix: string): string => `cn=${escapedValue(suffix)},cn=mapping tree,cn=config`;

/** The entry of the replica of a suffix. */
export const replicaEntry = (suffix: string): string => `cn=replica,${mappingTreeEntry(suffix)}`;

/** The name under which a supplier is known that shows its certificate. */
export const peerEntry = (server: DirectoryServerFacts): string => `cn=peer ${instanceName(server)},cn=config`;

/** The name under which suppliers of a directory are known by password. */
export const managerEntry = (directory: DirectoryFacts): string =>
  `cn=replication of ${plainName('ds389', 'the name of a directory', directory.name)},cn=config`;

/** The host name of a server, as a word. */
export function hostnameOf({ hostname }: DirectoryServerFacts): string {
  if (/^[A-Za-z0-9.-]+$/.test(hostname)) return hostname;
  throw new FormatError({
    format: 'ds389',
    what: 'a host name',
    problem: 'is none',
    remedy: 'correct it in the stack',
    value: hostname,
  });
}

/** The address of a server for others, always by TLS. */
export function serverUrl(server: DirectoryServerFacts): string {
  hostnameOf(server);
  return ldapsUrl(server);
}

/**
 * A value of `nsDS5ReplicaUpdateSchedule`: hours and minutes, then days from 0, Sunday. The last minute of a day is the
 * end of it: 2400 is no time.
 */
export function schedule({ weekdays, from, to }: UpdateWindowFacts): string {
  return `${time(from)}-${time(Math.min(to, 1439))} ${weekdays.join('')}`;
}

const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;

function refuse(name: string): never {
  throw new FormatError({
    format: 'ds389',
    what: 'a distinguished name',
    problem: 'has bytes that are no UTF-8',
    remedy: 'write its characters',
    value: name,
  });
}
