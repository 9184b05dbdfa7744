import type { ResourceGroupFacts } from '../topology/cluster';
import type { ServiceFacts, StatePathFacts } from '../topology/service';
import type { Topology } from '../topology/topology';
import { type MountTable } from './groups';
import { knownService } from './known-services';

/**
 * The state of a service. Where only files are known it is taken from what is known of the init script: the directory
 * that a mount covers, else the usual one. State that was visibly moved (a mount point that names the service) is left
 * out, because the file that says where it lies is not known.
 */
export function stateOf(
  topology: Topology,
  service: ServiceFacts,
  group: ResourceGroupFacts,
  mounts: MountTable,
): readonly StatePathFacts[] {
  if (topology.origin === 'model' || service.state.length > 0) return service.state;
  const known = knownService(service.name);
  if (!known) return [];
  const state = known.state.map(({ holds, directories }) => ({
    holds,
    covered: directories.find((directory) => mounts.covering(directory)),
    directory: directories[0] ?? '',
  }));
  const moved =
    state.every((path) => path.covered === undefined) &&
    group.members.some(
      (member) => member.kind === 'mount' && known.words.some((word) => member.directory.toLowerCase().includes(word)),
    );
  if (moved) return [];
  return state.map(({ holds, covered, directory }) => ({ holds, directory: covered ?? directory }));
}
