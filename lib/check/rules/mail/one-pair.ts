import type { Rule } from '../../rule';

/** S4: every server has one peer. */
export const onePair: Rule = {
  id: 'mail/one-pair',
  severity: 'error',
  requirements: ['S3', 'S4'],
  title: 'Every mail server belongs to one pair.',
  rationale: 'In no pair nobody takes over its queue; in two it would be taken over twice.',
  check: ({ mailServers, mailPairs }) =>
    mailServers.flatMap(({ id, path, name }) => {
      const pairs = mailPairs.filter(({ servers }) => servers.includes(id));
      return pairs.length === 1
        ? []
        : [
            {
              path,
              problem: `mail server ${name} is in ${pairs.length === 0 ? 'no pair' : 'several pairs'}`,
              value: pairs.map((pair) => pair.name).join(', ') || 'none',
              remedy: 'name it in one MailPair',
            },
          ];
    }),
};
