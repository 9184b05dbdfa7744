import { parseName, printName } from '../../lib/certificates/distinguished-name';
import { decodeName, encodeName } from '../../lib/certificates/x509-name';

const CN = '2.5.4.3';

describe('names of certificates', () => {
  test.each<[string, string]>([
    ['cn=one,ou=servers,o=Example', 'cn=one,ou=servers,o=Example'],
    ['CN=one,organizationalUnitName=servers', 'cn=one,ou=servers'],
    ['2.5.4.3=one', 'cn=one'],
    ['uid=1+cn=one', 'cn=one+uid=1'],
    ['cn=Smith\\, Sons \\2B \\"Co\\"\\\\', 'cn=Smith\\, Sons \\+ \\"Co\\"\\\\'],
    ['cn=\\ a \\ ,dc=example', 'cn=\\ a \\ ,dc=example'],
    ['cn=\\#1,c=DE', 'cn=\\#1,c=DE'],
    ['cn=M\\C3\\BCller', 'cn=Müller'],
    ['cn=Müller,o=Ωμέγα 株式会社', 'cn=Müller,o=Ωμέγα 株式会社'],
    ['mail=a@example.com,emailAddress=b@example.com', 'mail=a@example.com,emailaddress=b@example.com'],
    ['sn=s,givenName=g,title=t,st=x,l=y', 'sn=s,givenname=g,title=t,st=x,l=y'],
    ['1.3.6.1.4.1.99999.1=private', '1.3.6.1.4.1.99999.1=private'],
  ])('%s stands in a certificate and comes back', (text, printed) => {
    expect(printName(decodeName(encodeName(parseName(text))))).toBe(printed);
  });

  test('stand there with the most general part first, unlike in LDAP', () => {
    expect(encodeName(parseName('cn=one,ou=servers,o=Example')).toString()).toBe('O=Example, OU=servers, CN=one');
  });

  test('have the attributes of one part in the order of DER, however they are written', () => {
    const bytes = (text: string): Buffer => Buffer.from(encodeName(parseName(text)).toArrayBuffer());
    expect(bytes('cn=one+ou=servers')).toEqual(bytes('ou=servers+cn=one'));
  });

  test('print control characters as escapes', () => {
    expect(printName([[{ type: CN, value: 'a\u001b[2Jb\n' }]])).toBe('cn=a\\1B[2Jb\\0A');
  });

  test.each<[string, RegExp]>([
    ['cn', /must be attribute=value/],
    ['cn=', /must be attribute=value/],
    ['=a', /must be attribute=value/],
    ['nonsense=a', /is not known \(nonsense\); use .*, cn, or write the number/],
    ['cn=a+cn=b', /has an attribute twice \(cn=a\+cn=b\)/],
    ['cn=a+commonName=b', /has an attribute twice/],
    ['cn=\\FF', /no UTF-8/],
    ['cn=a\\00b', /control character/],
    ['cn=a\\0Ab', /control character/],
    ['c=Germany', /a country in a name has two letters \(Germany\)/],
    ['dc=münchen', /takes only ASCII/],
    ['serialNumber=a*b', /a serial number takes/],
  ])('fails for %s', (text, message) => {
    expect(() => encodeName(parseName(text))).toThrow(message);
  });
});
