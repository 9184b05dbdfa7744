import type { Rule } from '../../rule';

/** An agreement that ends by itself is one thing that X.525 knows and these engines do not. */
export const validity: Rule = {
  id: 'replication/validity',
  severity: 'warning',
  requirements: ['R8', 'F18'],
  title: 'An agreement holds until it is removed.',
  rationale:
    'Neither OpenLDAP nor 389 Directory Server begins or ends an agreement at a time. What is written down is deployed at once and stays, and a shadow whose agreement has ended keeps answering with what it last got.',
  check: ({ replicationAgreements }) =>
    replicationAgreements
      .filter(({ validFrom, validUntil }) => validFrom !== undefined || validUntil !== undefined)
      .map(({ path, validFrom = 'now', validUntil = 'its removal' }) => ({
        path,
        problem: 'an agreement with a time that no engine keeps: it holds from the deployment on until it is removed',
        value: `${validFrom} to ${validUntil}`,
        remedy:
          'leave the times out; when the time has come add the consumer, or remove it together with its copy, which would stay and age',
        property: 'validUntil',
      })),
};
