import fc from 'fast-check';
import { DataRate } from '../../lib/model/values/data-rate';
import { DataSize } from '../../lib/model/values/data-size';
import { parseDistinguishedName, parseSuffix } from '../../lib/model/values/distinguished-name';
import { Duration } from '../../lib/model/values/duration';
import { parseHostname } from '../../lib/model/values/hostname';
import { parseCidr, parseIpAddress } from '../../lib/model/values/ip-address';
import { parsePort } from '../../lib/model/values/number';
import { parseAbsolutePath, parseDevice } from '../../lib/model/values/path';
import { SecretRef } from '../../lib/model/values/secret-ref';
import { parseText } from '../../lib/model/values/text';
import { ValueError } from '../../lib/model/values/value-error';
import { physicalDiskOf } from '../../lib/topology/physical-disk';

describe('text', () => {
  test.each([
    ['a line break', 'a\nb', 'value/text'],
    ['a null character', 'a\u0000', 'value/text'],
    ['a Terraform token', '${TfToken[TOKEN.1]}', 'value/token'],
    ['a secret marker', 'x @@tandem-secret:name@@', 'value/secret-marker'],
  ])('fails for %s', (_what, text, rule) => {
    expect(() => parseText(text)).toThrow(expect.objectContaining({ rule }));
  });

  test('fails for a value that is no text', () => {
    expect(() => parseText(7 as unknown as string)).toThrow('value/text: a text is needed (7); give a string');
  });
});

describe('names and addresses', () => {
  test.each(['ox1', 'ox-1.example.com', 'a'])('host name %s', (name) => expect(parseHostname(name)).toBe(name));

  test.each(['OX1', '-ox', 'ox-', 'a..b', '', 'a_b', 'x'.repeat(64)])('fails for host name "%s"', (name) => {
    expect(() => parseHostname(name)).toThrow(ValueError);
  });

  test('an IPv6 address gets its one written form', () => {
    expect(parseIpAddress('FE80:0:0:0:0:0:0:1')).toBe('fe80::1');
  });

  test.each(['192.168.1', '192.168.01.1', '1.2.3.256', 'fe80::1%eth0', 'x'])('fails for address %s', (address) => {
    expect(() => parseIpAddress(address)).toThrow(/value\/ip-address/);
  });

  test('a network keeps its prefix length', () => {
    expect(parseCidr('192.168.1.0/24')).toEqual({ text: '192.168.1.0/24', prefixLength: 24 });
    expect(parseCidr('2001:db8::/32').prefixLength).toBe(32);
  });

  test.each(['192.168.1.1/24', '192.168.1.0', '192.168.1.0/33', '192.168.1.0/x'])('fails for network %s', (cidr) => {
    expect(() => parseCidr(cidr)).toThrow(/value\/cidr/);
  });

  test.each(['dc=example,dc=com', 'o=Example\\, Inc.,c=DE', 'cn=a b+uid=x,dc=com', 'o=Grün'])('name %s', (name) =>
    expect(parseDistinguishedName(name)).toBe(name),
  );

  test.each(['example.com', 'dc=', 'dc=a, dc=b', 'dc=a,', 'dc=a;dc=b', 'o="x"'])(
    'fails for distinguished name %s',
    (name) => {
      expect(() => parseDistinguishedName(name)).toThrow(/value\/distinguished-name/);
    },
  );
});

describe('suffixes', () => {
  test.each(['dc=example,dc=com', 'o=Example\\, Inc.,c=DE', 'ou=a b,o=Grün'])('suffix %s', (name) =>
    expect(parseSuffix(name)).toBe(name),
  );

  test('fails for what slapd would refuse', () => {
    expect(() => parseSuffix('c=Germany')).toThrow("the value of 'c' must be a country code of two letters");
    expect(() => parseSuffix('dc=Grün,dc=de')).toThrow("the value of 'dc' must be one label of a domain name");
    expect(() => parseSuffix('colour=red')).toThrow(
      'value/suffix: a name has an attribute that not every server knows',
    );
  });
});

describe('paths and devices', () => {
  test.each([
    ['/dev/sdb1', '/dev/sdb'],
    ['/dev/sdb', '/dev/sdb'],
    ['/dev/nvme0n1p2', '/dev/nvme0n1'],
    ['/dev/nvme0n1', '/dev/nvme0n1'],
    ['/dev/xvda12', '/dev/xvda'],
    ['/dev/mapper/vg-lv', '/dev/mapper/vg-lv'],
  ])('%s lies on %s', (device, disk) => expect(physicalDiskOf(device)).toBe(disk));

  test.each(['var', '/', '/var/', '/var/../etc', '/a b', '/a;b', '/a\\b'])('fails for path %s', (path) => {
    expect(() => parseAbsolutePath(path)).toThrow(/value\/path/);
  });

  test.each(['/var/sdb', '/dev', '/dev/../etc', '/dev/a b'])('fails for device %s', (device) => {
    expect(() => parseDevice(device)).toThrow(/value\/device/);
  });
});

describe('quantities', () => {
  test('durations and sizes are exact', () => {
    expect(Duration.minutes(1.5).inMilliseconds).toBe(90_000);
    expect(DataSize.gibibytes(0.5).inBytes).toBe(536_870_912);
  });

  test('network speeds are bits, resynchronisation rates bytes (E23)', () => {
    expect(DataRate.megabitsPerSecond(100).bytesPerSecond).toBe(12_500_000);
    expect(DataRate.mebibytesPerSecond(5).bitsPerSecond).toBe(41_943_040);
  });

  test('fails for amounts that are no amounts', () => {
    expect(() => Duration.seconds(-1)).toThrow(/value\/duration/);
    expect(() => Duration.seconds(Number.NaN)).toThrow(/value\/duration/);
    expect(() => DataSize.bytes(0)).toThrow(/value\/data-size/);
    expect(() => DataRate.megabitsPerSecond(0)).toThrow(/value\/data-rate/);
  });

  test('fails for a port out of range or a Terraform number token', () => {
    expect(() => parsePort(0)).toThrow('value/number: number is out of range (0); give a whole number from 1 to 65535');
    expect(() => parsePort(-1.8881545897087827e289)).toThrow(/^value\/token/);
  });

  test('fails for a secret name that is no variable name', () => {
    expect(() => SecretRef.named('My-Secret')).toThrow(/value\/secret-name/);
  });
});

test('parsers accept or refuse any text, and never change an accepted host name, path or device', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const parse of [parseHostname, parseAbsolutePath, parseDevice, parseDistinguishedName, parseText]) {
        try {
          expect(parse(text)).toBe(text);
        } catch (error) {
          if (!(error instanceof ValueError)) throw error;
        }
      }
    }),
  );
});
