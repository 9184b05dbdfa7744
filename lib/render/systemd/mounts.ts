import type { MountMemberFacts, ResourceGroupFacts } from '../../topology/cluster';
import { covers } from '../../topology/directory';

/** The mount of a group that holds a directory: of several, the one that is mounted deepest. */
export function mountCovering(group: ResourceGroupFacts, directory: string): MountMemberFacts | undefined {
  let deepest: MountMemberFacts | undefined;
  for (const member of group.members) {
    if (member.kind !== 'mount' || !covers(member.directory, directory)) continue;
    if (!deepest || member.directory.length > deepest.directory.length) deepest = member;
  }
  return deepest;
}
