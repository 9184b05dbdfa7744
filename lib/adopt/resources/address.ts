import type { HaResource } from '../../render/haresources/syntax';
import type { AddressMemberFacts } from '../../topology/cluster';
import { addressBits, isAddress } from '../networks';

/** A virtual address as haresources writes it: `address/prefix/interface/broadcast`. */
export interface AddressWord {
  readonly address: string;
  readonly prefixLength?: number;
  readonly interface?: string;
  readonly script: AddressMemberFacts['script'];
}

const SCRIPTS: ReadonlySet<string> = new Set(['IPaddr', 'IPaddr2', 'IPv6addr']);

/** True for resource scripts that set an address. */
export const isAddressScript = (script: string): boolean => SCRIPTS.has(script);

/** The address of an address script; undefined when it cannot be read. */
export function addressWord({ script, arguments: [argument = ''] }: HaResource): AddressWord | undefined {
  const [address = '', mask = '', device] = argument.split('/');
  if (!isAddress(address)) return undefined;
  const name = device?.split(':')[0];
  return {
    address,
    prefixLength: prefixOf(mask, addressBits(address)),
    interface: name === '' ? undefined : name,
    script: script === 'IPaddr' ? 'IPaddr' : 'IPaddr2',
  };
}

/** `24` and `255.255.255.0` alike. */
function prefixOf(mask: string, bits: number): number | undefined {
  if (/^\d{1,3}$/u.test(mask)) return Number(mask) >= 1 && Number(mask) <= bits ? Number(mask) : undefined;
  const octets = mask.split('.');
  if (octets.length !== 4 || bits !== 32 || !octets.every((octet) => /^\d{1,3}$/u.test(octet))) return undefined;
  const ones = octets.map((octet) => Number(octet).toString(2).padStart(8, '0')).join('');
  return /^1+0*$/u.test(ones) && ones.length === 32 ? ones.replaceAll('0', '').length : undefined;
}
