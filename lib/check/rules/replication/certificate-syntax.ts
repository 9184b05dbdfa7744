import { nameProblem } from '../../../topology/name-syntax';
import type { Rule } from '../../rule';

/** F21: the name in a certificate by which slapd knows a replica. */
export const certificateSyntax: Rule = {
  id: 'replication/certificate-syntax',
  severity: 'error',
  requirements: ['F21', 'F22'],
  title: 'The subject of a certificate is a name that slapd compares.',
  rationale:
    'slapd knows a replica by the subject of its certificate. It does not start where it does not know an attribute of that name, and writes characters outside ASCII in another way than in its own configuration: such a replica stays a stranger and gets no passwords.',
  check: ({ directoryServers }) =>
    directoryServers
      .filter(({ engine }) => engine === 'openldap')
      .flatMap(({ path, identity, certificate }) => {
        const subject = certificate?.subject ?? identity;
        const property = certificate ? 'certificate' : 'identity';
        const found = nameProblem(subject);
        if (found) return [{ path, ...found, property }];
        if (/^[ -~]*$/.test(subject) && !/\\[89A-Fa-f][0-9A-Fa-f]/.test(subject)) return [];
        const problem = 'the subject of the certificate has characters outside ASCII';
        return [{ path, problem, value: subject, remedy: 'write it without them', property }];
      }),
};
