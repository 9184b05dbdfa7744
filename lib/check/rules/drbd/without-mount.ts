import { lookup } from '../../../topology/lookup';
import { membersOf } from '../../groups';
import type { Rule } from '../../rule';

/** E17: one mount for each disk that is activated. */
export const withoutMount: Rule = {
  id: 'drbd/without-mount',
  severity: 'warning',
  requirements: ['E17'],
  title: 'Every volume of a DRBD resource that a group activates is mounted.',
  rationale:
    'An activated and unmounted volume is a forgotten step: the service writes to the directory of the one node instead.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) => {
      const mounted = new Set(
        membersOf(cluster, 'mount').flatMap(({ member }) =>
          member.source.kind === 'drbd' ? [`${member.source.resource} ${member.source.volume}`] : [],
        ),
      );
      return membersOf(cluster, 'activation').flatMap(({ member }) => {
        const resource = lookup(topology).drbdResource(member.resource);
        return resource.volumes
          .filter((volume) => !mounted.has(`${resource.id} ${volume.number}`))
          .map((volume) => ({
            path: member.path,
            problem: `DRBD resource ${resource.name} is activated and a volume of it is not mounted`,
            value: volume.device,
            remedy: 'mount it or remove the activation',
          }));
      });
    }),
};
