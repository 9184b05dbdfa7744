import type {
  ActivationMemberFacts,
  GroupMemberFacts,
  MountMemberFacts,
  ResourceGroupFacts,
  ServiceMemberFacts,
} from './cluster';

/** A member that can start together with others. */
export type JoinedMemberFacts = ActivationMemberFacts | MountMemberFacts | ServiceMemberFacts;

/** What one resource of haresources starts: a member, or all members of a group that start together. */
export type GroupStep =
  | { readonly kind: 'member'; readonly member: GroupMemberFacts }
  | { readonly kind: 'together'; readonly members: readonly JoinedMemberFacts[] };

/**
 * What heartbeat starts of a group, in this order; it stops in reverse order. What starts together stands where the
 * first of it stands among the members.
 */
export function groupSteps({ start, members }: ResourceGroupFacts): readonly GroupStep[] {
  const joined = joinedMembers({ start, members });
  const known = new Set<GroupMemberFacts>(joined);
  return members.flatMap((member): GroupStep[] => {
    if (!known.has(member)) return [{ kind: 'member', member }];
    return member === joined[0] ? [{ kind: 'together', members: joined }] : [];
  });
}

/** The members of a group that one resource of haresources starts together; none of a group that starts in turn. */
export function joinedMembers({
  start,
  members,
}: Pick<ResourceGroupFacts, 'start' | 'members'>): readonly JoinedMemberFacts[] {
  return start === 'together' ? members.filter(isJoined) : [];
}

function isJoined(member: GroupMemberFacts): member is JoinedMemberFacts {
  return member.kind === 'activation' || member.kind === 'mount' || member.kind === 'service';
}
