import { absolutePath, matching, oneLine, plainName } from '../pattern';
import type { HostBackup } from './build';

/** The UTC time in the name of a dump, as a pattern of sh(1). */
export const STAMP_PATTERN = '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z';

/** Settings that the dump and the restore command share. */
export function storeVariables(backup: HostBackup): readonly (readonly [string, string | number])[] {
  const { store } = backup;
  return [
    ['name', plainName('backup', 'the name of a backup', backup.name)],
    ['directory', absolutePath('backup', 'the directory of the dumps', backup.directory)],
    ['mount', backup.mountPoint === undefined ? '' : absolutePath('backup', 'a mount point', backup.mountPoint)],
    ['ending', store.kind === 'sql' ? '.sql.gz' : '.ldif.gz'],
    ...(store.kind === 'sql'
      ? ([['programs', `/usr/lib/postgresql/${version(store.version)}/bin`]] as const)
      : ([['suffix', oneLine('backup', 'the suffix', store.suffix)]] as const)),
    ...(store.kind === 'ds389' ? ([['instance', store.instance]] as const) : []),
  ];
}

/** A list that the shell splits again at its blanks. */
export function words(list: readonly string[]): string {
  return list
    .map((word) =>
      matching({
        format: 'backup',
        what: 'a word of a list',
        value: word,
        pattern: /^[A-Za-z0-9_.:=@-]+$/,
        problem: "is not of letters, digits and '_.:=@-' alone",
        remedy: 'give it another name',
      }),
    )
    .join(' ');
}

function version(text: string): string {
  return matching({
    format: 'backup',
    what: 'the version of PostgreSQL',
    value: text,
    pattern: /^[0-9]+(\.[0-9]+)?$/,
    problem: 'is no number',
    remedy: "write it as in '/usr/lib/postgresql', for instance 15",
  });
}
