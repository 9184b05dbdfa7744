import fc from 'fast-check';
import { files } from '../../../lib/render/chrony/files';
import { print } from '../../../lib/render/chrony/print';
import { FormatError } from '../../../lib/render/format-error';
import { groupwarePair } from '../../support/pair';

test('asks the time servers of the host and steps the clock only while it is first set', () => {
  const [file] = files(groupwarePair({ timeServers: ['ntp1.example.org', '2001:db8::123'] }), 'hq/ox1');
  expect(file?.content).toContain('server ntp1.example.org iburst\nserver 2001:db8::123 iburst\n');
  expect(file?.content).toContain('makestep 1 3\n');
  expect(file).toMatchObject({ path: '/etc/chrony/chrony.conf', checker: 'chronyd', mode: '0644' });
});

test('leaves the package as it is on a host without time servers', () => {
  const pair = groupwarePair();
  const hosts = pair.hosts.map((host) => ({ ...host, timeServers: [] }));
  expect(files({ ...pair, hosts }, 'hq/ox1')).toEqual([]);
});

test('fails for a time server that would be more than one word', () => {
  const pair = groupwarePair();
  const hosts = pair.hosts.map((host) => ({ ...host, timeServers: ['ntp.example.org prefer'] }));
  expect(() => files({ ...pair, hosts }, 'hq/ox1')).toThrow(
    '[groupware/hq/ox1] format/chrony.conf: a value is no host name, address or path ("ntp.example.org prefer")',
  );
});

test('a value is one word of its line or refused, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      let text: string;
      try {
        text = print({ source: 'a', directives: [{ name: 'server', values: [value, 'iburst'] }] });
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(text.split('\n').slice(1)).toEqual([`server ${value} iburst`, '']);
      expect(value).toMatch(/^[^\s#!;%]+$/);
    }),
  );
});
