import { lookup } from '../../../topology/lookup';
import { parsedNetworks } from '../../addresses';
import type { Rule } from '../../rule';
import { addressUses } from '../../address-uses';

/** The first and last address of a network belong to no host. */
export const reservedAddress: Rule = {
  id: 'network/reserved-address',
  severity: 'error',
  requirements: ['X5'],
  title: 'No host and no group has the network or broadcast address of its network.',
  rationale: 'Such an address cannot be reached: the first names the network, the last all of its hosts.',
  check: (topology) =>
    addressUses(topology).flatMap((use) => {
      if (use.network === undefined) return [];
      const network = lookup(topology).network(use.network);
      return parsedNetworks(topology).get(use.network)?.reserved.has(use.address)
        ? [
            {
              path: use.path,
              problem: `the network or broadcast address of ${network.name}`,
              value: `${use.address}, ${network.cidr}`,
              remedy: 'choose an address between them',
              property: use.property,
            },
          ]
        : [];
    }),
};
