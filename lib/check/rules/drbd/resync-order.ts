import { byId } from '../../collections';
import { waitsFor } from '../../resync-order';
import type { Rule, RuleFinding } from '../../rule';

/** E10: `resync-after` names a resource of the same hosts and makes no circle. */
export const resyncOrder: Rule = {
  id: 'drbd/resync-order',
  severity: 'error',
  requirements: ['E10'],
  title: 'resync-after names another resource of the same hosts, and following it ends.',
  rationale: 'DRBD refuses a circle and a resource that it does not know; the disk is then not attached.',
  check: (topology) => {
    const all = byId(topology.drbdResources);
    return topology.drbdResources.flatMap((resource): readonly RuleFinding[] => {
      const after = resource.disk.resyncAfter;
      if (after === undefined) return [];
      const before = all.get(after);
      const finding = { path: resource.path, value: after, property: 'disk.resyncAfter' };
      const hosts = new Set(before?.peers.map((peer) => peer.host));
      if (!before || resource.peers.some((peer) => !hosts.has(peer.host)))
        return [
          {
            ...finding,
            problem: 'resync-after names a resource that is not on the same hosts',
            remedy: 'name a resource of the same hosts',
          },
        ];
      const chain = waitsFor(resource, all);
      const last = chain.at(-1);
      if (after === resource.id || last?.disk.resyncAfter === resource.id)
        return [{ ...finding, problem: 'resync-after goes round in a circle', remedy: 'let one resource follow none' }];
      return [];
    });
  },
};
