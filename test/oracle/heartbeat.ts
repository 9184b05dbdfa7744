import type { Verdict } from './drbdadm';
import { type CommandResult, type NamespaceAddress, runInNamespace, startInNamespace } from './support';

/** The program that reads ha.cf, haresources and authkeys. */
export const HEARTBEAT = '/usr/libexec/heartbeat/heartbeat';

/** The three files of a node (E8). */
export interface HeartbeatFiles {
  readonly haCf: string;
  readonly haresources: string;
  readonly authkeys: string;
  /** STONITH plugins that ha.cf names and no package has, by their names below `external/`. */
  readonly plugins?: Readonly<Record<string, string>>;
}

/** The node the files are for. */
export interface HeartbeatNode {
  readonly hostname: string;
  readonly interfaces: readonly (NamespaceAddress & { readonly interface: string })[];
  /** Serial ports the files name, for instance `/dev/ttyS0`; each becomes a pseudo terminal. */
  readonly serialPorts?: readonly string[];
}

// A private /dev: no watchdog, no disk and no serial port of the machine is within reach.
// Pseudo terminals stay open in a background process of the namespace.
const NODE = `
files=$1; shift
mount -t tmpfs tmpfs /run; mount -t tmpfs tmpfs /var/log; mount -t tmpfs tmpfs /var/lib/heartbeat
mkdir -p /run/lock /run/dev/pts /run/dev/shm /run/heartbeat/ccm /run/heartbeat/dopd /run/heartbeat/crm
mkdir -p /var/lib/heartbeat/cores/root /var/lib/heartbeat/cores/hacluster /var/lib/heartbeat/cores/nobody
mkdir -p /var/lib/heartbeat/api /var/lib/heartbeat/ccm /var/lib/heartbeat/ckpt /var/lib/heartbeat/casual
chown -R hacluster:haclient /run/heartbeat /var/lib/heartbeat
for node in null zero full random urandom; do : > /run/dev/$node; mount --bind /dev/$node /run/dev/$node; done
mount -t devpts -o newinstance,ptmxmode=0666 devpts /run/dev/pts; ln -s pts/ptmx /run/dev/ptmx
mount -t tmpfs tmpfs /run/dev/shm
mount --rbind /run/dev /dev
for port in "$@"; do
  perl -e 'open(my $m, "+<", "/dev/ptmx") or die; my $n = pack("i", 0);
    ioctl($m, 0x40045431, $n) or die; ioctl($m, 0x80045430, $n) or die; symlink("/dev/pts/" . unpack("i", $n), $ARGV[0]) or die;
    sleep 600' "$port" &
done
cp -a /etc/ha.d /run/ha.d
cp "$files/ha.cf" "$files/haresources" "$files/authkeys" /run/ha.d/
cp -a /usr/lib/stonith/plugins/external /run/external
for plugin in "$files"/plugin-*; do
  if [ -e "$plugin" ]; then install -m 755 "$plugin" "/run/external/\${plugin##*/plugin-}"; fi
done
mount --bind /run/external /usr/lib/stonith/plugins/external
chmod 600 /run/ha.d/authkeys; mount --bind /run/ha.d /etc/ha.d
ulimit -l unlimited 2>/dev/null
for port in "$@"; do
  timeout 30 sh -c 'until [ -e "$1" ]; do sleep 0.1; done' sh "$port" || { echo "$port was not made" >&2; exit 1; }
done
"$HEARTBEAT" -f > /run/stdout 2> /run/stderr &
heartbeat=$!
# A fencing device is asked at start: one that does not answer costs seconds.
for try in $(seq 300); do
  grep -qsE 'Local status now set to|Configuration error|configuration error' /run/stderr /var/log/ha-log /run/ha-log && break
  kill -0 $heartbeat 2>/dev/null || break
  sleep 0.1
done
sleep 0.7
cat /run/stderr; find /var/log -type f | xargs -r cat
`;

// A container may not lock memory; on a node root may.
const ABOUT_THE_MACHINE = /Cannot lock ourselves into memory/u;

/**
 * Whether heartbeat starts with the files: it is started on a node of its own, watched until it reports its status, and
 * ended before it takes over anything. Any ERROR or CRIT in its log is a complaint.
 */
export function heartbeatAccepts(files: HeartbeatFiles, node: HeartbeatNode): Verdict {
  return verdictOf(runInNamespace(...heartbeatNode(files, node)));
}

/** Like `heartbeatAccepts`, while others run. */
export async function heartbeatWouldAccept(files: HeartbeatFiles, node: HeartbeatNode): Promise<Verdict> {
  return verdictOf(await startInNamespace(...heartbeatNode(files, node)));
}

function heartbeatNode(files: HeartbeatFiles, node: HeartbeatNode): Parameters<typeof runInNamespace> {
  return [
    ['env', `HEARTBEAT=${HEARTBEAT}`, 'sh', '-c', NODE, 'sh', '{}', ...(node.serialPorts ?? [])],
    {
      hostname: node.hostname,
      addresses: node.interfaces,
      files: {
        'ha.cf': files.haCf,
        haresources: files.haresources,
        authkeys: files.authkeys,
        ...Object.fromEntries(Object.entries(files.plugins ?? {}).map(([name, text]) => [`plugin-${name}`, text])),
      },
      timeout: 60_000,
    },
  ];
}

function verdictOf(result: CommandResult): Verdict {
  const log = result.stdout;
  const complaints = [
    ...new Set(log.split('\n').filter((line) => /\b(ERROR|CRIT|EMERG)\b/u.test(line) && !ABOUT_THE_MACHINE.test(line))),
  ];
  const started = /Local status now set to/u.test(log);
  const verdict = started ? complaints : [...complaints, `heartbeat did not report its status${result.stderr}`];
  return { accepted: verdict.length === 0, complaints: verdict, output: log };
}
