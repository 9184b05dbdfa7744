import type { LinkFacts, NetworkLinkFacts } from '../topology/cluster';
import type { Host } from './host';
import { Network } from './network';
import { parseIpAddress } from './values/ip-address';
import { parsePort, parseWholeNumber } from './values/number';
import { parseDevice } from './values/path';

/** A path between the nodes that Heartbeat sends over. */
export type Link = Network | NetworkLink | SerialLink;

/** A path over an IP network. */
export interface NetworkLink {
  readonly kind: NetworkLinkFacts['kind'];
  readonly network: Network;
  readonly multicast?: NetworkLinkFacts['multicast'];
}

/** A path over a null-modem cable (X20). */
export interface SerialLink {
  readonly kind: 'serial';
  readonly device: string | Readonly<Record<string, string>>;
  readonly baud: number;
}

/** Heartbeats to the other node's address: what a `Network` alone means. */
export function ucast(network: Network): NetworkLink {
  return { kind: 'ucast', network };
}

/** Heartbeats to everybody in a network. */
export function bcast(network: Network): NetworkLink {
  return { kind: 'bcast', network };
}

/** Heartbeats to a multicast group; port 694, one hop, no loop unless given. */
export function mcast(network: Network, group: string, port = 694, ttl = 1, loop: 0 | 1 = 0): NetworkLink {
  return {
    kind: 'mcast',
    network,
    multicast: { group: parseIpAddress(group), port: parsePort(port), ttl: parseWholeNumber(ttl, 0, 255), loop },
  };
}

/**
 * A null-modem cable between the nodes' serial ports (X20).
 *
 * @param device the same port on both nodes, or one by host name
 * @param baud speed of the line
 */
export function serial(device: string | Readonly<Record<string, string>>, baud = 19200): SerialLink {
  for (const port of typeof device === 'string' ? [device] : Object.values(device)) parseDevice(port);
  return { kind: 'serial', device, baud: parseWholeNumber(baud, 300, 921_600) };
}

/** A link as a fact, seen from the nodes. */
export function linkFacts(link: Link, nodes: readonly Host[]): LinkFacts {
  if (Network.isNetwork(link)) return linkFacts(ucast(link), nodes);
  if (link.kind === 'serial') {
    const { device, baud } = link;
    return {
      kind: 'serial',
      baud,
      ends: nodes.map((node) => ({
        host: node.entityId,
        device: typeof device === 'string' ? device : (device[node.name] ?? ''),
      })),
    };
  }
  const { kind, network, multicast } = link;
  const ends = nodes.flatMap((node) => {
    const end = node.interfaceIn(network);
    return end ? [{ host: node.entityId, interface: end.name, address: end.address }] : [];
  });
  return { kind, network: network.entityId, ends, multicast };
}
