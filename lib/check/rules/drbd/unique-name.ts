import { lookup } from '../../../topology/lookup';
import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** X26: a resource is called by its name. */
export const uniqueName: Rule = {
  id: 'drbd/unique-name',
  severity: 'error',
  requirements: ['X26'],
  title: 'A DRBD resource name is used once on a host.',
  rationale: 'drbdadm refuses a configuration with two resources of one name.',
  check: (topology) =>
    topology.hosts.flatMap((host) =>
      duplicates(lookup(topology).drbdResourcesOf(host.id), (resource) => resource.name).flatMap(
        ({ key, first, others }) =>
          others.map((resource) => ({
            path: resource.path,
            problem: `a resource name that ${first.path} already has on ${host.name}`,
            value: key,
            remedy: 'choose another name',
            property: 'name',
          })),
      ),
    ),
};
