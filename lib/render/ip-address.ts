import { IPv4, IPv6 } from 'ipaddr.js';

/** True for an address in the form that every program reads: four decimal parts, or IPv6 without a zone. */
export function isAddress(text: string): boolean {
  return IPv4.isValidFourPartDecimal(text) || (!text.includes('%') && IPv6.isValid(text));
}

/** True for an address with a prefix length, for instance `192.168.1.0/24`. */
export function isNetwork(text: string): boolean {
  const [address = '', length = '', ...rest] = text.split('/');
  const most = address.includes(':') ? 128 : 32;
  return rest.length === 0 && isAddress(address) && /^\d{1,3}$/.test(length) && Number(length) <= most;
}
