import { IPv4 } from 'ipaddr.js';
import type { NetworkFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';

/** Addresses of a network that Docker may use for itself. */
export interface AddressPool {
  readonly gateway: string;
  /** The largest block without an address of the deployment; absent where none is free. */
  readonly block?: string;
}

/** Longest prefix of a block: two addresses are left of it. */
const LONGEST = 30;

/**
 * Keeps Docker away from the addresses of hosts and from virtual addresses, which no container has when it starts.
 * @returns undefined where every address is taken
 */
export function addressPool(topology: Topology, network: NetworkFacts): AddressPool | undefined {
  const [base = '', length = ''] = network.cidr.split('/');
  const prefix = Number(length);
  const first = numberOf(base);
  const taken = takenIn(topology, network);
  const last = first + 2 ** (32 - prefix) - 2;
  let gateway = first + 1;
  while (gateway <= last && taken.has(gateway)) gateway += 1;
  if (gateway > last) return undefined;
  const all = [...taken, gateway];
  for (let size = prefix + 1; size <= LONGEST; size += 1) {
    const step = 2 ** (32 - size);
    // Every address cuts one block of this size out, so a free one is found after as many steps, or there is none.
    for (let block = last + 2 - step, left = all.length + 1; block >= first && left > 0; block -= step, left -= 1) {
      if (all.every((address) => address < block || address >= block + step))
        return { gateway: textOf(gateway), block: `${textOf(block)}/${size}` };
    }
  }
  return { gateway: textOf(gateway) };
}

function takenIn(topology: Topology, { id }: NetworkFacts): Set<number> {
  const hosts = topology.hosts.flatMap((host) => host.interfaces.filter((one) => one.network === id));
  const virtual = topology.clusters.flatMap((cluster) =>
    cluster.groups.flatMap((group) =>
      group.members.flatMap((member) => (member.kind === 'address' && member.network === id ? [member] : [])),
    ),
  );
  const balanced = topology.loadBalancers.map((one) => one.address).filter(({ network }) => network === id);
  return new Set([...hosts, ...virtual, ...balanced].map(({ address }) => numberOf(address)));
}

function numberOf(address: string): number {
  return IPv4.parse(address)
    .toByteArray()
    .reduce((sum, part) => sum * 256 + part, 0);
}

function textOf(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
