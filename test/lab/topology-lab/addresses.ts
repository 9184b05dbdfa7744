import ipaddr from 'ipaddr.js';

/** How many addresses are tried. */
const TRIES = 256;

/** The last address of a network that nobody has, with prefix length; undefined where the last 256 are all taken. */
export function freeAddress(cidr: string, taken: ReadonlySet<string>): string | undefined {
  const [network, length] = ipaddr.parseCIDR(cidr);
  const bytes = network.toByteArray();
  const hostBits = BigInt(bytes.length * 8 - length);
  const base = (toNumber(bytes) >> hostBits) << hostBits;
  const size = 1n << hostBits;
  // The first address is that of the network, the last one of IPv4 the broadcast address.
  for (let back = 2n; back < size && back <= TRIES; back += 1n) {
    const address = ipaddr.fromByteArray(toBytes(base + size - back, bytes.length)).toString();
    if (!taken.has(address)) return `${address}/${length}`;
  }
  return undefined;
}

/** Whether an address lies in a network given as `address/length`. */
export function contains(cidr: string, address: string): boolean {
  const parsed = ipaddr.parse(address);
  const range = ipaddr.parseCIDR(cidr);
  return parsed.kind() === range[0].kind() && parsed.match(range);
}

function toNumber(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function toBytes(value: bigint, length: number): number[] {
  return Array.from({ length }, (_, index) => Number((value >> BigInt(8 * (length - 1 - index))) & 255n));
}
