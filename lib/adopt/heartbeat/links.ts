import type { HaCfDirective } from '../../render/ha-cf/syntax';
import type { SourceLocation } from '../../render/source';
import type { LinkFacts } from '../../topology/cluster';
import type { EntityId } from '../../topology/units';
import { ucastPeer, unreadableValue } from '../files/rules';
import { byAddress, isAddress, type NetworkBook } from '../networks';
import type { Remarks } from '../remarks';

/** A link as one line of ha.cf writes it. */
export interface LinkLine {
  readonly kind: LinkFacts['kind'];
  /** Interface, or serial device. */
  readonly medium: string;
  /** Peer of `ucast`; multicast group of `mcast`. */
  readonly address?: string;
  readonly multicast?: { readonly port: number; readonly ttl: number; readonly loop: 0 | 1 };
  readonly location?: SourceLocation;
}

/** A link with the place of its first line. */
export interface PlacedLink {
  readonly facts: LinkFacts;
  readonly location?: SourceLocation;
}

/** The link lines of a directive; undefined when the directive is none. */
export function linkLines(directive: HaCfDirective, path: string, remarks: Remarks): readonly LinkLine[] | undefined {
  const { name, words, location } = directive;
  const [medium = '', address] = words;
  switch (name) {
    case 'serial':
      return words.map((device) => ({ kind: 'serial', medium: device, location }));
    case 'bcast':
    case 'udp':
      return words.map((device) => ({ kind: 'bcast', medium: device, location }));
    case 'ucast':
    case 'ucast6':
      if (address === undefined) return incomplete(directive, 'DEVICE ADDRESS', path, remarks);
      return [{ kind: 'ucast', medium, address, location }];
    case 'mcast':
    case 'mcast6': {
      const [port, ttl, loop] = words.slice(2).map(Number);
      if (address === undefined) return incomplete(directive, 'DEVICE GROUP PORT TTL LOOP', path, remarks);
      const multicast = { port: port || 694, ttl: ttl || 1, loop: loop === 1 ? (1 as const) : (0 as const) };
      return [{ kind: 'mcast', medium, address, multicast, location }];
    }
    default:
      return undefined;
  }
}

function incomplete(
  { name, words, location }: HaCfDirective,
  form: string,
  path: string,
  remarks: Remarks,
): readonly LinkLine[] {
  remarks.finding(unreadableValue, {
    path,
    problem: `'${name}' lacks a value`,
    value: [name, ...words].join(' '),
    remedy: `write '${name} ${form}'`,
    location,
  });
  return [];
}

/** What links are made from. */
export interface LinkContext {
  readonly path: string;
  readonly nodes: readonly EntityId[];
  readonly baud: number;
  readonly networks: NetworkBook;
  readonly remarks: Remarks;
}

/** The links of a cluster: `ucast` lines of one interface and network are the two directions of one link. */
export function linksOf(lines: readonly LinkLine[], context: LinkContext): readonly PlacedLink[] {
  const pairs = ucastPairs(lines, context.networks);
  for (const pair of pairs.values()) judgePair(pair, context);
  for (const pair of pairs.values()) assignAddresses(pair, context);
  const firstOfPair = new Map([...pairs.values()].map((pair) => [pair[0], pair]));
  return lines.flatMap((line): readonly PlacedLink[] => {
    const { location } = line;
    if (line.kind === 'serial') return [{ facts: serial(line, context), location }];
    if (line.kind !== 'ucast') return [{ facts: multipoint(line, context), location }];
    const pair = firstOfPair.get(line);
    return pair ? [{ facts: unicast(pair, context), location }] : [];
  });
}

function serial(line: LinkLine, { nodes, baud }: LinkContext): LinkFacts {
  return { kind: 'serial', baud, ends: nodes.map((host) => ({ host, device: line.medium })) };
}

function multipoint(line: LinkLine, { nodes, networks }: LinkContext): LinkFacts {
  return {
    kind: line.kind === 'mcast' ? 'mcast' : 'bcast',
    network: networks.networkBehind(line.medium),
    ends: nodes.map((host) => ({ host, interface: line.medium })),
    multicast: line.multicast && { group: line.address ?? '', ...line.multicast },
  };
}

function unicast(lines: readonly LinkLine[], { nodes, networks }: LinkContext): LinkFacts {
  const [first] = lines;
  const network = networks.networkOf(first?.address ?? '') ?? networks.networkBehind(first?.medium ?? '');
  const ends = nodes.map((host) => ({
    host,
    interface: first?.medium ?? '',
    address: networks.interfacesOf(host).find((own) => own.network === network)?.address,
  }));
  return { kind: 'ucast', network, ends };
}

/** E7: a line that names only the peer is right on one node and wrong on the other. */
function judgePair(lines: readonly LinkLine[], { nodes, networks, remarks, path }: LinkContext): void {
  const [line] = lines;
  const addresses = new Set(lines.map((one) => one.address));
  if (!line || addresses.size > 1) return;
  const address = line.address ?? '';
  const owner = networks.hostWith(address) ?? (nodes.includes(address) ? address : undefined);
  remarks.finding(ucastPeer, {
    path,
    problem:
      owner === undefined
        ? 'only the peer of one node is named: copied to that peer, the line sends heartbeats to itself'
        : `only ${owner} is named: the line is right on the other node and wrong when the file is copied to ${owner}`,
    value: `ucast ${line.medium} ${address}`,
    remedy: `add 'ucast ${line.medium}' with the address of ${owner === undefined ? 'this node' : 'the other node'}; each node ignores its own`,
    location: line.location,
  });
}

/**
 * Which node has the addresses that `ucast` lines of one interface name, where no other file shows it: what is left
 * over goes to the other node, two rise with the nodes, and one alone is that of the second node, as the first one's
 * ha.cf has it.
 */
function assignAddresses(lines: readonly LinkLine[], { nodes, networks, remarks }: LinkContext): void {
  const [first, second] = nodes;
  const [one, other, ...more] = [...new Set(lines.map((line) => line.address ?? ''))].sort(byAddress);
  if (first === undefined || second === undefined || nodes.length > 2 || more.length > 0) return;
  if (one === undefined || ![one, other ?? one].every(isAddress)) return;
  const owners = [networks.hostWith(one), networks.hostWith(other ?? '')];
  if (owners[0] !== undefined && (owners[1] !== undefined || other === undefined)) return;
  if (owners[0] === undefined && owners[1] === undefined)
    remarks.note(
      other === undefined
        ? `no file shows which node has ${one}; taken for ${second}`
        : `no file shows which node has ${one} and which ${other}; taken for ${first} and ${second}`,
      lines[0]?.location,
    );
  if (other === undefined) {
    networks.assign(one, second);
    return;
  }
  const swapped = owners[0] === second || owners[1] === first;
  networks.assign(one, swapped ? second : first);
  networks.assign(other, swapped ? first : second);
}

/** `ucast` lines of one interface and network. */
function ucastPairs(lines: readonly LinkLine[], networks: NetworkBook): ReadonlyMap<string, readonly LinkLine[]> {
  const pairs = new Map<string, LinkLine[]>();
  for (const line of lines) {
    if (line.kind !== 'ucast') continue;
    const key = `${line.medium} ${networks.networkOf(line.address ?? '') ?? ''}`;
    const pair = pairs.get(key);
    if (pair) pair.push(line);
    else pairs.set(key, [line]);
  }
  return pairs;
}

/** Notes the addresses of ucast lines: they tell which interface a network is on. */
export function noteAddresses(lines: readonly LinkLine[], networks: NetworkBook): void {
  for (const line of lines)
    if (line.kind === 'ucast' && line.address !== undefined && isAddress(line.address))
      networks.add({
        address: line.address,
        interface: line.medium,
        purpose: 'heartbeat',
        location: line.location,
      });
}
