import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { build } from '../../../lib/render/hosts/build';
import { files } from '../../../lib/render/hosts/files';
import { print } from '../../../lib/render/hosts/print';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';

const pair = groupwarePair();

function withGroupName(name: string): Topology {
  const clusters = pair.clusters.map((cluster) => ({
    ...cluster,
    groups: cluster.groups.map((group) => ({ ...group, name })),
  }));
  return { ...pair, clusters };
}

function withHostName(from: string, name: string): Topology {
  return { ...pair, hosts: pair.hosts.map((host) => (host.name === from ? { ...host, name } : host)) };
}

test('names nodes on their service network, further interfaces by network, virtual addresses by group', () => {
  expect(files(pair, 'hq/ox1')[0]?.content).toMatchInlineSnapshot(`
"# Tandem: groupware; changes belong into the stack
127.0.0.1 localhost
::1 localhost ip6-localhost ip6-loopback
ff02::1 ip6-allnodes
ff02::2 ip6-allrouters
192.168.1.160 groupware
192.168.1.161 ox1
192.168.180.10 ox1-link
192.168.1.162 ox2
192.168.180.20 ox2-link
"
`);
});

test('is the same file on both nodes', () => {
  expect(files(pair, 'hq/ox1')).toEqual(files(pair, 'hq/ox2'));
});

test('puts the network before the domain of a host name', () => {
  const names = build(withHostName('ox2', 'ox2.example.org'), 'hq/ox1').entries.flatMap((entry) => entry.names);
  expect(names).toEqual(['groupware', 'ox1', 'ox1-link', 'ox2-link.example.org', 'ox2.example.org']);
});

test('leaves out hosts that have no part in the cluster or its storage', () => {
  const [first] = pair.hosts;
  const other = { ...first!, id: 'hq/other', path: 'groupware/hq/other', name: 'other' };
  expect(files({ ...pair, hosts: [...pair.hosts, other] }, 'hq/ox1')).toEqual(files(pair, 'hq/ox1'));
});

test('fails when a group has the name of a host', () => {
  expect(() => files(withGroupName('ox1'), 'hq/ox2')).toThrow(/stands for groupware\/hq\/ox1 and for .*\("ox1"\)/);
});

test('fails for an address that is not in numbers', () => {
  const tree = { source: 'a', entries: [{ address: 'ox1.example.org', names: ['ox1'] }] };
  expect(() => print(tree)).toThrow(FormatError);
});

test('a name is one word of its line or refused, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const tree = { source: 'a', entries: [{ address: '192.0.2.1', names: [name] }] };
      let text: string;
      try {
        text = print(tree);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(text.split('\n').at(-2)?.split(' ')).toEqual(['192.0.2.1', name]);
    }),
  );
});
