import type { Bytes } from '../../topology/units';

/** Multiples of a number in drbd.conf(5); `s` counts sectors. */
const UNITS: Readonly<Record<string, number>> = { s: 512, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** A whole number; undefined for anything else. */
export function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/u.test(text) ? Number(text) : undefined;
}

/** An amount with a unit, in bytes; undefined for what drbdadm does not read. */
export function amount(text: string, defaultUnit: '' | 'k' = ''): Bytes | undefined {
  const match = /^(\d{1,12})([skmgt])?$/iu.exec(text);
  const unit = (match?.[2] ?? defaultUnit).toLowerCase();
  const bytes = match ? Number(match[1]) * (UNITS[unit] ?? 1) : undefined;
  return bytes !== undefined && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** An address with a port, as `address` of drbd.conf(5) holds it. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

const FAMILIES: ReadonlySet<string> = new Set(['ipv4', 'ipv6', 'ssocks', 'sdp', 'sci']);

/** `10.0.0.1:7788`, `ipv6 [fd00::1]:7788`; undefined for anything else. */
export function endpoint(words: readonly string[]): Endpoint | undefined {
  const text = words.filter((word) => !FAMILIES.has(word)).join('');
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/u.exec(text);
  const address = match?.[1] ?? match?.[2];
  return address === undefined ? undefined : { address, port: Number(match?.[3]) };
}
