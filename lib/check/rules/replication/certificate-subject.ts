import { comparableName } from '../../../topology/distinguished-name';
import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** F22: inside of a group a server is known by its own name, and an LDAP server looks at the subject for it. */
export const certificateSubject: Rule = {
  id: 'replication/certificate-subject',
  severity: 'warning',
  requirements: ['F20', 'F21', 'F22', 'E27'],
  title: 'Certificates of different servers have different subjects.',
  rationale:
    'A certificate may hold the group as subject and the server as alternative name, or the other way around. OpenLDAP and 389 Directory Server map a peer by its subject alone: with the group there, they can not tell its members apart, and one that is to lose its rights takes the others along.',
  check: ({ directoryServers }) =>
    duplicates(directoryServers, ({ certificate }) => certificate && comparableName(certificate.subject)).flatMap(
      ({ first, others }) =>
        others.map(({ path, name, certificate }) => ({
          path,
          problem: `the certificates of ${name} and ${first.name} have one subject`,
          value: certificate?.subject ?? '',
          remedy: 'make the server identity the subject, and the group identity an alternative name',
          property: 'certificate',
        })),
    ),
};
