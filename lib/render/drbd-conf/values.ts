import type { Bytes, BytesPerSecond, Milliseconds } from '../../topology/units';
import { FormatError } from '../format-error';
import { raw, quoted, type DrbdValue } from './syntax';
import { isBareName } from './words';

const KIB = 1024;
const MIB = 1024 * 1024;

/** A name of a resource or host: bare where every drbdadm reads it as a name, else quoted. */
export const nameValue = (name: string): DrbdValue => (isBareName(name) ? raw(name) : quoted(name));

/** A device: bare where it is one word for drbdadm, else quoted, for instance with a colon. */
export const deviceValue = (device: string): DrbdValue =>
  /^[a-zA-Z0-9/._-]{1,128}$/u.test(device) ? raw(device) : quoted(device);

/** `internal`, or a device with or without the index that follows it in brackets. */
export function metaDiskValues(metaDisk: string): readonly DrbdValue[] {
  const groups = /^(?<device>.*?)\s*(?<index>\[\d+\])$/u.exec(metaDisk)?.groups;
  return groups ? [deviceValue(groups['device'] ?? ''), raw(groups['index'] ?? '')] : [deviceValue(metaDisk)];
}

/** `10.0.0.1:7788`, or `ipv6 [fe80::1]:7788`. */
export const addressValues = (address: string, port: number): readonly DrbdValue[] =>
  address.includes(':') ? [raw('ipv6'), raw(`[${address}]:${port}`)] : [raw(`${address}:${port}`)];

/** Whole seconds. */
export const seconds = (option: string, time: Milliseconds): DrbdValue =>
  raw(units(option, time, 1000, 'whole seconds'));

/** Tenths of a second, the unit of `timeout` and `ping-timeout`. */
export const tenths = (option: string, time: Milliseconds): DrbdValue =>
  raw(units(option, time, 100, 'whole tenths of a second'));

/** Seconds of a `wfc-timeout`, where 0 means that the node waits for ever. */
export function waiting(option: string, time: Milliseconds | 'infinite'): DrbdValue {
  if (time === 'infinite') return raw(0);
  if (time === 0)
    throw refuse(option, 'is 0, which drbd.conf reads as for ever', "say 'infinite', or at least 1 s", '0 ms');
  return seconds(option, time);
}

/** A rate in KiB/s or MiB/s, never above the one given; DRBD counts in powers of two. */
export function rateValue(option: string, rate: BytesPerSecond): DrbdValue {
  const kibibytes = Math.floor(rate / KIB);
  if (kibibytes < 1) throw refuse(option, 'is less than 1 KiB/s', 'raise it', `${rate} B/s`);
  return raw(rate % MIB === 0 ? `${rate / MIB}M` : `${kibibytes}K`);
}

/** A size in bytes, shortened with the sign for KiB that the generation of DRBD uses. */
export const sizeValue = (size: Bytes, kibibytes: 'K' | 'k'): DrbdValue =>
  raw(size > 0 && size % KIB === 0 ? `${size / KIB}${kibibytes}` : size);

function units(option: string, time: Milliseconds, unit: Milliseconds, what: string): number {
  if (time % unit !== 0) throw refuse(option, `is not given in ${what}, as drbd.conf counts`, 'round it', `${time} ms`);
  return time / unit;
}

/** An error about an option that drbd.conf can not hold. */
export function refuse(option: string, problem: string, remedy: string, value?: string): FormatError {
  return new FormatError({ format: 'drbd.conf', what: `option '${option}'`, problem, remedy, value });
}
