import { join } from 'node:path';
import { files as mailServerFiles } from '../../lib/render/mail-server/files';
import { lookup } from '../../lib/topology/lookup';
import type { Topology } from '../../lib/topology/topology';
import { CABLE, WITHIN } from './network-functions';
import { COPY_OF_MACHINE, installLine, withSecrets } from './sandbox';
import { type CommandResult, runInNamespace } from './support';

/** What a script of `runMailHosts` finds. */
export interface MailNetworkProps {
  readonly topology: Topology;
  /** Commands of a POSIX shell with the functions of `FUNCTIONS`, ended at the first that fails. */
  readonly script: string;
  /** The program that scripts find as awk. @default - that of the machine */
  readonly awk?: 'mawk' | 'gawk';
  /** @default 150000 ms */
  readonly timeout?: number;
}

/**
 * Runs commands beside the hosts of mail pairs, each with processes, files and network of its own as a container has, on one
 * bridge and one kernel. They share the queues, and have nothing else in common. 192.0.2.1 is outside.
 */
export function runMailHosts({ topology, script, awk, timeout = 150_000 }: MailNetworkProps): CommandResult {
  const hosts = topology.hosts.map(({ id, name, interfaces: [own] }) => ({
    name,
    address: own?.address ?? '',
    files: mailServerFiles(topology, id),
  }));
  const facts = lookup(topology);
  return runInNamespace(['sh', '{}/run', '{}'], {
    hostname: 'outside',
    timeout,
    files: {
      hosts: hosts.map(({ name, address }) => `${name} ${address}\n`).join(''),
      queues: topology.mailServers.map(({ name, queue }) => `${name} ${queue.directory}\n`).join(''),
      'etc-hosts': `127.0.0.1 localhost\n${topology.mailServers
        .map(({ host, hostname }) => `${facts.host(host).interfaces[0]?.address} ${hostname}\n`)
        .join('')}`,
      ...Object.fromEntries(
        hosts.flatMap(({ name, files }) => files.map((file, index) => [`${name}.${index}`, withSecrets(file)])),
      ),
      ...Object.fromEntries(
        hosts.map(({ name, files }) => [
          `${name}.install`,
          files.map((file, index) => installLine(file, `/mnt/files/${name}.${index}`)).join(''),
        ]),
      ),
      start: START,
      run: `${FUNCTIONS}${awk ? `awk=$(command -v ${awk})\n` : ''}${script}`,
    },
  });
}

// NAME ADDRESS: the first process of a host. It waits for those that lost their parent.
const START = `set -eu
copies=/mnt/hosts/$1
hostname "$1"
${COPY_OF_MACHINE}
mount --bind /mnt/files/etc-hosts /etc/hosts
. "/mnt/files/$1.install"
while read -r server queue; do
  mkdir -p "$queue"
  mount --bind "/mnt/queues/$server" "$queue"
done </mnt/files/queues
if [ -n "\${awk-}" ]; then mount --bind "$awk" "$(readlink -f "$(command -v awk)")"; fi
ip link set lo up
until ip link show eth0 >/dev/null 2>&1; do sleep 0.02; done
ip addr add "$2/24" dev eth0
ip link set eth0 up
while :; do
  sleep 0.2 &
  wait
done
`;

const FUNCTIONS = `set -eu
files=$1
mount -t tmpfs tmpfs /mnt
cp -a "$files" /mnt/files
chmod 0755 /mnt /mnt/files
chmod 0644 /mnt/files/*
files=/mnt/files
mkdir -m 0755 /mnt/queues /mnt/hosts
: >/mnt/mail
while read -r server queue; do mkdir -m 0755 "/mnt/queues/$server"; done <"$files/queues"
ip link add bridge type bridge
ip link set bridge up
ip addr add 192.0.2.1/24 dev bridge
mount --bind "$files/etc-hosts" /etc/hosts

${WITHIN}
${CABLE}
first_process() { process=$(cat "/proc/$outer/task/$outer/children") && [ -n "$process" ]; }
has_own_network() { [ "$(readlink "/proc/$process/ns/net")" != "$(readlink /proc/self/ns/net)" ]; }

# NAME
power_on() {
  mkdir -p "/mnt/hosts/$1"
  address=$(awk -v name="$1" '$1 == name { print $2 }' "$files/hosts")
  awk=\${awk-} unshare --mount --net --uts --pid --fork --kill-child --mount-proc sh "$files/start" "$1" "$address" >"/mnt/hosts/$1.log" 2>&1 &
  outer=$!
  within 10 first_process
  process=\${process% }
  within 10 has_own_network
  echo "$process" >"/mnt/hosts/$1.process"
  echo "$outer" >"/mnt/hosts/$1.outer"
  cable "$1" "$address" "$process"
  within 10 at "$1" ip route get 192.0.2.1 >/dev/null 2>&1 || { cat "/mnt/hosts/$1.log"; return 1; }
}

# NAME: all that runs on it ends at once; its own disk stays
power_off() {
  kill -KILL "$(cat "/mnt/hosts/$1.process")"
  wait "$(cat "/mnt/hosts/$1.outer")" 2>/dev/null || true
  ip link delete "v-$1" 2>/dev/null || true
}

# NAME COMMAND...
at() {
  within_host=$(cat "/mnt/hosts/$1.process")
  shift
  nsenter --target "$within_host" --mount --net --uts --pid -- "$@"
}

# NAME ACTION SERVER: the exit status, and what it says goes to a log
queue() {
  status=0
  at "$1" tandem-mail-queue "$2" "$3" >>/mnt/said 2>&1 || status=$?
  echo "$1 $2 $3: $status"
}

# NAME SIGNAL: to all processes of a host
signal() {
  for each in $(at "$1" ps -eo pid= | sort -n | tail -n +2); do at "$1" kill "-$2" "$each" 2>/dev/null || true; done
}

listens() { ss -Hltn "sport = :$1" | grep -q .; } # PORT

# [MILLISECONDS]: takes mail for all, and says so after that time
sink() {
  '${process.execPath}' '${join(__dirname, 'mail-sink.mjs')}' 192.0.2.1 2525 "\${1-0}" /mnt/mail &
  sink=$!
  within 5 listens 2525
}

# HOST NUMBER [NAME]: so many messages, each to another address
send() { smtp-source -c -m "$2" -s 10 -N -f sender@example.org -t "\${3-user}@example.com" "$(awk -v name="$1" '$1 == name { print $2 }' "$files/hosts")":25 >/dev/null; }

# SENDERS MESSAGES: to mail1, each message until it is accepted
senders() { '${process.execPath}' '${join(__dirname, 'mail-sender.mjs')}' 192.0.2.11 "$1" "$2"; }

# How many messages came, and how many different ones
count() { echo "$(wc -l </mnt/mail) $(sort -u /mnt/mail | wc -l)"; }

# SECONDS NUMBER: until so many came
comes() { within "$1" sh -c '[ "$(wc -l </mnt/mail)" -ge "$1" ]' sh "$2"; }

# HOST SERVER: nothing lies in the queue
is_empty() { [ -z "$(at "$1" tandem-mail-queue show "$2" | awk '/^(active|incoming|deferred|hold|maildrop): / && $2 > 0')" ]; }
`;
