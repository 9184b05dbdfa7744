import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** F7: secrets are not on the primary site alone. */
export const secrets: Rule = {
  id: 'recovery/secrets',
  severity: 'warning',
  requirements: ['F7', 'S9'],
  title: 'Secrets are to be had without the primary site.',
  rationale:
    'Servers that are set up anew, and targets that are applied again, need the passwords and keys. Kept on the lost site alone they are lost with it.',
  check: (topology) =>
    topology.secrets.length === 0
      ? []
      : topology.disasterRecoverySites
          .filter(({ primary, secretStores }) =>
            secretStores.every((host) => lookup(topology).host(host).site === primary),
          )
          .map(({ path, secretStores }) => ({
            path,
            problem:
              secretStores.length === 0
                ? 'no copy of the secrets is named'
                : 'every copy of the secrets is on the primary site',
            value: secretStores.map((host) => lookup(topology).host(host).name).join(', ') || 'none',
            remedy: 'name a host on another site, or accept it with the reason',
            property: 'secretStores',
          })),
};
