import { by } from '../../topology/order';
import type { DrbdItem } from '../../render/drbd-conf/syntax';
import type {
  DrbdDiskFacts,
  DrbdFencing,
  DrbdHandlerFacts,
  DrbdNetFacts,
  DrbdProtocol,
  DrbdResourceFacts,
  DrbdStartupFacts,
} from '../../topology/drbd';
import type { Milliseconds } from '../../topology/units';
import type { SettingReader } from './setting-reader';
import { inherited, settingsIn, textOfSetting, type Settings } from './settings';
import { amount, wholeNumber } from './values';

/** What a resource is set to, apart from its hosts and volumes. */
export type ResourceSettings = Pick<
  DrbdResourceFacts,
  'protocol' | 'inconDegrCmd' | 'startup' | 'disk' | 'net' | 'fencing' | 'handlers'
>;

/** Settings of `syncer` that later generations keep in section `net`. */
const SYNCER_TO_NET: ReadonlySet<string> = new Set(['verify-alg', 'csums-alg', 'use-rle']);

/** Settings of `syncer` that later generations keep in section `options`. */
const SYNCER_TO_OPTIONS: ReadonlySet<string> = new Set(['cpu-mask', 'on-no-data-accessible']);

const seconds = (text: string): Milliseconds | undefined => scaled(text, 1000);
const tenths = (text: string): Milliseconds | undefined => scaled(text, 100);
const wait = (text: string): Milliseconds | 'infinite' | undefined => {
  const time = seconds(text);
  return time === 0 ? 'infinite' : time;
};

function scaled(text: string, factor: number): number | undefined {
  const number = wholeNumber(text);
  return number === undefined ? undefined : number * factor;
}

const oneOf =
  <T extends string>(...words: readonly T[]) =>
  (text: string): T | undefined =>
    words.find((word) => word === text);

/** The sections of a resource with what it inherits from `common`, its own settings first. */
export class ResourceSections {
  readonly own: Settings;
  readonly startup: Settings;
  readonly disk: Settings;
  readonly net: Settings;
  readonly syncer: Settings;
  readonly options: Settings;
  readonly handlers: Settings;

  constructor(
    resource: readonly DrbdItem[],
    connections: readonly (readonly DrbdItem[])[],
    common: readonly DrbdItem[],
  ) {
    const both = [resource, common];
    this.own = new Map([...settingsIn(common), ...settingsIn(resource)]);
    this.startup = inherited(both, 'startup');
    this.disk = inherited(both, 'disk');
    this.net = inherited([...connections, ...both], 'net');
    this.syncer = inherited(both, 'syncer');
    this.options = inherited(both, 'options');
    this.handlers = inherited(both, 'handlers');
  }
}

/** Reads the settings of a resource. `resourceNamed` gives the id of a resource that another one waits for. */
export function readSettings(
  sections: ResourceSections,
  reader: SettingReader,
  resourceNamed: (name: string) => string | undefined,
): ResourceSettings {
  const { own, net, disk } = sections;
  const protocol = reader.take(
    'protocol',
    [own.get('protocol'), net.get('protocol')],
    oneOf<DrbdProtocol>('A', 'B', 'C'),
  );
  const fencing = reader.take(
    'fencing',
    [net.get('fencing'), disk.get('fencing')],
    oneOf<DrbdFencing>('dont-care', 'resource-only', 'resource-and-stonith'),
  );
  return {
    protocol,
    inconDegrCmd: reader.text('inconDegrCmd', own.get('incon-degr-cmd')),
    fencing,
    startup: readStartup(sections, reader),
    disk: readDisk(sections, reader, resourceNamed),
    net: readNet(sections, reader),
    handlers: readHandlers(sections, reader),
  };
}

function readStartup({ startup }: ResourceSections, reader: SettingReader): DrbdStartupFacts {
  return {
    wfcTimeout: reader.take('startup.wfcTimeout', [startup.get('wfc-timeout')], wait),
    degrWfcTimeout: reader.take('startup.degrWfcTimeout', [startup.get('degr-wfc-timeout')], wait),
    outdatedWfcTimeout: reader.take('startup.outdatedWfcTimeout', [startup.get('outdated-wfc-timeout')], wait),
    extraOptions: reader.rest('startup', startup),
  };
}

function readDisk(
  { disk, syncer }: ResourceSections,
  reader: SettingReader,
  resourceNamed: (name: string) => string | undefined,
): DrbdDiskFacts {
  const after = [disk.get('resync-after'), disk.get('after'), syncer.get('after')];
  const rate = [disk.get('resync-rate'), disk.get('rate'), syncer.get('rate')];
  // 8.4 names a volume as `resource/number`.
  const before = reader.take('disk.resyncAfter', after, (text) => text.split('/')[0]);
  const toDisk = [...syncer].filter(([name]) => !SYNCER_TO_NET.has(name) && !SYNCER_TO_OPTIONS.has(name));
  return {
    onIoError: reader.text('disk.onIoError', disk.get('on-io-error')),
    resyncRate: reader.take('disk.resyncRate', rate, (text) => amount(text, 'k')),
    resyncAfter: before === undefined ? undefined : (resourceNamed(before) ?? before),
    resyncGroup: reader.take('disk.resyncGroup', [syncer.get('group')], wholeNumber),
    alExtents: reader.take('disk.alExtents', [disk.get('al-extents'), syncer.get('al-extents')], wholeNumber),
    extraOptions: reader.rest('disk', disk, new Map(toDisk)),
  };
}

function readNet({ net, syncer }: ResourceSections, reader: SettingReader): DrbdNetFacts {
  const fromSyncer = [...syncer].filter(([name]) => SYNCER_TO_NET.has(name));
  const secret = reader.text('net.sharedSecret', net.get('shared-secret'));
  return {
    timeout: reader.take('net.timeout', [net.get('timeout')], tenths),
    connectInt: reader.take('net.connectInt', [net.get('connect-int')], seconds),
    pingInt: reader.take('net.pingInt', [net.get('ping-int')], seconds),
    pingTimeout: reader.take('net.pingTimeout', [net.get('ping-timeout')], tenths),
    koCount: reader.take('net.koCount', [net.get('ko-count')], wholeNumber),
    maxBuffers: reader.take('net.maxBuffers', [net.get('max-buffers')], wholeNumber),
    maxEpochSize: reader.take('net.maxEpochSize', [net.get('max-epoch-size')], wholeNumber),
    sndbufSize: reader.take('net.sndbufSize', [net.get('sndbuf-size')], (text) => amount(text)),
    onDisconnect: reader.text('net.onDisconnect', net.get('on-disconnect')),
    cramHmacAlg: reader.text('net.cramHmacAlg', net.get('cram-hmac-alg')),
    // The value stays in the file that it came from.
    sharedSecret: secret === undefined ? undefined : SHARED_SECRET,
    extraOptions: reader.rest('net', net, new Map(fromSyncer)),
  };
}

/** Name of the secret that the resources of adopted files share. */
export const SHARED_SECRET = 'adopted_drbd';

function readHandlers({ handlers }: ResourceSections, reader: SettingReader): readonly DrbdHandlerFacts[] {
  return [...handlers.values()]
    .map((setting): DrbdHandlerFacts => ({
      // 8.0 to 8.2 called it outdate-peer.
      event: setting.name === 'outdate-peer' ? 'fence-peer' : setting.name,
      command: reader.text(`handlers.${setting.name}`, setting) ?? textOfSetting(setting),
    }))
    .sort(by((handler) => handler.event));
}
