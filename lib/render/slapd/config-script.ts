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
}

/**
 * The script that slapd's unit runs before each start. It builds the configuration database anew from the LDIF, so what
 * was changed over LDAP does not live on and the two nodes do not drift apart (X15, X16). A refused LDIF leaves the
 * configuration of before in force: a directory with yesterday's settings is better than none.
 */
export function configScript(props: SlapdConfigScriptProps): ShellScript {
  const { databases = [] } = props;
  return {
    source: props.source,
    variables: [
      ['ldif', props.ldif],
      ['live', props.directory],
      ['mount_point', props.mountPoint ?? ''],
      ...(databases.length === 0 ? [] : [['databases', databases.join(' ')] as const]),
    ],
    body: databases.length === 0 ? BODY : `${MAKE_DATABASES}\n${BODY}`,
  };
}

const MAKE_DATABASES = `# slapadd refuses a database whose directory is missing.
for directory in $databases; do
  install -d -o openldap -g openldap -m 0700 "$directory"
done
`;

// The mark tells a database of this script from the one that Debian's package brings, which is never fallen back to.
const BODY = `fresh=$live.new
previous=$live.previous
mark=tandem

say() { printf 'tandem-slapd-config: %s\\n' "$1" >&2; }

# slapd makes an empty database in an empty directory: on a bare mount point it would serve nothing.
if [ -n "$mount_point" ] && ! mountpoint -q "$mount_point"; then
  say "$mount_point is not mounted, slapd does not start"
  exit 1
fi

# A power cut between the two renames below leaves only the previous database.
if [ ! -d "$live" ] && [ -d "$previous" ]; then mv -T "$previous" "$live"; fi

build() {
  rm -rf "$fresh" &&
    mkdir "$fresh" &&
    slapadd -n 0 -F "$fresh" -l "$ldif" &&
    : >"$fresh/$mark" &&
    chown -R openldap:openldap "$fresh"
}

replace() {
  rm -rf "$previous" &&
    { [ ! -d "$live" ] || mv -T "$live" "$previous"; } &&
    mv -T "$fresh" "$live"
}

if build; then
  if replace; then exit 0; fi
  say "$live could not be replaced"
  [ -d "$live" ] || mv -T "$previous" "$live"
else
  say "$ldif was refused"
  rm -rf "$fresh"
fi

if [ -e "$live/$mark" ]; then
  say 'slapd starts with the configuration of before'
  exit 0
fi
say 'there is no configuration of before, slapd does not start'
exit 1
`;
