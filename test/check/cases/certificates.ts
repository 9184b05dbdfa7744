import type { CertificateFacts } from '../../../lib/topology/replication';
import { faultless, withFailover, withServer } from '../directory-fixtures';
import { accepts, finds, findsAll, type RuleCase } from '../rule-case';

/** A certificate of the user with all names that a member of the group needs. */
const certificate = (server: string, subject = `cn=${server}`): CertificateFacts => ({
  subject,
  directoryNames: [`cn=${server}`, 'cn=people-group'],
  dnsNames: [`${server}-host`],
});
const given = (id: string, subject?: string, of = faultless) =>
  withServer(id, { certificate: certificate(id, subject) }, of);

/** Rules of certificates and identities. */
export const certificateCases: readonly RuleCase[] = [
  accepts('replication/certificate-identities', 'Tandem makes the certificates', faultless),
  accepts(
    'replication/certificate-identities',
    'the group is the subject and the server an alternative name (E27)',
    withServer('a', {
      certificate: { subject: 'cn=people-group', directoryNames: ['cn=a'], dnsNames: ['a-host'] },
    }),
  ),
  accepts(
    'replication/certificate-identities',
    'names are written in other letters and escapes',
    withServer('a', {
      certificate: { subject: 'CN=A', directoryNames: ['cn=people\\2dgroup'], dnsNames: ['a-host'] },
    }),
  ),
  findsAll(
    'replication/certificate-identities',
    'a certificate lacks the group and the host',
    withServer('a', { certificate: { subject: 'cn=a', directoryNames: [], dnsNames: ['other'] } }),
    { path: 'directories/a', text: /\(cn=people-group\)/ },
    { path: 'directories/a', text: /\(a-host\)/ },
  ),
  accepts('replication/certificate-common-name', 'common names are no host names', faultless),
  accepts('replication/certificate-common-name', 'it is the own host name', given('a', 'cn=a-host,o=Example')),
  findsAll(
    'replication/certificate-common-name',
    'a given certificate and one of Tandem have host names of others',
    given(
      'a',
      'o=x+2.5.4.3=B-Host,o=Example',
      withServer('c', { identity: 'cn=ldap.example.com' }, withServer('s', { hostname: 'ldap.example.com' })),
    ),
    { path: 'directories/a', text: /certificate of a has the host name of b \(b-host\); give it another subject/ },
    { path: 'directories/c', text: /host name of s \(ldap\.example\.com\); give the server another identity/ },
  ),
  accepts('replication/certificate-subject', 'subjects differ', given('a', undefined, given('b'))),
  finds(
    'replication/certificate-subject',
    'the group is the subject of two members',
    given('a', 'cn=people-group', given('b', 'CN=People-Group')),
    'directories/b',
    /the certificates of b and a have one subject \(CN=People-Group\)/,
  ),
  accepts('replication/unique-identity', 'all have names of their own', faultless),
  accepts('replication/unique-identity', 'the members of a group form it for two directories', {
    ...faultless,
    failoverGroups: [
      ...faultless.failoverGroups,
      ...withFailover({ id: 'other', master: 'b', mirrors: ['a', 'c'] }).failoverGroups,
    ],
  }),
  finds(
    'replication/unique-identity',
    'other servers form a group of the same name',
    {
      ...faultless,
      failoverGroups: [
        ...faultless.failoverGroups,
        ...withFailover({ id: 'other', path: 'directories/other', mirrors: ['s'] }).failoverGroups,
      ],
    },
    'directories/other',
    /belongs to group already \(cn=people-group\)/,
  ),
  findsAll(
    'replication/unique-identity',
    'a server has the name of another one, and the group that of a server (E26)',
    withServer('b', { identity: 'CN=a' }, withFailover({ identity: 'cn=x' })),
    { path: 'directories/b', text: /belongs to a already \(CN=a\)/ },
    { path: 'directories/people/group', text: /belongs to x already \(cn=x\)/ },
  ),
];
