import { groupMembers, groupsOf } from '../../groups';
import type { Rule } from '../../rule';

/** E16: clients find the address when something answers on it. */
export const addressLast: Rule = {
  id: 'cluster/address-last',
  severity: 'warning',
  requirements: ['E16', 'X21'],
  title: 'A group opens its virtual address after its services have started.',
  rationale:
    'While the address is up and the services are not, clients are refused instead of waiting: mail bounces and applications report errors for as long as mounts, recovery and starts take. A service that binds to the address itself needs it first; acknowledge that.',
  check: (topology) =>
    groupsOf(topology).flatMap(({ cluster, group }) => {
      const last = groupMembers(cluster, group, 'service').at(-1);
      return last === undefined
        ? []
        : groupMembers(cluster, group, 'address')
            .filter(({ place }) => place < last.place)
            .map(({ member }) => ({
              path: member.path,
              problem: 'the virtual address opens before the services of its group',
              value: member.address,
              remedy: 'move the address to the end of the group',
            }));
    }),
};
