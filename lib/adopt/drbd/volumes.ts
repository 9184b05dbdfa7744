import { textOf, type DrbdItem } from '../../render/drbd-conf/syntax';
import type { SourceLocation } from '../../render/source';
import { sectionsIn, settingsIn, textOfSetting, type Setting } from './settings';
import { wholeNumber } from './values';

/** What one host's section, or the resource, says of one volume. */
export interface VolumeDraft {
  readonly device?: Setting;
  readonly disk?: Setting;
  readonly metaDisk?: Setting;
  readonly location?: SourceLocation;
}

/** Volumes by number: `volume N` sections, or the options of a single volume. */
export function volumesIn(items: readonly DrbdItem[], location?: SourceLocation): ReadonlyMap<number, VolumeDraft> {
  const volumes = new Map<number, VolumeDraft>();
  const single = draft(items, location);
  if (single.device ?? single.disk ?? single.metaDisk) volumes.set(0, single);
  for (const section of sectionsIn(items, 'volume')) {
    const number = wholeNumber(section.arguments.map(textOf).join(' '));
    if (number !== undefined) volumes.set(number, merged(draft(section.body, section.location), volumes.get(number)));
  }
  return volumes;
}

function draft(items: readonly DrbdItem[], location?: SourceLocation): VolumeDraft {
  const settings = settingsIn(items);
  return {
    device: settings.get('device'),
    disk: settings.get('disk'),
    metaDisk: settings.get('meta-disk') ?? settings.get('flexible-meta-disk'),
    location,
  };
}

/** One draft completed by another. */
export function merged(own: VolumeDraft | undefined, other: VolumeDraft | undefined): VolumeDraft {
  return {
    device: own?.device ?? other?.device,
    disk: own?.disk ?? other?.disk,
    metaDisk: own?.metaDisk ?? other?.metaDisk,
    location: own?.location ?? other?.location,
  };
}

/** `/dev/drbd0`, `/dev/drbd_mail minor 3`, `minor 3`, `drbd3`: the device and its minor number. */
export function deviceOf(setting: Setting): { readonly device: string; readonly minor: number } | undefined {
  const text = textOfSetting(setting);
  const match = /^(?<device>\S+)?\s*(?:\bminor\s+(?<minor>\d{1,7}))?$/u.exec(text);
  const device = match?.groups?.['device'] === 'minor' ? undefined : match?.groups?.['device'];
  const minor =
    wholeNumber(match?.groups?.['minor'] ?? '') ??
    wholeNumber(/^minor\s+(\d+)$/u.exec(text)?.[1] ?? '') ??
    wholeNumber(/^(?:\/dev\/)?drbd(\d{1,7})$/u.exec(device ?? '')?.[1] ?? '');
  if (minor === undefined) return undefined;
  return { device: device === undefined ? `/dev/drbd${minor}` : device.replace(/^(?=drbd)/u, '/dev/'), minor };
}

/** `internal`, `/dev/sdc1 [0]`: where metadata lies, without blanks. */
export const metaDiskOf = (setting: Setting): string => setting.words.join('');
