import type { HeartbeatClusterFacts } from '../../topology/cluster';
import type { DrbdResourceFacts } from '../../topology/drbd';
import { lookup } from '../../topology/lookup';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { UnreachableError } from '../remote/remote';
import type { Operation } from './operation';
import type { Pair } from './pair';
import { parseProcDrbd, type VolumeLook } from './proc-drbd';
import { probeCommand } from './probe';

/** What was seen on a node that answered. */
export interface NodeState {
  readonly host: HostFacts;
  /** What systemd says of heartbeat: `active`, `activating` while its guard holds it, `inactive`, ... */
  readonly heartbeat: string;
  /** What heartbeat claims to run: `all`, `local`, `foreign`, `none`; empty while it does not answer. It may be wrong. */
  readonly claims: string;
  /** Heartbeat starts or stops a group here at the moment. */
  readonly moving: boolean;
  /** What heartbeat here knows of each node: `active`, `up`, `dead`, ... */
  readonly members: ReadonlyMap<string, string>;
  readonly mounted: ReadonlySet<string>;
  readonly activeUnits: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
  readonly volumes: ReadonlyMap<number, VolumeLook>;
}

/** A node, or why nothing is known of it. */
export type NodeLook =
  | ({ readonly reached: true } & NodeState)
  | { readonly reached: false; readonly host: HostFacts; readonly reason: string };

/** Looks at one node. It changes nothing. */
export async function lookAt(
  operation: Pick<Operation, 'remote'>,
  topology: Topology,
  cluster: HeartbeatClusterFacts,
  host: HostFacts,
): Promise<NodeLook> {
  try {
    const { stdout } = await operation.remote.run(host, probeCommand(topology, cluster), { timeout: 60 });
    if (!/^end$/m.test(stdout)) return { reached: false, host, reason: 'the look at it did not come to its end' };
    return { reached: true, ...parseProbe(topology, cluster, host, stdout) };
  } catch (error) {
    if (error instanceof UnreachableError) return { reached: false, host, reason: error.message };
    throw error;
  }
}

/** Looks at both nodes at the same time: the named one, then its peer. */
export function lookAtBoth(operation: Pick<Operation, 'remote'>, pair: Pair): Promise<[NodeLook, NodeLook]> {
  const { topology, cluster, node, peer } = pair;
  return Promise.all([lookAt(operation, topology, cluster, node), lookAt(operation, topology, cluster, peer)]);
}

/** Reads what the probe printed. */
export function parseProbe(
  topology: Topology,
  cluster: HeartbeatClusterFacts,
  host: HostFacts,
  text: string,
): NodeState {
  const lines = text.split('\n').map((line) => {
    const blank = line.indexOf(' ');
    return blank < 0 ? ([line, ''] as const) : ([line.slice(0, blank), line.slice(blank + 1)] as const);
  });
  const values = (keyword: string): string[] => lines.flatMap(([word, rest]) => (word === keyword ? [rest] : []));
  const facts = lookup(topology);
  const units = cluster.groups.flatMap(facts.servicesOf).map((service) => service.unit);
  const states = (values('units')[0] ?? '').split(' ');
  return {
    host,
    heartbeat: values('heartbeat')[0] ?? '',
    claims: values('claims')[0] ?? '',
    moving: values('moving').length > 0,
    members: new Map(
      values('member').map((value) => {
        const [name = '', state = ''] = value.split(' ');
        return [name, state];
      }),
    ),
    mounted: new Set(values('mounted')),
    activeUnits: new Set(units.filter((_, index) => states[index] === 'active')),
    addresses: new Set(values('address')),
    volumes: parseProcDrbd(values('drbd').join('\n')),
  };
}

/** The volumes of a resource as a node sees them; a volume that is not configured is absent. */
export function volumesOf(resource: DrbdResourceFacts, state: NodeState): readonly VolumeLook[] {
  return resource.volumes.flatMap(({ minor }) => state.volumes.get(minor) ?? []);
}
