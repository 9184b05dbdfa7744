import type { DrbdVersion } from '../../topology/drbd';
import type { SourceLocation } from '../source';
import { isKnownSection } from './placement';
import type { DrbdConf, DrbdItem } from './syntax';

/** Option keywords by section, for one generation of DRBD. */
type OptionTable = Readonly<Record<string, readonly string[]>>;

const HOST_OPTIONS = ['device', 'disk', 'address', 'meta-disk', 'flexible-meta-disk'];

// drbd.conf(5) and drbdsetup(8) of DRBD 0.7.
const OPTIONS_0_7: OptionTable = {
  global: ['minor-count', 'dialog-refresh', 'disable-io-hints'],
  resource: ['protocol', 'incon-degr-cmd'],
  startup: ['wfc-timeout', 'degr-wfc-timeout'],
  disk: ['on-io-error', 'size'],
  net: [
    ...['sndbuf-size', 'timeout', 'connect-int', 'ping-int', 'max-buffers', 'max-epoch-size'],
    ...['ko-count', 'on-disconnect'],
  ],
  syncer: ['rate', 'group', 'al-extents', 'skip-sync', 'use-csums'],
  on: HOST_OPTIONS,
};

const HANDLERS_8_4 = [
  ...['pri-on-incon-degr', 'pri-lost-after-sb', 'pri-lost', 'initial-split-brain', 'split-brain', 'outdate-peer'],
  ...['fence-peer', 'unfence-peer', 'local-io-error', 'before-resync-target', 'after-resync-target'],
  ...['before-resync-source', 'out-of-sync'],
];

const SYNCER_8_4 = [
  ...['rate', 'after', 'verify-alg', 'csums-alg', 'al-extents', 'cpu-mask', 'use-rle', 'c-plan-ahead'],
  ...['c-delay-target', 'c-fill-target', 'c-max-rate', 'c-min-rate', 'on-no-data-accessible'],
  ...['delay-probe-volume', 'delay-probe-interval', 'throttle-threshold', 'hold-off-threshold'],
];

const DISK_8_4 = [
  ...['size', 'on-io-error', 'fencing', 'max-bio-bvecs', 'disk-timeout', 'read-balancing', 'use-bmbv'],
  ...['disk-barrier', 'disk-flushes', 'disk-drain', 'md-flushes', 'no-disk-barrier', 'no-disk-flushes'],
  ...['no-disk-drain', 'no-md-flushes', 'rate', 'resync-rate', 'after', 'resync-after', 'al-extents', 'al-updates'],
  ...['discard-zeroes-if-aligned', 'rs-discard-granularity', 'c-plan-ahead', 'c-delay-target', 'c-fill-target'],
  ...['c-max-rate', 'c-min-rate'],
];

const NET_8_4 = [
  ...['timeout', 'protocol', 'ko-count', 'ping-int', 'max-buffers', 'sndbuf-size', 'rcvbuf-size', 'connect-int'],
  ...['cram-hmac-alg', 'shared-secret', 'max-epoch-size', 'after-sb-0pri', 'after-sb-1pri', 'after-sb-2pri'],
  ...['rr-conflict', 'ping-timeout', 'unplug-watermark', 'data-integrity-alg', 'on-congestion'],
  ...['socket-check-timeout', 'congestion-fill', 'congestion-extents', 'allow-two-primaries', 'always-asbp'],
  ...['no-tcp-cork', 'tcp-cork', 'discard-my-data', 'verify-alg', 'csums-alg', 'csums-after-crash-only', 'use-rle'],
];

const STARTUP_8_4 = [
  ...['wfc-timeout', 'degr-wfc-timeout', 'outdated-wfc-timeout', 'stacked-timeouts', 'become-primary-on'],
  ...['wait-after-sb'],
];

const PROXY = ['memlimit', 'read-loops', 'compression', 'bwlimit', 'sndbuf-size', 'rcvbuf-size', 'ping-timeout'];

const GLOBAL_8_4 = [
  ...['usage-count', 'minor-count', 'dialog-refresh', 'disable-ip-verification', 'cmd-timeout-short'],
  ...['cmd-timeout-medium', 'cmd-timeout-long', 'udev-always-use-vnr'],
];

// Keywords of the scanner of drbdadm-84 and of drbd.conf-8.4(5).
const OPTIONS_8_4: OptionTable = {
  global: GLOBAL_8_4,
  common: ['protocol'],
  resource: ['protocol', 'template-file', ...HOST_OPTIONS],
  startup: STARTUP_8_4,
  disk: DISK_8_4,
  net: NET_8_4,
  syncer: SYNCER_8_4,
  options: ['cpu-mask', 'on-no-data-accessible'],
  handlers: HANDLERS_8_4,
  on: [...HOST_OPTIONS, 'alternate-link-address'],
  volume: HOST_OPTIONS,
  proxy: ['inside', 'outside', ...PROXY],
};

const DISK_9 = [...DISK_8_4, 'disable-write-same', 'bitmap', 'peer-tracking'];
const NET_9 = [...NET_8_4, 'fencing', 'transport', 'allow-remote-read', 'tls', 'tls-keyring', 'load-balance-paths'];

// Keywords of drbdadm 9 (`drbdsetup help`) and of drbd.conf-9.0(5).
const OPTIONS_9: OptionTable = {
  global: GLOBAL_8_4,
  common: ['protocol'],
  resource: ['protocol', 'template-file', 'node-id', ...HOST_OPTIONS],
  startup: STARTUP_8_4,
  disk: DISK_9,
  net: NET_9,
  syncer: SYNCER_8_4,
  options: [
    ...['cpu-mask', 'on-no-data-accessible', 'auto-promote', 'peer-ack-window', 'peer-ack-delay', 'twopc-timeout'],
    ...['twopc-retry-timeout', 'auto-promote-timeout', 'max-io-depth', 'quorum', 'on-no-quorum'],
    ...['quorum-minimum-redundancy', 'on-suspended-primary-outdated'],
  ],
  handlers: [...HANDLERS_8_4, 'quorum-lost', 'disconnected'],
  on: [...HOST_OPTIONS, 'node-id'],
  volume: HOST_OPTIONS,
  proxy: ['inside', 'outside', ...PROXY],
  connection: ['host', '_name', '_peer_node_id', '_is_standalone', 'protocol'],
  'connection-mesh': ['hosts'],
  path: ['host'],
};

const OPTIONS: Readonly<Record<DrbdVersion, OptionTable>> = { '0.7': OPTIONS_0_7, '8.4': OPTIONS_8_4, '9': OPTIONS_9 };

/** Sections whose options are those of another section. */
const LIKE: Readonly<Record<string, string>> = {
  floating: 'on',
  'stacked-on-top-of': 'on',
  _this_host: 'on',
  _remote_host: 'on',
};

const KNOWN_BY_SECTION: ReadonlyMap<string, ReadonlySet<string>> = collect();
const KNOWN: ReadonlySet<string> = new Set([...KNOWN_BY_SECTION.values()].flatMap((options) => [...options]));

// The configuration of plugins belongs to the plugin.
const OPEN_ENDED: ReadonlySet<string> = new Set(['plugin']);

function collect(): ReadonlyMap<string, ReadonlySet<string>> {
  const sections = new Map<string, Set<string>>();
  for (const table of Object.values(OPTIONS))
    for (const [name, options] of Object.entries(table)) {
      const known = sections.get(name) ?? new Set<string>();
      for (const option of options) known.add(option);
      sections.set(name, known);
    }
  return sections;
}

/** True when some generation of DRBD knows the option in the section. */
export const isKnownOption = (section: string, option: string): boolean =>
  KNOWN_BY_SECTION.get(LIKE[section] ?? section)?.has(option) ?? false;

/** True for the keywords of sections and options, in any section of any generation. */
export const isKnownKeyword = (word: string): boolean => KNOWN.has(word) || isKnownSection(word) || word === 'include';

/** A keyword that the generation of DRBD does not know in its section. */
export interface UnknownKeyword {
  readonly keyword: string;
  /** Keyword of the section around it; absent at the outermost level. */
  readonly section?: string;
  readonly location?: SourceLocation;
  /** Other generations that know it there. */
  readonly knownIn: readonly DrbdVersion[];
}

/**
 * The generation of DRBD that a file was written for: what only 0.7 or only 9 knows decides, otherwise it is 8.4,
 * whose programs also read files of 8.0 to 8.3.
 */
export function detectDialect(conf: DrbdConf): DrbdVersion {
  const found = new Set<DrbdVersion>();
  walk(conf.items, undefined, (item, around) => {
    if (item.kind === 'section' && (SECTIONS_OF_9.has(item.name) || (around === 'on' && item.name === 'options')))
      found.add('9');
    if (item.kind !== 'option' || around === undefined) return;
    const [only, ...others] = dialectsOf(around, item.name);
    if (only !== undefined && others.length === 0) found.add(only);
  });
  return found.has('9') ? '9' : found.has('0.7') ? '0.7' : '8.4';
}

const SECTIONS_OF_9: ReadonlySet<string> = new Set(['connection', 'connection-mesh', 'path']);

/** Keywords of a file that its generation of DRBD does not know, in the order of the file. */
export function unknownKeywords(conf: DrbdConf, dialect: DrbdVersion = detectDialect(conf)): readonly UnknownKeyword[] {
  const unknown: UnknownKeyword[] = [];
  walk(conf.items, undefined, (item, around) => {
    if (item.kind === 'section' && !isKnownSection(item.name))
      unknown.push({ keyword: item.name, section: around, location: item.location, knownIn: [] });
    if (item.kind !== 'option' || around === undefined || OPEN_ENDED.has(around) || !isKnownSection(around)) return;
    const knownIn = dialectsOf(around, item.name);
    if (!knownIn.includes(dialect))
      unknown.push({ keyword: item.name, section: around, location: item.location, knownIn });
  });
  return unknown;
}

function dialectsOf(section: string, option: string): readonly DrbdVersion[] {
  const key = LIKE[section] ?? section;
  return (Object.keys(OPTIONS) as DrbdVersion[]).filter((dialect) => OPTIONS[dialect][key]?.includes(option));
}

function walk(
  items: readonly DrbdItem[],
  around: string | undefined,
  visit: (item: DrbdItem, around: string | undefined) => void,
): void {
  for (const item of items) {
    visit(item, around);
    if (item.kind === 'section') walk(item.body, item.name, visit);
  }
}
