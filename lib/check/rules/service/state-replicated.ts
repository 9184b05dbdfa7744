import { lookup } from '../../../topology/lookup';
import { groupMembers, groupsOf, mountTable } from '../../groups';
import type { Rule } from '../../rule';
import { stateOf } from '../../service-state';

/** E13, E14: all that must survive a node lies on storage that moves. */
export const stateReplicated: Rule = {
  id: 'service/state-replicated',
  severity: 'error',
  requirements: ['X2', 'X9', 'X18', 'E13', 'E14'],
  title:
    'Every directory with the state of a service lies on a mount of its group or is declared expendable with a reason.',
  rationale:
    'What lies on the local disk stays behind when the node fails: accepted mail is stuck in a queue that nobody works on, and documents are missing after the takeover.',
  check: (topology) =>
    groupsOf(topology).flatMap(({ cluster, group }) => {
      const mounts = mountTable(cluster, group);
      return groupMembers(cluster, group, 'service').flatMap(({ member }) => {
        const service = lookup(topology).service(member.service);
        return stateOf(topology, service, group, mounts)
          .filter((state) => !state.expendable?.trim() && mounts.covering(state.directory) === undefined)
          .map((state) => ({
            path: topology.origin === 'files' ? member.path : service.path,
            problem: `state of service ${service.name} is not on replicated or shared storage: ${state.holds}`,
            value: state.directory,
            remedy:
              'mount a DRBD resource or shared volume there in the same group, or declare it expendable with the reason',
            property: 'state',
          }));
      });
    }),
};
