import { mailExchangers, type MailExchanger } from '../../../topology/mail-exchangers';
import type { Rule } from '../../rule';

/** S9: the disaster-recovery site gets mail when the primary site does not. */
export const mailOrder: Rule = {
  id: 'dns/mail-order',
  severity: 'warning',
  requirements: ['S9', 'F7'],
  title: 'Senders try the primary site before the disaster-recovery site.',
  rationale:
    'The servers that senders try first get all mail. On the disaster-recovery site it waits for look-ups and for stores that are far away.',
  check: (topology) =>
    topology.dnsZones.flatMap((zone) => {
      const exchangers = mailExchangers(topology, zone);
      const primary = exchangers.filter(({ recovery }) => !recovery).map(({ preference }) => preference);
      return exchangers
        .filter(({ recovery, preference }) => recovery && primary.some((one) => one > preference))
        .map((one) => ({
          path: zone.path,
          problem: 'mail goes to the disaster-recovery site first',
          value: nameOf(one),
          remedy: 'name what is on the primary site before it',
          property: 'mail',
        }));
    }),
};

const nameOf = ({ target }: MailExchanger): string =>
  target.kind === 'server' ? target.server.name : target.balancer.name;
