import { ldifDirectory } from '../ds389/places';

/**
 * Shell functions per kind of store. `dump_store` writes the dump to standard output, `is_complete FILE` says whether a
 * dump came to its end, `check_store` refuses what can not be restored over, `holds_data` says whether there is
 * anything to lose, `move_aside` makes room without deleting, `load_store FILE` fills the empty store.
 */
export interface StoreFunctions {
  readonly dump: string;
  readonly complete: string;
  readonly restore: string;
}

/** slapcat(8) and slapadd(8) take the configuration that the init script gives to slapd(8). */
const SLAPD_DEFAULTS = `
SLAPD_CONF=
SLAPD_USER=openldap
SLAPD_GROUP=openldap
if [ -r /etc/default/slapd ]; then
  # shellcheck source=/dev/null
  . /etc/default/slapd
fi
if [ -z "$SLAPD_CONF" ] && [ -e /etc/ldap/slapd.d ]; then SLAPD_CONF=/etc/ldap/slapd.d; fi
SLAPD_CONF=\${SLAPD_CONF:-/etc/ldap/slapd.conf}
if [ -d "$SLAPD_CONF" ]; then configured=-F; else configured=-f; fi

as_slapd() { setpriv --reuid="$SLAPD_USER" --regid="$SLAPD_GROUP" --init-groups -- "$@"; }
`;

const COMPLETE_LDIF = `
is_complete() {
  entries=$(grep -c '^dn:' "$1") || :
  [ "$entries" -gt 0 ] && [ -z "$(tail -c 1 "$1")" ] || return 1
  say "$entries entries"
}
`;

/**
 * A suffix of 389 Directory Server in LDIF. The server writes the file itself, where it may, and has no state of
 * replication in it: whoever is filled from it sends everything anew.
 */
export const DS389: Pick<StoreFunctions, 'dump' | 'complete'> = {
  dump: `
dump_store() {
  exported=${ldifDirectory('$instance')}/tandem-$name.ldif
  rm -f -- "$exported"
  dsconf "$instance" backend export --ldif "$exported" "$suffix" >&2 || return 1
  cat -- "$exported"
  rm -f -- "$exported"
}
`,
  complete: COMPLETE_LDIF,
};

/** A directory database in LDIF: entries end with an empty line. */
export const LDIF: StoreFunctions = {
  dump: `${SLAPD_DEFAULTS}
dump_store() { as_slapd slapcat "$configured" "$SLAPD_CONF" -b "$suffix"; }
`,
  complete: COMPLETE_LDIF,
  restore: `${SLAPD_DEFAULTS}
check_store() { :; }

list_data() { find "$data" -mindepth 1 -maxdepth 1 ! -name lost+found ! -name 'replaced-*'; }

holds_data() { [ -d "$data" ] && [ -n "$(list_data)" ]; }

# The directory may be the mount point itself, so its content moves, and not the directory.
aside=$data/replaced-$stamp

move_aside() {
  mkdir -m 0700 -- "$aside"
  find "$data" -mindepth 1 -maxdepth 1 ! -name lost+found ! -name 'replaced-*' -exec mv -t "$aside" -- {} +
}

load_store() {
  if [ ! -d "$data" ]; then install -d -m 0700 -o "$SLAPD_USER" -g "$SLAPD_GROUP" -- "$data"; fi
  as_slapd slapadd "$configured" "$SLAPD_CONF" -b "$suffix" <"$1"
}
`,
};

/** All databases and roles of a PostgreSQL cluster. */
export const SQL: StoreFunctions = {
  dump: `
as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"; }

dump_store() { as_postgres "$programs/pg_dumpall" -w -p "$port"; }
`,
  complete: `
is_complete() { tail -n 20 "$1" | grep -q '^-- PostgreSQL database cluster dump complete$'; }
`,
  restore: `
as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"; }

check_store() {
  if [ -r "$data/postmaster.pid" ]; then
    process=$(head -n 1 "$data/postmaster.pid")
    if kill -0 "$process" 2>/dev/null; then fail "a server (process $process) uses $data; stop it first"; fi
  fi
  if mountpoint -q -- "$data"; then fail "$data is a mount point and can not be moved aside; initdb needs a directory below it"; fi
}

holds_data() { [ -d "$data" ] && [ -n "$(find "$data" -mindepth 1 -maxdepth 1)" ]; }

aside=$data.replaced-$stamp

move_aside() {
  mv -T -- "$data" "$aside"
  say "settings made by ALTER SYSTEM are in no dump: look into $aside/postgresql.auto.conf"
}

# A server of its own, without a network and with its socket in a closed directory, so that no client comes in between.
load_store() {
  install -d -m 0700 -o postgres -g postgres -- "$data" "$work/run"
  chmod 0711 "$work"
  as_postgres "$programs/initdb" -D "$data" -U postgres -E UTF8 --locale=C.UTF-8 --auth-local=peer --auth-host=scram-sha-256 >/dev/null
  as_postgres "$programs/pg_ctl" -D "$data" -s -w -t 300 -l "$work/run/log" \\
    -o "-c listen_addresses='' -c unix_socket_directories='$work/run'" start
  # initdb has made this role; the dump would make it again.
  awk '!seen && $0 == "CREATE ROLE postgres;" { seen = 1; next } { print }' "$1" >"$work/statements"
  rm -- "$1"
  loaded=0
  as_postgres "$programs/psql" -X -q -w -h "$work/run" -d postgres -v ON_ERROR_STOP=1 -o /dev/null \\
    <"$work/statements" || loaded=$?
  as_postgres "$programs/pg_ctl" -D "$data" -s -w -t 300 -m fast stop
  return "$loaded"
}
`,
};
