import { shellWord } from '../../../../lib/topology/shell-word';

/** What a node says of the copy of a directory that its server keeps. */
export interface ServerFacts {
  readonly node: string;
  /** Id of the boot. */
  readonly boot: string;
  /** slapd answers. */
  readonly runs: boolean;
  /** It refuses everybody. */
  readonly closed: boolean;
  readonly takesWrites: boolean;
  /** Up to which change of each server it has everything (contextCSN), sorted. */
  readonly changes: readonly string[];
}

/** The command that a node tells its facts with, as root. */
export function serverFactsCommand(suffix: string): string {
  const ask = 'ldapsearch -LLL -Q -Y EXTERNAL -H ldapi:/// -o ldif-wrap=no -o nettimeout=3';
  return [
    'echo "boot: $(cat /proc/sys/kernel/random/boot_id)"',
    `${ask} -s one -b cn=config ${shellWord(`(olcSuffix=${suffix})`)} olcDatabase olcReadOnly olcRestrict 2>/dev/null`,
    `${ask} -s base -b ${shellWord(suffix)} contextCSN 2>/dev/null`,
    'true',
  ].join('; ');
}

/** What a node has told. */
export function parseServerFacts(node: string, text: string): ServerFacts {
  const values = (name: string): readonly string[] =>
    [...text.matchAll(new RegExp(`^${name}: (.*)$`, 'gm'))].map(([, value]) => value ?? '');
  const runs = values('olcDatabase').length > 0;
  const closed = values('olcRestrict').length > 0;
  return {
    node,
    boot: values('boot')[0] ?? '',
    runs,
    closed,
    takesWrites: runs && !closed && values('olcReadOnly')[0] !== 'TRUE',
    changes: [...values('contextCSN')].sort(),
  };
}
