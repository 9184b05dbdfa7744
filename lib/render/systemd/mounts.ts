import type { MountMemberFacts, ResourceGroupFacts } from '../../topology/cluster';
import { innermost } from '../../topology/directory';

/** The mount of a group that holds a directory. */
export function mountCovering(group: ResourceGroupFacts, directory: string): MountMemberFacts | undefined {
  return innermost(
    group.members.filter((member) => member.kind === 'mount'),
    directory,
  );
}
