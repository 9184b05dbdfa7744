import { mailExchangers } from '../../../topology/mail-exchangers';
import type { Rule } from '../../rule';

/** Servers that Postfix asks for one message before it gives up until the next attempt (`smtp_mx_address_limit`, postconf(5)). */
const TRIED = 5;

/** S9: senders get to the disaster-recovery site. */
export const exchangerLimit: Rule = {
  id: 'dns/exchanger-limit',
  severity: 'warning',
  requirements: ['S9', 'F7'],
  title: 'Senders get to the disaster-recovery site within the first five servers that they ask.',
  rationale:
    'Postfix asks five servers for each attempt, in the order of MX. When as many of the primary site come first and all are lost, no attempt gets to the other site.',
  check: (topology) =>
    topology.dnsZones.flatMap((zone) => {
      const exchangers = mailExchangers(topology, zone);
      const first = Math.min(...exchangers.flatMap(({ recovery, preference }) => (recovery ? [preference] : [])));
      const before = exchangers.filter(({ preference }) => preference < first);
      return first === Infinity || before.length < TRIED
        ? []
        : [
            {
              path: zone.path,
              problem: 'senders may ask servers of the primary site only',
              value: `${before.length} before the first of the disaster-recovery site`,
              remedy: `name ${TRIED - 1} before it at most, or a load balancer that stands for several`,
              property: 'mail',
            },
          ];
    }),
};
