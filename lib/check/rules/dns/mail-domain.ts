import { exchangedPairs } from '../../../topology/mail-exchangers';
import type { Rule } from '../../rule';

/** S9: mail is sent to servers that take it. */
export const mailDomain: Rule = {
  id: 'dns/mail-domain',
  severity: 'error',
  requirements: ['S9'],
  title: 'Servers to which a zone sends the mail of its domain take it.',
  rationale: 'A server refuses mail of other domains for good, and the sender gets it back.',
  check: (topology) =>
    topology.dnsZones.flatMap((zone) =>
      exchangedPairs(topology, zone)
        .filter(({ domains }) => !domains.includes(zone.origin))
        .map(({ name }) => ({
          path: zone.path,
          problem: `pair ${name} does not take mail of the domain`,
          value: zone.origin,
          remedy: 'add the domain to the pair, or leave the pair out',
          property: 'mail',
        })),
    ),
};
