import type { ResourceGroupFacts } from '../../topology/cluster';
import { drbdHistory } from '../pair/drbd-history';
import { volumesOf, type NodeState } from '../pair/node-look';
import type { Operation } from '../pair/operation';
import { resourcesOf, type Pair } from '../pair/pair';

/** What a forced switch would cost, and what stands against it. */
export interface Cost {
  /** One line for each resource. */
  readonly lines: readonly string[];
  /** Resources that DRBD promotes only by force. */
  readonly force: readonly string[];
  readonly obstacles: readonly string[];
}

/** Judges the copies on the node that shall take over. */
export async function costOf(
  operation: Operation,
  pair: Pair,
  groups: readonly ResourceGroupFacts[],
  node: NodeState,
  acceptInconsistent: boolean,
): Promise<Cost> {
  const { peer, topology } = pair;
  const resources = groups.flatMap((group) => resourcesOf(topology, group));
  const history = await drbdHistory(operation, node.host, resources);
  const lines: string[] = [];
  const force: string[] = [];
  const obstacles: string[] = [];
  for (const resource of resources) {
    const disks = volumesOf(resource, node).map((volume) => volume.disk);
    const { outdated, disconnected } = history.get(resource.name) ?? {};
    const since = disconnected ?? outdated;
    const when = since === undefined ? 'since when is not known' : `since ${since}, by the clock of ${node.host.name}`;
    if (disks.length === 0)
      obstacles.push(`${resource.name} is not configured in the kernel: drbdadm up ${resource.name}`);
    else if (disks.every((disk) => disk === 'UpToDate')) {
      // `drbdadm outdate` answers 0 and does nothing while a copy still counts as connected, so an old copy may say this.
      const lost =
        disconnected === undefined ? '' : ` (the link was lost at ${disconnected}, by the clock of ${node.host.name})`;
      lines.push(`${resource.name}: up to date, unless the link broke some time before ${peer.name} did${lost}`);
    } else if (disks.some((disk) => !['UpToDate', 'Outdated', 'Consistent', 'Inconsistent'].includes(disk)))
      obstacles.push(`${resource.name} has no usable disk on ${node.host.name} (${disks.join(', ')})`);
    else if (disks.includes('Inconsistent')) {
      if (acceptInconsistent) force.push(resource.name);
      else
        obstacles.push(
          `${resource.name} is Inconsistent on ${node.host.name}: a resync was cut off in the middle, old and new blocks are ` +
            'mixed; restore from a dump instead, or add --accept-inconsistent',
        );
      lines.push(`${resource.name}: INCONSISTENT, expect a damaged file system (${when})`);
    } else {
      force.push(resource.name);
      lines.push(
        disks.includes('Outdated')
          ? `${resource.name}: OUTDATED, what ${peer.name} wrote later is not here (${when})`
          : `${resource.name}: it is not known whether ${peer.name} wrote later (not connected ${when})`,
      );
    }
  }
  return { lines, force, obstacles };
}
