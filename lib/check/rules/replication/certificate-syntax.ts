import { pairsOf, partsOf, unescaped } from '../../../topology/distinguished-name';
import { nameProblem, type NameProblem } from '../../../topology/name-syntax';
import type { DirectoryServerFacts } from '../../../topology/replication';
import type { Rule } from '../../rule';

/** F21: the name in a certificate by which a replica is known. */
export const certificateSyntax: Rule = {
  id: 'replication/certificate-syntax',
  severity: 'error',
  requirements: ['F21', 'F22'],
  title: 'The subject of a certificate is a name that the engine compares.',
  rationale:
    'A replica is known by the subject of its certificate. slapd does not start where it does not know an attribute of that name, and writes characters outside ASCII in another way than in its own configuration: such a replica stays a stranger and gets no passwords. 389 Directory Server puts the subject into a filter as it is: a quotation mark or a backslash in it finds no entry, so that the supplier is refused, and * stands for anything.',
  check: ({ directoryServers }) =>
    directoryServers.flatMap((server) => {
      const { path, identity, certificate, engine } = server;
      const subject = certificate?.subject ?? identity;
      const found = PROBLEMS[engine](subject);
      return found ? [{ path, ...found, property: certificate ? 'certificate' : 'identity' }] : [];
    }),
};

const PROBLEMS: Readonly<Record<DirectoryServerFacts['engine'], (subject: string) => NameProblem | undefined>> = {
  openldap: (subject) => {
    const found = nameProblem(subject);
    if (found) return found;
    if (/^[ -~]*$/.test(subject) && !/\\[89A-Fa-f][0-9A-Fa-f]/.test(subject)) return undefined;
    const problem = 'the subject of the certificate has characters outside ASCII';
    return { problem, value: subject, remedy: 'write it without them' };
  },
  ds389: (subject) => {
    const values = partsOf(subject).flatMap((part) => pairsOf(part).map(([, value]) => unescaped(value) ?? ''));
    if (!values.some((value) => /["\\*]/.test(value))) return undefined;
    const problem = 'the subject of the certificate has a quotation mark, a backslash or a star';
    return { problem, value: subject, remedy: 'write it without them' };
  },
};
