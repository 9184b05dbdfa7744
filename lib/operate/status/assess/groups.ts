import type { GroupMemberFacts, HeartbeatClusterFacts, ResourceGroupFacts } from '../../../topology/cluster';
import { lookup } from '../../../topology/lookup';
import { processUnits } from '../../../topology/service-units';
import type { Topology } from '../../../topology/topology';
import { volumeKey, type HostLook, type NodeState, type ReachedHost } from '../facts';

/** One member of a group on one host. */
export interface MemberStatus {
  /** For instance `slapd`, `/var/lib/ldap`, `192.168.1.160`. */
  readonly name: string;
  readonly kind: 'address' | 'activation' | 'mount' | 'service';
  readonly runs: boolean;
  /** In words of the program that says it: `active`, `Primary`, `mounted`, ... */
  readonly state: string;
}

/** A group on one host. */
export interface GroupOnHost {
  readonly host: string;
  /** `running`: every member; `partly`: some storage or address; `stopped`: neither. */
  readonly is: 'running' | 'partly' | 'stopped';
  /** Heartbeat says that it runs this group here. That alone proves nothing. */
  readonly claimed: boolean;
  /** Heartbeat is starting or stopping something here. */
  readonly moving: boolean;
  readonly members: readonly MemberStatus[];
}

/** A group on all hosts that answered. */
export interface GroupStatus {
  readonly cluster: string;
  readonly name: string;
  readonly hosts: readonly GroupOnHost[];
  /** Node names of the cluster that did not answer. */
  readonly unreached: readonly string[];
}

/** Where a group runs, seen at its addresses, storage and services, because heartbeat may claim what does not run. */
export function groupStatus(
  topology: Topology,
  cluster: HeartbeatClusterFacts,
  group: ResourceGroupFacts,
  looks: readonly HostLook[],
): GroupStatus {
  const nodes = looks.filter((look) => cluster.nodes.includes(look.host));
  return {
    cluster: cluster.name,
    name: group.name,
    hosts: nodes.filter((look) => look.reached).map((look) => onHost(topology, group, look)),
    unreached: nodes.filter((look) => !look.reached).map((look) => look.name),
  };
}

function onHost(topology: Topology, group: ResourceGroupFacts, look: ReachedHost): GroupOnHost {
  const members = group.members.flatMap((member) => memberStatus(topology, member, look.state));
  const binding = members.filter((member) => member.kind !== 'service');
  const { resources } = look.state.heartbeat;
  const own = group.preferred === look.host ? 'local' : 'foreign';
  const is = members.every((member) => member.runs)
    ? 'running'
    : // A service alone may have been started by somebody; storage and addresses only the cluster moves.
      (binding.length > 0 ? binding : members).some((member) => member.runs)
      ? 'partly'
      : 'stopped';
  return {
    host: look.name,
    is,
    claimed: resources === 'all' || resources === own,
    moving: resources === 'transition',
    members,
  };
}

function memberStatus(topology: Topology, member: GroupMemberFacts, state: NodeState): readonly MemberStatus[] {
  const facts = lookup(topology);
  switch (member.kind) {
    case 'address': {
      const runs = state.addresses.includes(member.address);
      return [{ name: member.address, kind: 'address', runs, state: runs ? 'there' : '-' }];
    }
    case 'mount': {
      const mount = state.mounts.findLast((candidate) => candidate.directory === member.directory);
      const runs = mount !== undefined && (member.source.kind !== 'drbd' || mount.device === member.device);
      const text = mount ? (runs ? 'mounted' : `mounted from ${mount.device}`) : '-';
      return [{ name: member.directory, kind: 'mount', runs, state: text }];
    }
    case 'activation': {
      const resource = facts.drbdResource(member.resource);
      const roles = resource.volumes.map((volume) => state.volumes[volumeKey(resource.name, volume.number)]?.role);
      const role = roles.find((one) => one !== 'Primary') ?? roles[0];
      return [{ name: resource.name, kind: 'activation', runs: role === 'Primary', state: role ?? '-' }];
    }
    case 'service': {
      const service = facts.service(member.service);
      const states = processUnits(service).map((unit) => state.units[unit] ?? 'unknown');
      // A unit that reloads goes on serving.
      const other = states.find((one) => one !== 'active' && one !== 'reloading');
      return [{ name: service.name, kind: 'service', runs: other === undefined, state: other ?? 'active' }];
    }
    case 'other':
      return [];
  }
}
