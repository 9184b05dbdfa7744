import { files } from '../../lib/render/directory-server/files';
import type { Topology } from '../../lib/topology/topology';
import { readLdif } from '../render/slapd/read-ldif';

/** An entry of `cn=config` by its attributes. */
export type ConfigEntry = ReadonlyMap<string, readonly string[]>;

/** The entries of `cn=config` of a server, whose host is `hq/NAME-host`. */
export function entriesOf(topology: Topology, server: string): readonly ConfigEntry[] {
  const [ldif] = files(topology, `hq/${server}-host`).filter(({ path }) => path === '/etc/ldap/slapd.ldif');
  return readLdif(ldif?.content ?? '').map(
    (lines) =>
      new Map(lines.map(({ name }) => [name, lines.filter((line) => line.name === name).map(({ value }) => value)])),
  );
}

/** A file of a server. */
export function content(topology: Topology, server: string, path: string): string {
  const file = files(topology, `hq/${server}-host`).find((one) => one.path === path);
  if (!file) throw new Error(`${server} gets no ${path}`);
  return file.content;
}

/** The database of a suffix. */
export function database(topology: Topology, server: string, suffix = 'dc=example,dc=com'): ConfigEntry {
  const found = entriesOf(topology, server).find((entry) => entry.get('olcSuffix')?.[0] === suffix);
  if (!found) throw new Error(`${server} has no database ${suffix}`);
  return found;
}
