import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { certificatesFolder } from '../../lib/certificates/certificate-folder';
import { initializeCertificates } from '../../lib/certificates/make';
import { temporaryDirectory, twoServers } from '../certificates/fixtures';
import { type CommandResult, oracle, runInNamespace } from './support';

const directory = temporaryDirectory();
const folder = certificatesFolder(directory, 'people');
const GROUP = 'cn=Groups\\, one\\+two,ou=M\\C3\\BCller,o=Example';
const topology = twoServers({
  one: { identity: 'cn=one+uid=1,ou=Smith\\2C Sons,dc=example,dc=com' },
  groupIdentity: GROUP,
});

beforeAll(async () => {
  await initializeCertificates({ directory, topology, now: new Date(), days: 365, authorityDays: 3650 });
});

const file = (name: string): string => join(folder, name);

describe('openssl', () => {
  const openssl = (...args: string[]): CommandResult => spawnSync('openssl', args, { encoding: 'utf8' });

  oracle('openssl', 'takes a certificate as that of a server and of a client, by name and by address', () => {
    for (const purpose of ['sslserver', 'sslclient'])
      for (const check of [
        ['-verify_hostname', 'one.example.com'],
        ['-verify_hostname', 'one'],
        ['-verify_ip', '192.0.2.11'],
        ['-verify_ip', '2001:db8::1'],
      ]) {
        const chain = ['-x509_strict', '-CAfile', file('ca.pem'), '-purpose', purpose, ...check];
        expect(openssl('verify', ...chain, file('one/server.crt'))).toMatchObject({ status: 0, stderr: '' });
      }
  });

  oracle('openssl', 'refuses it for the names of others', () => {
    for (const check of [
      ['-verify_hostname', 'two.example.com'],
      ['-verify_ip', '192.0.2.12'],
    ])
      expect(openssl('verify', '-CAfile', file('ca.pem'), ...check, file('one/server.crt')).status).not.toBe(0);
  });

  oracle('openssl', 'shows both identities, host names and addresses (F21)', () => {
    const shown = (...args: string[]): string =>
      openssl('x509', '-noout', ...args, '-in', file('one/server.crt')).stdout;
    expect(shown('-ext', 'subjectAltName')).toContain(
      'DNS:one.example.com, DNS:one, IP Address:192.0.2.11, IP Address:2001:DB8:0:0:0:0:0:1, ' +
        'DirName:/O=Example/OU=M\\xC3\\xBCller/CN=Groups, one\\+two',
    );
    expect(shown('-subject', '-nameopt', 'RFC2253')).toBe('subject=UID=1+CN=one,OU=Smith\\, Sons,DC=example,DC=com\n');
    expect(shown('-ext', 'extendedKeyUsage,keyUsage')).toMatch(
      /Key Usage: critical\s+Digital Signature\s+.*\s+TLS Web Server Authentication, TLS Web Client Authentication/,
    );
  });
});

const CONFIGURATION = `dn: cn=config
objectClass: olcGlobal
cn: config
olcTLSCACertificateFile: {}/ca
olcTLSCertificateFile: {}/two.crt
olcTLSCertificateKeyFile: {}/two.key
olcTLSVerifyClient: demand
olcTLSProtocolMin: 3.3
olcTLSCipherSuite: SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA

dn: cn=schema,cn=config
objectClass: olcSchemaConfig
cn: schema

include: file:///etc/ldap/schema/core.ldif

include: file:///etc/ldap/schema/cosine.ldif

dn: olcDatabase={-1}frontend,cn=config
objectClass: olcDatabaseConfig
objectClass: olcFrontendConfig
olcDatabase: {-1}frontend
`;

const WHO = `set -eu
cd "$1"
sed "s|{}|$1|" configuration >configuration.ldif
mkdir slapd.d
mount --bind hosts /etc/hosts
slapadd -n 0 -F slapd.d -l configuration.ldif
slapd -F slapd.d -h ldaps://two.example.com
export LDAPTLS_CACERT="$1/ca" LDAPTLS_REQCERT=demand
who() { LDAPTLS_CERT="$1.crt" LDAPTLS_KEY="$1.key" ldapwhoami -Q -Y EXTERNAL -H "ldaps://$2"; }
timeout 20 sh -c 'until grep -qi ":027C " /proc/net/tcp; do sleep 0.1; done'
who "$1/one" two.example.com
who "$1/three" two
who "$1/three" 192.0.2.12
! who "$1/three" other.example.com 2>/dev/null
`;

describe('slapd', () => {
  oracle('slapd', 'knows a server by its subject in the order of LDAP, and is known by its names', () => {
    const result = runInNamespace(['sh', '{}/who', '{}'], {
      hostname: 'two',
      addresses: [{ address: '192.0.2.12/32' }],
      files: {
        who: WHO,
        configuration: CONFIGURATION,
        hosts: '192.0.2.12 two.example.com two other.example.com\n',
        ca: readFileSync(file('ca.pem'), 'utf8'),
        ...Object.fromEntries(
          ['one', 'two', 'three'].flatMap((server) =>
            ['crt', 'key'].map((kind) => [`${server}.${kind}`, readFileSync(file(`${server}/server.${kind}`), 'utf8')]),
          ),
        ),
      },
    });
    expect(result).toEqual({
      status: 0,
      stderr: '',
      stdout: `dn:cn=one+uid=1,ou=smith\\2C sons,dc=example,dc=com
dn:cn=three,ou=servers,o=example
dn:cn=three,ou=servers,o=example
`,
    });
  });
});
