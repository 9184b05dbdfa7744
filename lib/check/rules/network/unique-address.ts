import { duplicates } from '../../collections';
import type { Rule } from '../../rule';
import { addressUses } from '../../address-uses';

/** X5: an address has one owner. */
export const uniqueAddress: Rule = {
  id: 'network/unique-address',
  severity: 'error',
  requirements: ['X5'],
  title: 'An address is used once in a network, by a host or as a virtual address.',
  rationale: 'Two owners of one address answer in turns: connections break and reach the wrong machine.',
  check: (topology) =>
    duplicates(addressUses(topology), (use) => `${use.network ?? ''} ${use.address}`).flatMap(({ first, others }) =>
      others.map((use) => ({
        path: use.path,
        problem: `an address that ${first.path} already has`,
        value: use.address,
        remedy: 'choose another address',
        property: use.property,
      })),
    ),
};
