import { IPv6 } from 'ipaddr.js';

/** Four numbers up to 255 without leading zeros, which some programs read as octal. */
const FOUR_DECIMAL_PARTS = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** True for an address in the form that every program reads: four decimal parts, or IPv6 without a zone. */
export function isAddress(text: string): boolean {
  return FOUR_DECIMAL_PARTS.test(text) || (!text.includes('%') && IPv6.isValid(text));
}

/** True for an address with a prefix length, for instance `192.168.1.0/24`. */
export function isNetwork(text: string): boolean {
  const [address = '', length = '', ...rest] = text.split('/');
  const most = address.includes(':') ? 128 : 32;
  return rest.length === 0 && isAddress(address) && /^\d{1,3}$/.test(length) && Number(length) <= most;
}
