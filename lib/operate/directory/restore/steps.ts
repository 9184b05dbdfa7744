import { databaseFolder } from '../../../topology/openldap-names';
import type { DirectoryFacts } from '../../../topology/replication';
import type { HostFacts } from '../../../topology/site';
import { shellWord } from '../../../topology/shell-word';
import { outcomeOf, type Operation } from '../../pair/operation';
import { HOST_PATH } from '../../pair/probe';
import { lastLines } from '../../remote/remote';
import { AS_SLAPD } from '../slapd-tools';

const toolOptions = ({ suffix }: DirectoryFacts): string => `-F /etc/ldap/slapd.d -b ${shellWord(suffix)}`;

/** Whether a server holds entries, also while slapd does not run. */
export async function holdsData(
  operation: Operation,
  host: HostFacts,
  directory: DirectoryFacts,
): Promise<'data' | 'empty' | { readonly reason: string }> {
  const folder = shellWord(`${databaseFolder(directory)}/data`);
  const { status, stdout, stderr } = await outcomeOf(
    operation,
    host,
    `${AS_SLAPD}
[ -d /etc/ldap/slapd.d ] || { echo 'it was never started' >&2; exit 1; }
[ -e ${folder}/data.mdb ] || { echo empty; exit 0; }
first=$(as_slapd slapcat ${toolOptions(directory)} | head -c 1)
[ -n "$first" ] && echo data || echo empty`,
    { timeout: 600 },
  );
  if (status !== 0) return { reason: lastLines(stderr, 1).join() || `exit code ${status}` };
  return stdout.trim() === 'data' ? 'data' : 'empty';
}

/** The name of a file without its folder. */
export const fileOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A dump as text: what passes between hosts here is text. */
export const sendDump = (file: string): string => `${HOST_PATH}\nexec base64 -- ${shellWord(file)}`;

/** Stores what `sendDump` printed, for root alone, and prints where. */
export const receiveDump = (name: string): string => `${HOST_PATH}
set -e
umask 077
folder=$(mktemp -d /var/tmp/tandem-restore.XXXXXX)
base64 -d >"$folder"/${shellWord(name)}
printf '%s\\n' "$folder"/${shellWord(name)}`;

/** Whether a dump is whole, and of entries that the server knows; nothing is written. */
export const checkDump = (directory: DirectoryFacts, file: string): string => `${AS_SLAPD}
gzip -t -- ${shellWord(file)} && gzip -dc -- ${shellWord(file)} | as_slapd slapadd -u ${toolOptions(directory)}`;

export const stopSlapd = (): string => `${HOST_PATH}\nsystemctl stop slapd.service`;

export const startSlapd = (): string => `${HOST_PATH}\nsystemctl start slapd.service`;

/** Moves the databases away, and leaves empty folders of the same names. */
export const moveAside = (directory: DirectoryFacts, kept: string): string => {
  const [from, to] = [shellWord(databaseFolder(directory)), shellWord(kept)];
  return `${HOST_PATH}
set -e
[ -d ${from} ] || exit 0
mv -T -- ${from} ${to}
for folder in ${to} ${to}/*/; do
  new=${from}\${folder#${to}}
  install -d -m 0700 -o openldap -g openldap -- "$new"
done`;
};

/** Fills the empty databases. */
export const loadDump = (directory: DirectoryFacts, file: string): string => `${AS_SLAPD}
set -e
gzip -dc -- ${shellWord(file)} | as_slapd slapadd ${toolOptions(directory)}`;

/** Removes what `receiveDump` stored. */
export const dropDump = (file: string): string =>
  `${HOST_PATH}\nrm -r -- ${shellWord(file.slice(0, file.lastIndexOf('/')))}`;
