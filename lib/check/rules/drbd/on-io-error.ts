import type { DrbdResourceFacts } from '../../../topology/drbd';
import type { Rule } from '../../rule';

/** E19, X22: a disk error is survived with the disk of the peer. */
export const onIoError: Rule = {
  id: 'drbd/on-io-error',
  severity: 'warning',
  requirements: ['E19', 'X22'],
  title: 'A disk error detaches the disk, and the node goes on with the disk of its peer.',
  rationale:
    'The other answers turn one bad block into an outage: `pass_on` gives it to the file system although the peer has a good copy, `panic` and `call-local-io-error` stop the node. A detached primary works without redundancy, so it must be watched.',
  check: (topology) =>
    topology.drbdResources.flatMap((resource) => {
      const answer = effective(resource);
      return answer === 'detach'
        ? []
        : [
            {
              path: resource.path,
              problem: 'a disk error becomes an outage although the peer has a good copy',
              value: `on-io-error ${answer}${resource.disk.onIoError === undefined ? ' (default)' : ''}`,
              remedy: "set onIoError to 'detach'",
              property: 'disk.onIoError',
            },
          ];
    }),
};

function effective(resource: DrbdResourceFacts): string {
  return resource.disk.onIoError ?? (resource.version === '0.7' ? 'pass_on' : 'detach');
}
