import type { Rule, RuleFinding } from '../../rule';

/** A digest and a secret belong together. */
export const peerAuthentication: Rule = {
  id: 'drbd/peer-authentication',
  severity: 'error',
  requirements: ['X3'],
  title: 'cram-hmac-alg and shared-secret are given together.',
  rationale:
    'drbd.conf(5): without cram-hmac-alg the secret is ignored and anybody may connect; without a secret the peers cannot authenticate and do not connect.',
  check: (topology) =>
    topology.drbdResources.flatMap((resource): readonly RuleFinding[] => {
      const { cramHmacAlg, sharedSecret } = resource.net;
      if ((cramHmacAlg === undefined) === (sharedSecret === undefined)) return [];
      return [
        {
          path: resource.path,
          problem:
            cramHmacAlg === undefined
              ? 'a shared secret without a digest: peers are not authenticated'
              : 'a digest without a shared secret: peers cannot authenticate',
          value: cramHmacAlg,
          remedy: 'give both cramHmacAlg and sharedSecret or neither',
          property: cramHmacAlg === undefined ? 'net.sharedSecret' : 'net.cramHmacAlg',
        },
      ];
    }),
};
