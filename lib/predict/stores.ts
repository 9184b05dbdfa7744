import type { MountMemberFacts, ResourceGroupFacts } from '../topology/cluster';
import type { DrbdResourceFacts } from '../topology/drbd';
import type { PlacedService, World } from './world';

/** Where a service keeps what must not be lost. */
export interface Stores {
  /** Replicated file systems and their resources, in start order. */
  readonly replicated: readonly { readonly mount: MountMemberFacts; readonly resource: DrbdResourceFacts }[];
  /** File systems that both nodes reach. */
  readonly shared: readonly MountMemberFacts[];
  /** Directories of the node itself (E13). */
  readonly local: readonly string[];
}

/** The stores of a service. State that is declared expendable is none. */
export function storesOf(world: World, placed: PlacedService): Stores {
  const { group, service } = placed;
  const mounts = mountsOf(group);
  const used = new Set<MountMemberFacts>();
  const local: string[] = [];
  for (const { directory, expendable } of service.state) {
    if (expendable !== undefined) continue;
    const mount = covering(mounts, directory);
    if (mount) used.add(mount);
    else local.push(directory);
  }
  if (world.topology.origin === 'files' && service.state.length === 0)
    for (const mount of mountsBefore(placed)) used.add(mount);
  return {
    replicated: [...used].flatMap((mount) =>
      mount.source.kind === 'drbd' ? [{ mount, resource: world.found.drbdResource(mount.source.resource) }] : [],
    ),
    shared: [...used].filter((mount) => mount.source.kind === 'shared'),
    local,
  };
}

const mountTables = new WeakMap<ResourceGroupFacts, ReadonlyMap<string, MountMemberFacts>>();

/** The mounts of a group by directory; made once per group. */
function mountsOf(group: ResourceGroupFacts): ReadonlyMap<string, MountMemberFacts> {
  const known = mountTables.get(group);
  if (known) return known;
  const made = new Map(
    group.members.flatMap((member) => (member.kind === 'mount' ? [[normal(member.directory), member] as const] : [])),
  );
  mountTables.set(group, made);
  return made;
}

/** The stores lie on the mount with the longest directory that holds a path. */
function covering(mounts: ReadonlyMap<string, MountMemberFacts>, path: string): MountMemberFacts | undefined {
  for (let directory = normal(path); directory !== ''; directory = directory.slice(0, directory.lastIndexOf('/'))) {
    const mount = mounts.get(directory);
    if (mount) return mount;
  }
  return undefined;
}

/** haresources alone does not say where a service keeps its data: what is mounted for it stands right before it. */
function mountsBefore({ group, place }: PlacedService): readonly MountMemberFacts[] {
  const mounts: MountMemberFacts[] = [];
  for (const member of group.members.slice(0, place).reverse()) {
    if (member.kind === 'service') break;
    if (member.kind === 'mount') mounts.push(member);
  }
  return mounts.reverse();
}

function normal(path: string): string {
  return path.replace(/\/+$/, '');
}
