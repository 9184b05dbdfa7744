import path from 'node:path';
import type { Topology } from '../../lib/topology/topology';
import { renderHost } from '../../lib/render/render';
import { runSlapds } from './slapd-network';
import type { CommandResult } from './support';

const REPOSITORY = path.join(__dirname, '../..');

/**
 * Runs commands of `tandem` among real slapds. The script has the functions of `FUNCTIONS` and those below; `ssh` leads to
 * the files of the host that an address stands for, and `systemctl` there to its slapd.
 */
function runAmongSlapds(topology: Topology, script: string, timeout: number): CommandResult {
  return runSlapds({
    topology,
    timeout,
    files: {
      'topology.json': JSON.stringify(topology),
      'secrets.json': JSON.stringify(Object.fromEntries(topology.secrets.map(({ name }) => [name, `secret-${name}`]))),
      ssh: SSH,
      'on-host': ON_HOST,
      systemctl: SYSTEMCTL,
      ...Object.fromEntries(
        topology.hosts.flatMap(({ id }) =>
          renderHost(topology, id)
            .filter(({ path: place }) => place.startsWith('/usr/local/sbin/tandem-backup-'))
            .map(({ path: place, content }) => [path.basename(place), content]),
        ),
      ),
    },
    script: `repository='${REPOSITORY}'\npassword=secret-${topology.directoryServers[0]!.administratorSecret}\n${COMMANDS}\n${script}`,
  });
}

/** What such a script printed; with its exit code where it failed or anything stands on standard error. */
export function outputAmongSlapds(topology: Topology, script: string): string {
  const { status, stdout, stderr } = runAmongSlapds(topology, script, 280_000);
  return status === 0 && stderr === '' ? stdout : `${status} ${stdout}${stderr}`;
}

const SSH = `#!/bin/sh
for word; do case $word in -G | -O | -f) exit 0 ;; esac done
while [ $# -gt 2 ]; do shift; done
exec unshare --mount sh /mnt/files/on-host "$(awk -v address="$1" '$2 == address { print $1 }' /mnt/files/servers)" "$2"
`;

const ON_HOST = `server=$1
export server
mount --bind "/mnt/$1/ldap" /etc/ldap
mount --bind "/mnt/$1/lib" /var/lib/ldap
mount --bind "/mnt/$1/run" /run
mkdir -p "/mnt/$1/backups"
mount --bind "/mnt/$1/backups" /var/backups
PATH=/mnt/bin:$PATH
exec sh -c "$2"
`;

// The shell that has the servers as its children does it.
const SYSTEMCTL = `#!/bin/sh
echo "$1 $server" >/mnt/request.new
mv /mnt/request.new /mnt/request
until [ -e /mnt/answer ]; do sleep 0.05; done
rm /mnt/answer
`;

const COMMANDS = `
suffix=dc=example,dc=com
mkdir -p /mnt/bin /mnt/deployment /mnt/work
install -m 0755 "$files/ssh" "$files/systemctl" "$files"/tandem-backup-* /mnt/bin
PATH=/mnt/bin:$PATH
network
units() {
  while :; do
    if [ -e /mnt/request ]; then
      read -r verb name </mnt/request
      rm /mnt/request
      process=$(cat "/mnt/$name.pid")
      "$verb" "$name"
      if [ "$verb" = stop ]; then while grep -q slapd "/proc/$process/cmdline" 2>/dev/null; do sleep 0.05; done; fi
      touch /mnt/answer
    fi
    sleep 0.05
  done
}
units &
cp "$files/topology.json" /mnt/deployment
while read -r name address hostname subject; do
  mkdir -p "/mnt/deployment/hosts/$name-host/etc/ldap"
  cp "$files/$name.ldif" "/mnt/deployment/hosts/$name-host/etc/ldap/slapd.ldif"
done <"$files/servers"
cd /mnt/work

# COMMAND WORD...: its exit code is said, and does not end the script
tandem() {
  command=$1
  shift
  status=0
  timeout -k 1 90 node "$repository/scripts/tandem.mjs" "$command" /mnt/deployment/topology.json "$@" --ca /mnt/ca.pem --secrets "$files/secrets.json" 2>&1 || status=$?
  echo "exit $status"
}

entry() { # NAME UID
  printf 'dn: uid=%s,%s\\nchangetype: add\\nobjectClass: account\\nuid: %s\\n' "$2" "$suffix" "$2" | change "$1" >/dev/null
}
on_host() { ssh x "$(address_of "$1")" "$2"; } # NAME COMMAND
lacks() { ! has_entry "$1" "$2"; } # NAME UID
has_entry() { has "$1" "uid=$2,$suffix"; } # NAME UID

# NAME: reads from nobody any more, and goes on answering
cut_off() {
  lines_of "$1" >"/mnt/$1.lines"
  grep -q '^olcSyncrepl: ' "/mnt/$1.lines"
  sed 's,provider=ldaps://\\([a-z]*\\)-host,provider=ldaps://\\1-host:9,' "/mnt/$1.lines" | at "$1" ldapmodify -Q -Y EXTERNAL -H ldapi:/// >/dev/null
}
mend_lines() { at "$1" ldapmodify -Q -Y EXTERNAL -H ldapi:/// <"/mnt/$1.lines" >/dev/null; } # NAME
lines_of() {
  at "$1" ldapsearch -Q -Y EXTERNAL -H ldapi:/// -LLL -o ldif-wrap=no -b cn=config '(olcSyncrepl=*)' olcSyncrepl |
    sed -n 's/^olcSyncrepl: {[0-9]*}/olcSyncrepl: /p; /^dn: /{p;a changetype: modify\\nreplace: olcSyncrepl
}'
}

comes_to 30 one writes
add_suffix one
for name in $names; do within 20 has "$name" "$suffix" || echo "$name lacks the suffix"; done
for name in $names; do opens 30 "$name"; done
`;
