import { renderHost } from '../../lib/render/render';
import { lookup } from '../../lib/topology/lookup';
import type { Topology } from '../../lib/topology/topology';
import { CERTIFICATES, subjectOf, WITHIN } from './network-functions';
import { withSecrets } from './sandbox';
import { type CommandResult, runInNamespace } from './support';

/** What a script of `runDs389` finds. */
export interface Ds389NetworkProps {
  readonly topology: Topology;
  /** Commands of a POSIX shell with the functions of `FUNCTIONS`, ended at the first that fails. */
  readonly script: string;
  /** Further files of the working directory by name. @default - none */
  readonly files?: Readonly<Record<string, string>>;
  /** @default 170000 ms */
  readonly timeout?: number;
}

/**
 * Runs an instance of ns-slapd(8) for each directory server in one network namespace, each with a copy of this machine's
 * files and the rendered ones in it, set up by the rendered scripts. Their ports have to differ.
 */
export function runDs389({ topology, script, files = {}, timeout = 170_000 }: Ds389NetworkProps): CommandResult {
  const facts = lookup(topology);
  const servers = topology.directoryServers.map((server) => ({
    server,
    address: facts.host(server.host).interfaces[0]?.address ?? '',
    rendered: renderHost(topology, server.host).filter(({ path }) => /tandem/.test(path)),
  }));
  const hosts = servers.map(({ server, address }) => `${address} ${server.hostname}\n`).join('');
  return runInNamespace(['sh', '{}/run', '{}'], {
    hostname: 'instances',
    timeout,
    addresses: servers.map(({ address }) => ({ address: `${address}/32` })),
    files: {
      ...files,
      // Servers look their own name up, and one without a way to a name server would wait for it.
      hosts: `127.0.0.1 localhost instances\n${hosts}`,
      servers: servers
        .map(
          ({ server }) => `${server.name} ${server.port} ${server.tlsPort} ${server.hostname} ${subjectOf(server)}\n`,
        )
        .join(''),
      start: START,
      ...Object.fromEntries(
        servers.flatMap(({ server, rendered }) => [
          ...rendered.map((file, index) => [`${server.name}.${index}`, withSecrets(file)] as const),
          [
            `${server.name}.list`,
            rendered.map(({ mode, path }, index) => `${server.name}.${index} ${mode} ${path}\n`).join(''),
          ] as const,
        ]),
      ),
      run: `${FUNCTIONS}\n${script}`,
    },
  });
}

// Each server has files of its own, as on its own host, and keeps them when it is started again. NAME
const START = `set -eu
name=$1
for directory in etc var usr/share/dirsrv usr/local; do
  mkdir -p "/mnt/$name/$directory/upper" "/mnt/$name/$directory/work"
  mount -t overlay -o "lowerdir=/$directory,upperdir=/mnt/$name/$directory/upper,workdir=/mnt/$name/$directory/work" overlay "/$directory"
done
mkdir -p "/mnt/$name/run" "/mnt/$name/shm"
mount --bind "/mnt/$name/run" /run
mount --bind "/mnt/$name/shm" /dev/shm
chmod 1777 /dev/shm
mkdir -p /run/dirsrv /run/lock
chown dirsrv:dirsrv /run/dirsrv
pidfile=/run/dirsrv/slapd-$name.pid
if [ ! -e "/mnt/$name.setup" ]; then
  cp /mnt/files/hosts /etc/hosts
  # There is no systemd here that could start the instance.
  sed -i 's/^with_systemd.*/with_systemd = 0/' /usr/share/dirsrv/inf/defaults.inf
  while read -r file mode path; do install -D -m "$mode" "/mnt/files/$file" "$path"; done <"/mnt/files/$name.list"
  mkdir -p "/etc/tandem/ds389/$name/tls"
  cp /mnt/ca.pem "/etc/tandem/ds389/$name/tls/ca.pem"
  cp "/mnt/$name.crt" "/etc/tandem/ds389/$name/tls/server.crt"
  install -m 0600 "/mnt/$name.key" "/etc/tandem/ds389/$name/tls/server.key"
  tandem-ds389-setup >"/mnt/$name.setup" 2>&1
  process=$(cat "$pidfile")
  kill "$process"
  while kill -0 "$process" 2>/dev/null; do sleep 0.05; done
fi
exec ns-slapd -D "/etc/dirsrv/slapd-$name" -i "$pidfile" -d 0
`;

const FUNCTIONS = `set -eu
files=$1
mount -t tmpfs tmpfs /mnt
cp -a "$files" /mnt/files
files=/mnt/files
chmod 0644 "$files/hosts"
mount --bind "$files/hosts" /etc/hosts
names=$(cut -d ' ' -f 1 "$files/servers")
export LDAPTLS_CACERT=/mnt/ca.pem
manager='cn=Directory Manager'

${CERTIFICATES}
url() { awk -v name="$1" '$1 == name { print "ldaps://" $4 ":" $3 }' "$files/servers"; }

start() { # NAME
  unshare --mount sh "$files/start" "$1" >"/mnt/$1.log" 2>&1 &
  echo $! >"/mnt/$1.pid"
}

stop() { # NAME [SIGNAL]
  process=$(cat "/mnt/$1.pid")
  kill "-\${2:-TERM}" "$process"
  wait "$process" 2>/dev/null || true
}

# NAME COMMAND...: on the host of a server that runs
at() {
  process=$(cat "/mnt/$1.pid")
  shift
  nsenter --target "$process" --mount -- "$@"
}

# Certificates of all servers, and all of them started
network() {
  authority
  while read -r name port tls_port hostname subject; do certificate "$name" "$hostname" "$subject"; done <"$files/servers"
  for name in $names; do start "$name"; done
  for name in $names; do within 150 answers "$name" || { cat "/mnt/$name.log" "/mnt/$name.setup"; exit 1; }; done
}

# By TLS with the certificate of the setup, which the server has after its second start alone.
answers() { ldapsearch -x -o nettimeout=5 -H "$(url "$1")" -s base -b '' 1.1 >/dev/null 2>&1; }

${WITHIN}
# As the administrator, from outside. NAME [OPTION]..., then LDIF on standard input
change() { server=$1; shift; ldapmodify -x -H "$(url "$server")" -D "$manager" -w "$password" "$@" 2>&1; }

# NAME DN [LINE]: whether a server has an entry, or shows the line in it
has() {
  line=\${3:-dn: $2}
  ldapsearch -x -LLL -o ldif-wrap=no -H "$(url "$1")" -D "$manager" -w "$password" -s base -b "$2" '(objectClass=*)' "\${line%%:*}" 2>/dev/null | grep -qxF "$line"
}
`;
