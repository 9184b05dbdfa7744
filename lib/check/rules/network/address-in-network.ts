import { lookup } from '../../../topology/lookup';
import { inNetwork, parsedNetworks } from '../../addresses';
import type { Rule, RuleFinding } from '../../rule';
import { addressUses } from '../../address-uses';

/** An address lies in its network. */
export const addressInNetwork: Rule = {
  id: 'network/address-in-network',
  severity: 'error',
  requirements: ['X5'],
  title: 'Fixed and virtual addresses lie in their network and have its prefix length.',
  rationale: 'A host with an address outside the network does not reach its neighbours, and clients do not reach it.',
  check: (topology) =>
    addressUses(topology).flatMap((use): readonly RuleFinding[] => {
      if (use.network === undefined) return [];
      const network = lookup(topology).network(use.network);
      const parsed = parsedNetworks(topology).get(use.network);
      if (!parsed) return [];
      if (inNetwork(use.address, parsed) === false)
        return [
          {
            path: use.path,
            problem: `the address is not in network ${network.name}`,
            value: `${use.address}, ${network.cidr}`,
            remedy: 'choose an address of the network',
            property: use.property,
          },
        ];
      return use.prefixLength === undefined || use.prefixLength === parsed.prefixLength
        ? []
        : [
            {
              path: use.path,
              problem: `the prefix length is not that of network ${network.name}`,
              value: `${use.address}/${use.prefixLength}, ${network.cidr}`,
              remedy: `use /${parsed.prefixLength}`,
              property: use.property,
            },
          ];
    }),
};
