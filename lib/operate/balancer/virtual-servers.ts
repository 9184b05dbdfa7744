import ipaddr from 'ipaddr.js';
import { filledLines } from '../status/sections';

/** A server behind a virtual server of LVS. */
export interface RealServer {
  readonly address: string;
  readonly port: number;
  /** 0: it gets no new connections. */
  readonly weight: number;
  readonly connections: number;
}

/** A virtual server of LVS: an address with a port, and the servers that get its connections. */
export interface VirtualServer {
  readonly address: string;
  readonly port: number;
  readonly servers: readonly RealServer[];
}

/** Reads /proc/net/ip_vs; undefined where the kernel has no LVS. */
export function virtualServers(text: string | undefined): readonly VirtualServer[] | undefined {
  const lines = filledLines(text);
  if (!lines[0]?.startsWith('IP Virtual Server')) return undefined;
  const found: { address: string; port: number; servers: RealServer[] }[] = [];
  for (const line of lines) {
    const [first = '', second = '', , weight, active] = line.trim().split(/\s+/);
    const place = placeOf(second);
    if (!place) continue;
    if (first === '->') found.at(-1)?.servers.push({ ...place, weight: Number(weight), connections: Number(active) });
    else found.push({ ...place, servers: [] });
  }
  return found;
}

/** An address in the form in which two of them can be compared. */
export const normalAddress = (address: string): string =>
  ipaddr.isValid(address) ? ipaddr.parse(address).toString() : address;

/** `C0A80128:0019` or `[2001:0db8:...]:0019`, an address and a port in hexadecimal digits. */
function placeOf(text: string): { readonly address: string; readonly port: number } | undefined {
  const [, bytes, longer, port] = /^(?:([0-9A-F]{8})|\[([0-9a-f:]+)\]):([0-9A-F]{4})$/.exec(text) ?? [];
  if (port === undefined) return undefined;
  const address = bytes
    ?.match(/../g)
    ?.map((byte) => Number.parseInt(byte, 16))
    .join('.');
  return { address: address ?? normalAddress(longer ?? ''), port: Number.parseInt(port, 16) };
}
