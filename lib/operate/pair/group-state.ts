import type { GroupMemberFacts, ResourceGroupFacts } from '../../topology/cluster';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import { volumesOf, type NodeState } from './node-look';

/** One member of a group on a node. */
export interface MemberState {
  /** For instance `ldap is primary`. */
  readonly text: string;
  /** For instance `ldap is secondary`. */
  readonly otherwise: string;
  readonly runs: boolean;
  /** It proves that the group is, or was, at work here; a service alone may run for other reasons. */
  readonly binding: boolean;
}

/** A group on one node, as far as it can be seen from outside. */
export interface GroupState {
  readonly members: readonly MemberState[];
  /** `running`: every member; `stopped`: no storage and no address of it is here; `partly`: anything between. */
  readonly is: 'running' | 'partly' | 'stopped';
}

/** What of a group runs on a node. Heartbeat is not asked: it may claim what does not run. */
export function groupState(topology: Topology, group: ResourceGroupFacts, node: NodeState): GroupState {
  const members = group.members.flatMap((member) => memberState(topology, member, node) ?? []);
  const binding = members.filter((member) => member.binding);
  const is = members.every((member) => member.runs)
    ? 'running'
    : binding.some((member) => member.runs)
      ? 'partly'
      : 'stopped';
  return { members, is };
}

function memberState(topology: Topology, member: GroupMemberFacts, node: NodeState): MemberState | undefined {
  const facts = lookup(topology);
  switch (member.kind) {
    case 'activation': {
      const resource = facts.drbdResource(member.resource);
      const volumes = volumesOf(resource, node);
      const runs = volumes.length > 0 && volumes.every((volume) => volume.role === 'Primary');
      return { text: `${resource.name} is primary`, otherwise: `${resource.name} is secondary`, runs, binding: true };
    }
    case 'mount':
      return {
        text: `${member.directory} is mounted`,
        otherwise: `${member.directory} is unmounted`,
        runs: node.mounted.has(member.directory),
        binding: true,
      };
    case 'address':
      return {
        text: `${member.address} is there`,
        otherwise: `${member.address} is gone`,
        runs: node.addresses.has(member.address),
        binding: true,
      };
    case 'service': {
      const { name, unit } = facts.service(member.service);
      return {
        text: `${name} runs`,
        otherwise: `${name} is stopped`,
        runs: node.activeUnits.has(unit),
        binding: false,
      };
    }
    case 'other':
      return undefined;
  }
}

/** In one line: what runs of a group on a node, and what does not. */
export function groupText(topology: Topology, group: ResourceGroupFacts, node: NodeState): string {
  const { is, members } = groupState(topology, group, node);
  if (is !== 'partly')
    return `${node.host.name}: group ${group.name} ${is === 'running' ? 'runs' : 'does not run'} here`;
  const list = (runs: boolean): string =>
    members
      .filter((member) => member.runs === runs)
      .map((member) => member.text)
      .join(', ');
  return `${node.host.name}: group ${group.name} runs partly: ${list(true)}; not: ${list(false)}`;
}
