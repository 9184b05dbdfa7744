import type { Rule, RuleFinding } from '../../rule';

/** E8: Heartbeat does not start without authkeys. */
export const authentication: Rule = {
  id: 'cluster/authentication',
  severity: 'error',
  requirements: ['E8'],
  title: 'A cluster has an authentication method, with a secret where the method takes one.',
  rationale: 'Heartbeat refuses to start without authkeys, and with a keyless entry for sha1 or md5.',
  check: (topology) =>
    topology.clusters.flatMap((cluster): readonly RuleFinding[] => {
      const chosen = cluster.authentication;
      if (!chosen)
        return [
          {
            path: cluster.path,
            problem: 'no authentication: Heartbeat does not start without authkeys',
            remedy: "set authentication to 'sha1' with a secret",
            property: 'authentication',
          },
        ];
      if (chosen.method !== 'crc' && chosen.secret === undefined)
        return [
          {
            path: cluster.path,
            problem: 'an authentication method without its secret',
            value: chosen.method,
            remedy: 'name the secret',
            property: 'authentication',
          },
        ];
      return [];
    }),
};
