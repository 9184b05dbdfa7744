import type { HeartbeatClusterFacts, ResourceGroupFacts } from '../../../topology/cluster';
import { lookup } from '../../../topology/lookup';
import type { Topology } from '../../../topology/topology';
import type { EntityId } from '../../../topology/units';
import { groupMembers, groupsOf, mountTable } from '../../groups';
import type { Rule, RuleFinding } from '../../rule';
import { stateOf } from '../../service-state';

/** X21: device, mount, service, in this order. */
export const startOrder: Rule = {
  id: 'cluster/start-order',
  severity: 'error',
  requirements: ['X21'],
  title: 'A group promotes a device before it mounts it and mounts it before it starts the services that use it.',
  rationale:
    'A file system on a device that is not promoted cannot be mounted, and a service that starts before its mount writes below the mount point: into a directory of the one node, where the data stay behind.',
  check: (topology) =>
    groupsOf(topology).flatMap(({ cluster, group }) => [
      ...mountFaults(topology, cluster, group),
      ...serviceFaults(topology, cluster, group),
    ]),
};

function mountFaults(
  topology: Topology,
  cluster: HeartbeatClusterFacts,
  group: ResourceGroupFacts,
): readonly RuleFinding[] {
  const activated = new Map<EntityId, number>();
  for (const { member, place } of groupMembers(cluster, group, 'activation'))
    if (!activated.has(member.resource)) activated.set(member.resource, place);
  const mounts = mountTable(cluster, group);
  const findings: RuleFinding[] = [];
  for (const { member, place } of groupMembers(cluster, group, 'mount')) {
    if (member.source.kind === 'drbd') {
      const resource = lookup(topology).drbdResource(member.source.resource).name;
      const activation = activated.get(member.source.resource);
      if (activation === undefined)
        findings.push({
          path: member.path,
          problem: `a mount of DRBD resource ${resource}, which the group does not activate`,
          value: member.directory,
          remedy: 'activate the resource before the mount',
        });
      else if (activation > place)
        findings.push({
          path: member.path,
          problem: `a mount before the activation of DRBD resource ${resource}`,
          value: member.directory,
          remedy: 'move the activation before the mount',
        });
    }
    const above = mounts.above(member);
    if (above && above.place > place)
      findings.push({
        path: member.path,
        problem: `a mount that the later mount of ${above.member.directory} hides`,
        value: member.directory,
        remedy: `mount ${above.member.directory} first`,
      });
  }
  return findings;
}

function serviceFaults(
  topology: Topology,
  cluster: HeartbeatClusterFacts,
  group: ResourceGroupFacts,
): readonly RuleFinding[] {
  const services = groupMembers(cluster, group, 'service');
  const places = new Map(services.map(({ member, place }) => [member.service, place]));
  const mounts = mountTable(cluster, group);
  const findings: RuleFinding[] = [];
  for (const { member, place } of services) {
    const service = lookup(topology).service(member.service);
    for (const state of stateOf(topology, service, group, mounts)) {
      const mount = mounts.covering(state.directory);
      if (mount && mount.place > place)
        findings.push({
          path: member.path,
          problem: `service ${service.name} starts before the mount of ${mount.member.directory}, which holds its ${state.holds}`,
          value: state.directory,
          remedy: 'move the service after the mount',
        });
    }
    for (const required of service.requires) {
      const before = places.get(required);
      if (before !== undefined && before > place)
        findings.push({
          path: member.path,
          problem: `service ${service.name} starts before a service that it requires`,
          value: lookup(topology).service(required).name,
          remedy: 'move it after the service that it requires',
        });
    }
  }
  return findings;
}
