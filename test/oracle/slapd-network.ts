import { renderHost } from '../../lib/render/render';
import type { RenderedFile } from '../../lib/render/file';
import { lookup } from '../../lib/topology/lookup';
import { dataDatabaseName } from '../../lib/topology/openldap-databases';
import type { Topology } from '../../lib/topology/topology';
import { CABLE, CERTIFICATES, subjectOf, WITHIN } from './network-functions';
import { withSecrets } from './sandbox';
import { type CommandResult, runInNamespace } from './support';

/** What a script of `runSlapds` finds. */
export interface SlapdNetworkProps {
  readonly topology: Topology;
  /** Commands of a POSIX shell with the functions of `FUNCTIONS`, ended at the first that fails. */
  readonly script: string;
  /** Further files of the script, at `$files`. */
  readonly files?: Readonly<Record<string, string>>;
  /** @default 380000 ms */
  readonly timeout?: number;
  /** The program that scripts find as awk. @default - that of the machine */
  readonly awk?: 'mawk' | 'gawk';
}

/**
 * Runs a slapd(8) and its gate for each directory server, each in a network namespace of its own on one bridge, on the
 * address of its host, with the rendered files and certificates of an authority that lives as long as the call. A server
 * named `stranger` has a certificate of that authority and no slapd.
 */
export function runSlapds({
  topology,
  script,
  files: more = {},
  timeout = 380_000,
  awk,
}: SlapdNetworkProps): CommandResult {
  const facts = lookup(topology);
  const servers = topology.directoryServers.map((server) => {
    const host = facts.host(server.host);
    const files = renderHost(topology, server.host);
    return { server, address: host.interfaces[0]?.address ?? '', files };
  });
  const hosts = servers.map(({ server, address }) => `${address} ${server.hostname}\n`).join('');
  return runInNamespace(['sh', '{}/run', '{}'], {
    hostname: 'slapds',
    timeout,
    files: {
      // Servers look their own name up, and one without a way to a name server would wait for it.
      hosts: `127.0.0.1 localhost slapds\n${hosts}`,
      servers: servers
        .map(({ server, address }) => `${server.name} ${address} ${server.hostname} ${subjectOf(server)}\n`)
        .join(''),
      databases: topology.replicas
        .map(({ server, directory }) => {
          const facts = topology.directoryServers.find(({ id }) => id === server);
          return facts ? `${facts.name} ${dataDatabaseName(topology, facts, directory)}\n` : '';
        })
        .join(''),
      start: START,
      identities: servers
        .flatMap(({ server, files }) => identitiesOf(files).map(({ path }) => `${server.name} ${path}\n`))
        .join(''),
      ...Object.fromEntries(
        servers.flatMap(({ server, files }) =>
          identitiesOf(files).map((file) => [`${server.name}.${file.path.replaceAll('/', '_')}`, contentOf(file)]),
        ),
      ),
      ...Object.fromEntries(
        servers.flatMap(({ server, files }) =>
          files.flatMap((file) => {
            const name = PLACES[file.path];
            return name === undefined ? [] : [[`${server.name}.${name}`, contentOf(file)]];
          }),
        ),
      ),
      ...more,
      run: `${FUNCTIONS}\n${awk ? withAwk(awk) : ''}${script}`,
    },
  });
}

const withAwk = (name: string): string => `mount --bind "$(command -v ${name})" "$(readlink -f "$(command -v awk)")"\n`;

const PLACES: Readonly<Record<string, string>> = {
  '/etc/ldap/slapd.ldif': 'ldif',
  '/etc/default/slapd': 'default',
  '/usr/local/sbin/tandem-slapd-config': 'config',
  '/usr/local/sbin/tandem-directory-gate': 'gate',
};

/** Entries of servers that bring writes of their clients. */
const identitiesOf = (files: readonly RenderedFile[]): readonly RenderedFile[] =>
  files.filter(({ path }) => path.startsWith('/etc/ldap/identities/'));

const contentOf = (file: RenderedFile): string => withSecrets(file);

// Each server sees its own /etc/ldap, /var/lib/ldap and /run, and its own interfaces, as on its own host. NAME ADDRESS
const START = `set -eu
until ip link show eth0 >/dev/null 2>&1; do sleep 0.02; done
ip link set lo up
ip addr add "$2/32" dev eth0
ip link set eth0 up
ip route add default dev eth0
mount --bind "/mnt/$1/ldap" /etc/ldap
mount --bind "/mnt/$1/lib" /var/lib/ldap
mount --bind "/mnt/$1/run" /run
sh "/mnt/files/$1.config"
. "/mnt/files/$1.default"
exec slapd -d 0 -h "$(echo "$SLAPD_SERVICES" | sed "s,://:,://$2:,g")" -g "$SLAPD_GROUP" -u "$SLAPD_USER" -F "$SLAPD_CONF"
`;

const FUNCTIONS = `set -eu
files=$1
mount -t tmpfs tmpfs /mnt
cp -a "$files" /mnt/files
files=/mnt/files
chmod 0644 "$files/hosts"
mount --bind "$files/hosts" /etc/hosts
names=$(awk '{ print $1 }' "$files/servers")
ip link add bridge type bridge
ip link set bridge up
ip addr add 10.255.255.254/32 dev bridge
for address in $(awk '{ print $2 }' "$files/servers"); do ip route add "$address/32" dev bridge src 10.255.255.254; done

address_of() { awk -v name="$1" '$1 == name { print $2 }' "$files/servers"; }

${CERTIFICATES}
${CABLE}
# NAME: the places of a server with its files
host() {
  mkdir -p "/mnt/$1/gate" "/mnt/$1/lib" "/mnt/$1/ldap" "/mnt/$1/run" "/mnt/$1/tls"
  cp -a /etc/ldap/. "/mnt/$1/ldap"
  rm -rf "/mnt/$1/ldap/slapd.d"
  mkdir -p "/mnt/$1/ldap/tls" "/mnt/$1/run/slapd"
  cp "$files/$1.ldif" "/mnt/$1/ldap/slapd.ldif"
  while read -r server path; do
    [ "$server" != "$1" ] || install -D -m 0644 "$files/$1.$(echo "$path" | tr / _)" "/mnt/$1/ldap\${path#/etc/ldap}"
  done <"$files/identities"
  cp /mnt/ca.pem "/mnt/$1/ldap/tls/ca.pem"
  cp "/mnt/$1.crt" "/mnt/$1/ldap/tls/server.crt"
  install -m 0640 -g openldap "/mnt/$1.key" "/mnt/$1/ldap/tls/server.key"
  chown -R openldap:openldap "/mnt/$1/lib" "/mnt/$1/run/slapd"
}

# NAME: the database of the directory in cn=config, where there is only one
database_of() { awk -v name="$1" '$1 == name { print $2; exit }' "$files/databases"; }

# NAME: the gate, as its unit starts it
gate() {
  process=$(cat "/mnt/$1.pid")
  TMPDIR="/mnt/$1/gate" nsenter --target "$process" --mount --net -- sh "$files/$1.gate" >>"/mnt/$1.gate.log" 2>&1 &
  echo $! >"/mnt/$1.gate.pid"
}

# NAME: starts slapd and its gate as their units do
start() {
  start_slapd "$1"
  gate "$1"
}

is_apart() { [ "$(readlink "/proc/$1/ns/net")" != "$(readlink /proc/self/ns/net)" ]; }

# NAME...: no packet goes from these servers to the others and back, and nobody is told
isolate() {
  nft add table bridge cut
  nft add chain bridge cut forward '{ type filter hook forward priority 0; }'
  for name; do
    nft add rule bridge cut forward iifname "v-$name" drop
    nft add rule bridge cut forward oifname "v-$name" drop
  done
}

mend() { nft delete table bridge cut; }

# NAME: slapd alone, on the address of its host alone
start_slapd() {
  unshare --mount --net sh "$files/start" "$1" "$(address_of "$1")" >"/mnt/$1.log" 2>&1 &
  process=$!
  echo "$process" >"/mnt/$1.pid"
  within 5 is_apart "$process"
  cable "$1" "$(address_of "$1")" "$process"
  within 20 answers "$1" || { echo "$1 does not answer"; cat "/mnt/$1.log"; ps -o pid,stat,etimes,wchan:24,args -p "$process" --ppid "$process"; exit 1; }
}

stop() { # NAME [SIGNAL]
  end "$1.gate" "\${2:-TERM}"
  end "$1" "\${2:-TERM}"
  ip link delete "v-$1" 2>/dev/null || true
}

# What a gate has started ends with it, as in its unit: else it would go on with the next slapd.
end() { # NAME or NAME.gate, SIGNAL
  process=$(cat "/mnt/$1.pid")
  children=
  if [ "$2" = KILL ]; then children=$(cat "/proc/$process/task/$process/children" 2>/dev/null || true); fi
  for each in "$process" $children; do kill "-$2" "$each" 2>/dev/null || true; done
  wait "$process" 2>/dev/null || true
}

# What everyone may see of a database: closed, reads, writes, or open where it never takes writes; and who is master. NAME
state() {
  # slapd that takes a change of its configuration answers nobody for a moment.
  for try in 1 2 3; do
    shown=$(shown_state "$1")
    [ -z "$shown" ] || break
  done
  echo "$shown"
}

shown_state() {
  timeout 2 ldapsearch -LLL -x -o ldif-wrap=no -o nettimeout=1 -H "ldap://$(address_of "$1")" -s base -b "$(database_of "$1")" '(olcSuffix=*)' olcReadOnly olcRestrict olcUpdateRef 2>/dev/null |
    awk '/^dn/ { state = "open" } /^olcReadOnly: FALSE/ { state = "writes" } /^olcReadOnly: TRUE/ { state = "reads" } /^olcRestrict/ { closed = 1 } /^olcUpdateRef/ { master = " " $2 } END { print (closed ? "closed" : state) master }'
}

is() { case $(state "$1") in "$2"*) return 0 ;; esac; return 1; } # NAME STATE

# SECONDS NAME STATE, with what its gate said where it does not come to it
comes_to() {
  within "$1" is "$2" "$3" || { echo "$2 is $(state "$2"), not $3:"; cat "/mnt/$2.gate.log"; }
}

# NAME STATEMENTS: changes the database of a server, as its local root
configure() {
  { printf 'dn: %s\nchangetype: modify\n' "$(database_of "$1")"; printf "$2"; } | at "$1" ldapmodify -Q -Y EXTERNAL -H ldapi:/// >/dev/null
}

# NAME COMMAND...: on the host of a server that runs
at() {
  process=$(cat "/mnt/$1.pid")
  shift
  nsenter --target "$process" --mount --net -- "$@"
}

# Certificates of all servers, and all of them started
network() {
  authority
  while read -r name address hostname subject; do
    certificate "$name" "$hostname" "$subject"
    host "$name"
  done <"$files/servers"
  for name in $names; do start "$name"; done
  for name in $names; do opens 20 "$name"; done
}

# SECONDS NAME
opens() { within "$1" is_open "$2" || { echo "$2 stays closed:"; cat "/mnt/$2.gate.log"; }; }

is_open() { is "$1" reads || is "$1" writes || is "$1" open; }

answers() { ldapsearch -x -H "ldap://$(address_of "$1")" -s base -b '' 1.1 >/dev/null 2>&1; }

${WITHIN}
# As the administrator of the directory, from outside. NAME, then LDIF on standard input
change() { ldapmodify -x -H "ldap://$(address_of "$1")" -D "cn=admin,$suffix" -w "$password" 2>&1; }

# The entry of the suffix dc=example,dc=com. NAME
add_suffix() {
  printf 'dn: %s\\nchangetype: add\\nobjectClass: dcObject\\nobjectClass: organization\\ndc: example\\no: Example\\n' "$suffix" | change "$1" >/dev/null
}

# NAME DN [LINE]: whether a server has an entry, or shows the line in it
has() {
  line=\${3:-dn: $2}
  ldapsearch -x -LLL -o ldif-wrap=no -H "ldap://$(address_of "$1")" -s base -b "$2" '(objectClass=*)' "\${line%%:*}" 2>/dev/null | grep -qxF "$line"
}
`;
