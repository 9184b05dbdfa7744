import type { RenderedFile } from '../../lib/render/file';
import { runInNamespace, type CommandResult } from './support';

// Everything the commands write to lies on file systems of the namespace; systemd is not there to be asked.
const PREPARE = `
set -eu
files=$1
export PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
for directory in /usr/local/sbin /var/backups /var/tmp /run /mnt; do mount -t tmpfs -o mode=1777 tmpfs "$directory"; done
for command in "$files"/tandem-*; do install -m 0755 "$command" /usr/local/sbin; done
printf '#!/bin/sh\\necho inactive\\nexit 3\\n' >/usr/local/sbin/systemctl
printf '#!/bin/sh\\ncat >/mnt/sent\\n' >/usr/local/sbin/ssh
chmod 0755 /usr/local/sbin/systemctl /usr/local/sbin/ssh
cd /
`;

const DIRECTORY = `
mount -t tmpfs tmpfs /etc/ldap/slapd.d
mount -t tmpfs tmpfs /var/lib/ldap
install -d -o openldap -g openldap -m 0700 /var/lib/ldap/data
chown openldap: /etc/ldap/slapd.d
as_slapd() { setpriv --reuid=openldap --regid=openldap --init-groups -- "$@"; }
as_slapd slapadd -n 0 -F /etc/ldap/slapd.d <<END
dn: cn=config
objectClass: olcGlobal
cn: config

dn: cn=module,cn=config
objectClass: olcModuleList
cn: module
olcModulepath: /usr/lib/ldap
olcModuleload: back_mdb

dn: cn=schema,cn=config
objectClass: olcSchemaConfig
cn: schema

include: file:///etc/ldap/schema/core.ldif

dn: olcDatabase=mdb,cn=config
objectClass: olcDatabaseConfig
objectClass: olcMdbConfig
olcDatabase: mdb
olcSuffix: dc=example,dc=com
olcDbDirectory: /var/lib/ldap/data
olcDbMaxSize: 33554432
END
as_slapd slapadd -F /etc/ldap/slapd.d -b dc=example,dc=com <<END
dn: dc=example,dc=com
objectClass: organization
objectClass: dcObject
o: Example
dc: example

dn: cn=before,dc=example,dc=com
objectClass: person
cn: before
sn: before
END
as_slapd slapcat -F /etc/ldap/slapd.d -b dc=example,dc=com >/mnt/before
tandem-backup-directory-dump
as_slapd slapadd -F /etc/ldap/slapd.d -b dc=example,dc=com <<END
dn: cn=after,dc=example,dc=com
objectClass: person
cn: after
sn: after
END
tandem-restore-directory-dump --yes --replace latest
as_slapd slapcat -F /etc/ldap/slapd.d -b dc=example,dc=com >/mnt/restored
cmp /mnt/before /mnt/restored
echo "aside: $(find /var/lib/ldap/data/replaced-* -name data.mdb | wc -l)"

slapd -d 0 -u openldap -g openldap -h ldap://127.0.0.1 -F /etc/ldap/slapd.d 2>/dev/null &
server=$!
probe() { timeout -k 1 "$1" sh -c "$(sed -n 's/^probe ldapsearch/ldapsearch/p' "$files/groupware.conf")" >/dev/null 2>&1; }
for try in $(seq 50); do probe 5 && break; sleep 0.1; done
probe 5 && echo 'probe: works'
kill -STOP "$server"
probe 1 || echo "probe of a process that stands still: $?"
`;

const DATABASE = `
mkdir -p /mnt/pgsql/15 /run/postgresql
mount -t tmpfs -o mode=0755 tmpfs /mnt/pgsql
chown postgres: /run/postgresql
install -d -m 0755 /mnt/pgsql/15
install -d -o postgres -g postgres -m 0700 /mnt/pgsql/15/main
programs=/usr/lib/postgresql/15/bin
as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"; }
server() { as_postgres "$programs/pg_ctl" -s -w -D /mnt/pgsql/15/main -l /run/postgresql/log -o "-c unix_socket_directories=/run/postgresql" "$1"; }
rows() { as_postgres psql -X -A -t -d ox -c 'select text from notes order by text'; }
as_postgres "$programs/initdb" -D /mnt/pgsql/15/main -A peer --locale=C.UTF-8 >/dev/null
server start
as_postgres psql -X -q -c "create role ox login" -c "create database ox owner ox"
as_postgres psql -X -q -d ox -c "create table notes (text text); insert into notes values ('CREATE ROLE postgres;'), ('before')"
tandem-backup-database-dump
as_postgres psql -X -q -d ox -c "insert into notes values ('after')"
if tandem-restore-database-dump --yes --replace latest; then echo 'restored over a running server'; exit 1; fi
server stop
tandem-restore-database-dump --yes --replace latest
server start
echo "rows: $(rows | tr '\\n' ' ')"
echo "aside: $(find /mnt/pgsql/15 -maxdepth 1 -name 'main.replaced-*' | wc -l)"
probe() { timeout -k 1 "$1" sh -c "$(sed -n 's/^probe pg_isready/pg_isready/p' "$files/groupware.conf")" >/dev/null 2>&1; }
probe 5 && echo 'probe: works'
process=$(head -n 1 /mnt/pgsql/15/main/postmaster.pid)
kill -STOP "$process"
probe 1 || echo "probe of a process that stands still: $?"
kill -CONT "$process"
server stop
`;

/** Dumps and restores a real directory, then probes a real slapd(8) that works and one that is stopped. */
export function directoryRoundTrip(files: readonly RenderedFile[]): CommandResult {
  return roundTrip(DIRECTORY, files);
}

/** The same with a PostgreSQL server. */
export function databaseRoundTrip(files: readonly RenderedFile[]): CommandResult {
  return roundTrip(DATABASE, files);
}

function roundTrip(script: string, files: readonly RenderedFile[]): CommandResult {
  const named = files.map((file) => [file.path.slice(file.path.lastIndexOf('/') + 1), file.content] as const);
  return runInNamespace(['sh', '-c', PREPARE + script, 'sh', '{}'], {
    hostname: 'ox1',
    files: Object.fromEntries(
      named.filter(([name]) => !name.includes('@') && !name.endsWith('.timer') && !name.endsWith('.service')),
    ),
    timeout: 60_000,
  });
}
