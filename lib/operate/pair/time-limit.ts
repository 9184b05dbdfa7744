import type { GroupMemberFacts, ResourceGroupFacts } from '../../topology/cluster';

/** Seconds that one member may take to stop on one node and start on the other before a person should look. */
const SECONDS: Readonly<Record<GroupMemberFacts['kind'], number>> = {
  activation: 20,
  mount: 30,
  service: 60,
  address: 10,
  other: 60,
};

/** Seconds after which a hand-over of groups counts as stuck. A server needs a tenth of it; nothing is cut off at it. */
export function handOverLimit(groups: readonly ResourceGroupFacts[]): number {
  const members = groups.flatMap((group) => group.members);
  return members.reduce((sum, member) => sum + SECONDS[member.kind], 60);
}
