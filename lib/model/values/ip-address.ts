import ipaddr from 'ipaddr.js';
import { parseText, quoted } from './text';
import { ValueError } from './value-error';

/**
 * An IPv4 or IPv6 address in its one written form (`fe80::1`, no zone, no leading zeros).
 * @throws ValueError `value/ip-address`
 */
export function parseIpAddress(text: string): string {
  parseText(text);
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !(ipaddr.IPv6.isValid(text) && !text.includes('%'))) {
    throw new ValueError(
      'value/ip-address',
      'an IP address must be four decimal numbers or IPv6',
      quoted(text),
      "give it like '192.168.1.161'",
    );
  }
  return ipaddr.parse(text).toString();
}

/** A network in CIDR notation. */
export interface ParsedCidr {
  readonly text: string;
  readonly prefixLength: number;
}

/**
 * A network in CIDR notation whose host bits are zero.
 * @throws ValueError `value/cidr`
 */
export function parseCidr(text: string): ParsedCidr {
  parseText(text);
  const wrong = (problem: string): never => {
    throw new ValueError('value/cidr', problem, quoted(text), "give it like '192.168.1.0/24'");
  };
  const slash = text.indexOf('/');
  if (slash < 0 || !/^\d{1,3}$/.test(text.slice(slash + 1))) wrong('a network needs an address and a prefix length');
  const address = parseIpAddress(text.slice(0, slash));
  const prefixLength = Number(text.slice(slash + 1));
  const parsed = ipaddr.parse(address);
  if (prefixLength > parsed.toByteArray().length * 8) wrong('the prefix length is longer than the address');
  const network =
    parsed.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${address}/${prefixLength}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${address}/${prefixLength}`);
  if (network.toString() !== address) wrong('the address of a network must have no host bits set');
  return { text: `${address}/${prefixLength}`, prefixLength };
}
