import { lookup } from '../../../lib/topology/lookup';
import type { Topology } from '../../../lib/topology/topology';

/** One side of a replicated volume. */
export interface VolumeState {
  readonly connection: string;
  readonly role: string;
  readonly peerRole: string;
  readonly disk: string;
  readonly peerDisk: string;
  /** KiB in which the two sides differ. */
  readonly outOfSync: number;
}

/** What a node says of itself. */
export interface NodeFacts {
  readonly node: string;
  /** Drawn anew at each boot. */
  readonly boot: string;
  readonly heartbeat: boolean;
  /** What heartbeat claims to run: `local`, `foreign`, `all`, `none`, `transition`. */
  readonly claims: string;
  /** What heartbeat says of each node, itself too. */
  readonly members: Readonly<Record<string, string>>;
  /** By minor. */
  readonly volumes: Readonly<Record<number, VolumeState>>;
  readonly addresses: readonly string[];
  /** Directories where something is mounted. */
  readonly mounted: readonly string[];
  /** Units of the groups' services that are active. */
  readonly active: readonly string[];
  /** Some takeover or handover is under way. */
  readonly busy: boolean;
}

/** The two lines of each volume in /proc/drbd as one, without what only counts traffic. */
const VOLUMES =
  'awk \'/ cs:/ {line = $0; sub(/^ */, "", line); sub(/:/, "", line)} ' +
  '/ oos:/ {match($0, /oos:[0-9]+/); print "volume", line, substr($0, RSTART, RLENGTH)}\' /proc/drbd 2>/dev/null';

/** The shell command whose output `parseFacts` reads. It asks and changes nothing. */
export function factsCommand(topology: Topology): string {
  const { host } = lookup(topology);
  const names = topology.clusters.flatMap(({ nodes }) => nodes.map((node) => host(node).name));
  const units = topology.services.map(({ unit }) => `'${unit}'`).join(' ');
  return [
    'echo "boot $(cat /proc/sys/kernel/random/boot_id)"',
    'echo "heartbeat $(cl_status hbstatus >/dev/null 2>&1 && echo yes)"',
    'echo "claims $(cl_status rscstatus 2>/dev/null)"',
    ...names.map((name) => `echo "member ${name} $(cl_status nodestatus ${name} 2>/dev/null)"`),
    VOLUMES,
    'ip -o addr | awk \'{print "address", $4}\'',
    'awk \'{print "mount", $2}\' /proc/mounts',
    `for u in ${units}; do systemctl is-active --quiet "$u" && echo "active $u"; done`,
    'pgrep -x ResourceManager >/dev/null && echo busy',
    'true',
  ].join('; ');
}

/** The facts of a node from the output of `factsCommand`. */
export function parseFacts(node: string, text: string): NodeFacts {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/));
  const all = (word: string): readonly (readonly string[])[] =>
    lines.filter(([first]) => first === word).map((line) => line.slice(1));
  const value = (word: string): string => all(word)[0]?.[0] ?? '';
  return {
    node,
    boot: value('boot'),
    heartbeat: value('heartbeat') === 'yes',
    claims: value('claims'),
    members: Object.fromEntries(all('member').map(([name = '', status = '']) => [name, status])),
    volumes: Object.fromEntries(all('volume').map(([minor = '', ...words]) => [Number(minor), volumeOf(words)])),
    addresses: all('address').map(([address = '']) => address.replace(/\/.*/, '')),
    mounted: all('mount').map(([directory = '']) => directory),
    active: all('active').map(([unit = '']) => unit),
    busy: lines.some(([first]) => first === 'busy'),
  };
}

/** Words of /proc/drbd: `cs:Connected ro:Primary/Secondary ds:UpToDate/UpToDate C r----- oos:0`. */
function volumeOf(words: readonly string[]): VolumeState {
  const field = (name: string): readonly string[] =>
    (words.find((word) => word.startsWith(`${name}:`)) ?? '').slice(name.length + 1).split('/');
  const [[connection = ''], [role = '', peerRole = ''], [disk = '', peerDisk = '']] = [
    field('cs'),
    field('ro'),
    field('ds'),
  ];
  return { connection, role, peerRole, disk, peerDisk, outOfSync: Number(field('oos')[0]) };
}
