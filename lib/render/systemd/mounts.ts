import type { MountMemberFacts, ResourceGroupFacts } from '../../topology/cluster';
import { covers } from '../../topology/directory';

/** The mount of a group that holds a directory: of several, the one that is mounted deepest. */
export function mountCovering(group: ResourceGroupFacts, directory: string): MountMemberFacts | undefined {
  return group.members
    .flatMap((member) => (member.kind === 'mount' && covers(member.directory, directory) ? [member] : []))
    .reduce<MountMemberFacts | undefined>(
      (deepest, mount) => (deepest && deepest.directory.length >= mount.directory.length ? deepest : mount),
      undefined,
    );
}
