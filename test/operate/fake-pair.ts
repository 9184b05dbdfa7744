import { UnreachableError, type RemoteOptions, type RemoteOutcome } from '../../lib/operate/remote/remote';
import { lookup } from '../../lib/topology/lookup';
import type { HostFacts } from '../../lib/topology/site';
import type { Topology } from '../../lib/topology/topology';
import { groupwarePair } from '../support/pair';
import { FakeOperator } from './fake-operator';

/** A volume of a fake node, as /proc/drbd would show it. */
export interface FakeVolume {
  connection: string;
  role: string;
  peerRole: string;
  disk: string;
  peerDisk: string;
  outOfSync: number;
  synced?: string;
}

/** A node that answers the probe from these facts. */
export interface FakeNode {
  reached: boolean;
  heartbeat: string;
  claims: string;
  moving: boolean;
  members: Record<string, string>;
  mounted: Set<string>;
  units: Set<string>;
  addresses: Set<string>;
  volumes: Map<number, FakeVolume>;
}

type Answer = Partial<RemoteOutcome> | void;

/** The two nodes of the groupware pair, ox1 running the group, and a person who answers. */
export class FakePair extends FakeOperator {
  readonly topology: Topology;
  readonly nodes: Record<'ox1' | 'ox2', FakeNode>;
  /** Commands beside the looks, as `host: command`. */
  readonly commands: string[] = [];
  closed = false;
  private readonly handlers: (readonly [RegExp, (host: string, command: string) => Answer])[] = [];

  constructor(topology: Topology = groupwarePair()) {
    super();
    this.topology = topology;
    this.nodes = { ox1: this.node(), ox2: this.node() };
    this.runs('ox1');
    this.nodes.ox1.claims = 'local';
  }

  /** What happens when a command that matches is run. The last one that was given wins. */
  on(pattern: RegExp, handler: (host: string, command: string) => Answer): this {
    this.handlers.unshift([pattern, handler]);
    return this;
  }

  /** The group runs on a node, and on that one alone. */
  runs(name: 'ox1' | 'ox2' | undefined): void {
    const facts = lookup(this.topology);
    for (const one of ['ox1', 'ox2'] as const) {
      const node = this.nodes[one];
      const here = one === name;
      for (const volume of node.volumes.values()) {
        volume.role = here ? 'Primary' : 'Secondary';
        if (volume.peerRole !== 'Unknown') volume.peerRole = here || name === undefined ? 'Secondary' : 'Primary';
      }
      for (const set of [node.mounted, node.units, node.addresses]) set.clear();
      if (!here) continue;
      for (const group of this.topology.clusters.flatMap((cluster) => cluster.groups))
        for (const member of group.members) {
          if (member.kind === 'mount') node.mounted.add(member.directory);
          if (member.kind === 'address') node.addresses.add(member.address);
          if (member.kind === 'service') node.units.add(facts.service(member.service).unit);
        }
    }
  }

  /** The replication link is cut: each side keeps its own disk state. */
  disconnect(connection: string, disks: { readonly ox1: string; readonly ox2: string }): void {
    for (const name of ['ox1', 'ox2'] as const)
      for (const volume of this.nodes[name].volumes.values())
        Object.assign(volume, { connection, peerRole: 'Unknown', peerDisk: 'DUnknown', disk: disks[name] });
  }

  /** ox1 or ox2 is silent, and the other one knows it as dead. */
  dies(name: 'ox1' | 'ox2'): void {
    const left = name === 'ox1' ? 'ox2' : 'ox1';
    this.nodes[name].reached = false;
    this.nodes[left].members[name] = 'dead';
    for (const volume of this.nodes[left].volumes.values())
      Object.assign(volume, { connection: 'WFConnection', peerRole: 'Unknown', peerDisk: 'DUnknown' });
  }

  async run(host: HostFacts, command: string, options: RemoteOptions = {}): Promise<RemoteOutcome> {
    const node = this.nodes[host.name as 'ox1' | 'ox2'];
    // Every command takes its time, so that no wait is endless.
    this.clock += 1000;
    if (!node.reached) throw new UnreachableError(`${host.name} is not reached (192.168.1.1: no route to host)`);
    if (command.includes('cl_status rscstatus 2>/dev/null)"'))
      return { status: 0, stdout: this.probe(node), stderr: '' };
    this.commands.push(`${host.name}: ${command.replace(/^PATH=.*\n/, '')}`);
    const handler = this.handlers.find(([pattern]) => pattern.test(command));
    const answer = handler?.[1](host.name, command) ?? {};
    const outcome = { status: 0, stdout: '', stderr: '', ...answer };
    for (const line of outcome.stdout.split('\n')) if (line !== '') options.progress?.(line);
    return outcome;
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  private node(): FakeNode {
    const minors = this.topology.drbdResources.flatMap((resource) => resource.volumes.map((volume) => volume.minor));
    return {
      reached: true,
      heartbeat: 'active',
      claims: 'none',
      moving: false,
      members: { ox1: 'active', ox2: 'active' },
      mounted: new Set(),
      units: new Set(),
      addresses: new Set(),
      volumes: new Map(
        minors.map((minor) => [
          minor,
          {
            connection: 'Connected',
            role: 'Secondary',
            peerRole: 'Secondary',
            disk: 'UpToDate',
            peerDisk: 'UpToDate',
            outOfSync: 0,
          },
        ]),
      ),
    };
  }

  private probe(node: FakeNode): string {
    const facts = lookup(this.topology);
    const units = this.topology.clusters.flatMap((cluster) => cluster.groups).flatMap(facts.servicesOf);
    return [
      `heartbeat ${node.heartbeat}`,
      `claims ${node.claims}`,
      ...Object.entries(node.members).map(([name, state]) => `member ${name} ${state}`),
      ...[...node.mounted].map((directory) => `mounted ${directory}`),
      `units ${units.map((service) => (node.units.has(service.unit) ? 'active' : 'inactive')).join(' ')}`,
      'address 127.0.0.1',
      ...[...node.addresses].map((address) => `address ${address}`),
      ...(node.moving ? ['moving yes'] : []),
      'drbd version: 8.4.11 (api:1/proto:86-101)',
      ...[...node.volumes].flatMap(([minor, volume]) => [
        `drbd  ${minor}: cs:${volume.connection} ro:${volume.role}/${volume.peerRole} ds:${volume.disk}/${volume.peerDisk} C r-----`,
        `drbd     ns:0 nr:0 dw:0 dr:0 al:0 bm:0 lo:0 pe:0 ua:0 ap:0 ep:1 wo:f oos:${volume.outOfSync}`,
        ...(volume.synced === undefined ? [] : [`drbd \t[>....................] sync'ed: ${volume.synced}% (1/2)K`]),
      ]),
      'end',
      '',
    ].join('\n');
  }
}
