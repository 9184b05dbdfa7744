import ipaddr from 'ipaddr.js';
import type { Topology } from '../../topology/topology';
import { FormatError } from '../format-error';
import type { MainCfParameter, MainCfWord } from './syntax';

/** A parameter of main.cf. */
export function parameter(name: string, ...words: readonly MainCfWord[]): MainCfParameter {
  return { name, words };
}

/** A domain and nothing that Postfix would take for a file, a table or a negation. @throws FormatError */
export function domain(text: string, what: string): string {
  return /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text)
    ? text
    : refuse('main.cf', what, 'is no domain name', text);
}

/** The CIDR of a network; Postfix wants IPv6 addresses in brackets. @throws FormatError */
export function network(cidr: string): string {
  if (!ipaddr.isValidCIDR(cidr)) refuse('main.cf', 'a trusted network', 'is no CIDR', cidr);
  const [address = '', length = ''] = cidr.split('/');
  return address.includes(':') ? `[${address}]/${length}` : cidr;
}

/** `domain`, `[host]`, either with `:port` (postconf(5), relayhost). @throws FormatError */
export function nextHop(text: string, what = 'the relay host'): string {
  return /^(\[[A-Za-z0-9.:-]+\]|[A-Za-z0-9][A-Za-z0-9.-]*)(:[A-Za-z0-9-]+)?$/.test(text)
    ? text
    : refuse('main.cf', what, 'is no domain, [host] or either with a port', text);
}

/** An absolute path: scripts of Postfix hand such names to a shell. @throws FormatError */
export function directory(path: string, what: string): string {
  return /^(\/[A-Za-z0-9_+.@-]+)+$/.test(path)
    ? path
    : refuse('main.cf', what, 'is no absolute path of letters, digits and _+.@-', path);
}

/** A size as Postfix counts it. @throws FormatError */
export function bytes(size: number): string {
  return Number.isSafeInteger(size) && size > 0
    ? String(size)
    : refuse('main.cf', 'the message size limit', 'is no whole number of bytes', String(size));
}

/** Clients that may send anywhere: those of the host itself and of some networks. */
export function clients(topology: Topology, trustedNetworks: readonly string[]): readonly string[] {
  const own = usesIpv6(topology) ? ['127.0.0.0/8', '::1/128'] : ['127.0.0.0/8'];
  return unique([...own, ...trustedNetworks]).map(network);
}

/** The value of `inet_protocols`. */
export const protocols = (topology: Topology): string => (usesIpv6(topology) ? 'all' : 'ipv4');

const usesIpv6 = (topology: Topology): boolean => topology.networks.some(({ cidr }) => cidr.includes(':'));

/** Each text once. */
export function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** Refuses a value. @throws FormatError */
export function refuse(format: string, what: string, problem: string, value: string): never {
  throw new FormatError({ format, what, problem, remedy: 'correct it in the stack', value });
}
