import type { ConstructPath } from '../../topology/units';
import type { ShellScript } from '../shell/script';

/** Places that the script works on. */
export interface SlapdConfigScriptProps {
  readonly source: ConstructPath;
  /** The LDIF of `cn=config`. */
  readonly ldif: string;
  /** The configuration database that slapd reads. */
  readonly directory: string;
  /** File system without which slapd must not start. */
  readonly mountPoint?: string;
  /**
   * Directories of databases that are made where they are missing, parents first; absolute, without spaces.
   * @default - none
   */
  readonly databases?: readonly string[];
  /**
   * What a server of replicas does otherwise.
   * @default - none: the service of a cluster
   */
  readonly replica?: ReplicaStart;
}

/** How the configuration of a server of replicas comes from its LDIF. */
export interface ReplicaStart {
  /** Functions of the shell, among them `prepared FILE`, which prints the LDIF of `FILE` as it is to be built. */
  readonly functions: string;
  /** Commands of the shell that look at the arguments and may end the script; the functions of the start are there. */
  readonly commands: string;
}

/**
 * The script that slapd's unit runs before each start. It builds the configuration database anew from the LDIF, so what
 * was changed over LDAP does not live on and the two nodes do not drift apart (X15, X16). A refused LDIF leaves the
 * configuration of before in force: a directory with yesterday's settings is better than none. That of a replica is built
 * from the LDIF of before, since what was running may be open (Q10).
 */
export function configScript(props: SlapdConfigScriptProps): ShellScript {
  const { databases = [], replica } = props;
  return {
    source: props.source,
    variables: [
      ['ldif', props.ldif],
      ['live', props.directory],
      ['mount_point', props.mountPoint ?? ''],
      ...(databases.length === 0 ? [] : [['databases', databases.join(' ')] as const]),
    ],
    body: [
      PLACES,
      ...(replica ? [replica.functions] : []),
      ...(replica
        ? [
            // On the disk before the renames that lead to it: it says who is master.
            buildFunction(
              'prepared "$1" >"$fresh.ldif"',
              '"$fresh.ldif"',
              'cat "$1" >"$fresh/$mark" &&\n    sync -f "$fresh"',
            ),
          ]
        : []),
      ...(replica ? [] : [buildFunction('', '"$1"', ': >"$fresh/$mark"')]),
      ...(databases.length === 0 ? [] : [MAKE_DATABASES]),
      ...(replica ? [replica.commands] : []),
      START,
      replica ? FALL_BACK_CLOSED : FALL_BACK,
    ].join('\n'),
  };
}

const MAKE_DATABASES = `# slapadd refuses a database whose directory is missing.
for directory in $databases; do
  install -d -o openldap -g openldap -m 0700 "$directory"
done
`;

// The mark tells a database of this script from the one that Debian's package brings, which is never fallen back to.
const PLACES = `# The database may lie elsewhere, behind a link; it is replaced where it lies.
live=$(readlink -f "$live")
fresh=$live.new
previous=$live.previous
mark=tandem

say() { printf 'tandem-slapd-config: %s\\n' "$1" >&2; }
`;

/**
 * @param before what makes the LDIF
 * @param ldif the LDIF, as a word of the shell
 * @param marking what makes the mark
 */
const buildFunction = (before: string, ldif: string, marking: string): string => `build() { # LDIF
  rm -rf "$fresh" &&
    mkdir "$fresh" &&${before === '' ? '' : `\n    ${before} &&`}
    slapadd -n 0 -F "$fresh" -l ${ldif} &&
    ${marking} &&
    chown -R openldap:openldap "$fresh"
}
`;

const START = `# slapd makes an empty database in an empty directory: on a bare mount point it would serve nothing.
if [ -n "$mount_point" ] && ! mountpoint -q "$mount_point"; then
  say "$mount_point is not mounted, slapd does not start"
  exit 1
fi

# A power cut between the two renames below leaves only the previous database.
if [ ! -d "$live" ] && [ -d "$previous" ]; then mv -T "$previous" "$live"; fi

replace() {
  rm -rf "$previous" &&
    { [ ! -d "$live" ] || mv -T "$live" "$previous"; } &&
    mv -T "$fresh" "$live"
}

if build "$ldif"; then
  if replace; then exit 0; fi
  say "$live could not be replaced"
  [ -d "$live" ] || mv -T "$previous" "$live"
else
  say "$ldif was refused"
  rm -rf "$fresh"
fi
`;

const FALL_BACK = `if [ -e "$live/$mark" ]; then
  say 'slapd starts with the configuration of before'
  exit 0
fi
say 'there is no configuration of before, slapd does not start'
exit 1
`;

const FALL_BACK_CLOSED = `if [ -s "$live/$mark" ] && build "$live/$mark" && replace; then
  say 'slapd starts with the configuration of before'
  exit 0
fi
say 'there is no configuration of before that can be started, slapd does not start'
exit 1
`;
