import { lookup } from '../../../topology/lookup';
import { pairOfCluster } from '../../../topology/mail-cluster';
import { groupsOf } from '../../groups';
import type { Rule } from '../../rule';

/** X5: the address that clients use moves with what answers on it. */
export const groupAddress: Rule = {
  id: 'cluster/group-address',
  severity: 'warning',
  requirements: ['X5', 'E20'],
  title: 'A group whose services are used by clients has a virtual address.',
  rationale: 'Without one the clients keep asking the node on which the services no longer run.',
  check: (topology) =>
    groupsOf(topology)
      .filter(
        ({ cluster, group }) =>
          !pairOfCluster(topology, cluster) &&
          !group.members.some((member) => member.kind === 'address') &&
          lookup(topology)
            .servicesOf(group)
            .some((service) => service.ports.some((port) => port.from === 'clients')),
      )
      .map(({ group }) => ({
        path: group.path,
        problem: 'services for clients and no virtual address',
        value: group.name,
        remedy: 'add a virtual address to the group',
        property: 'members',
      })),
};
