import { parse } from '../../../lib/render/drbd-conf/parse';
import { headOf, type DrbdItem } from '../../../lib/render/drbd-conf/syntax';
import { withoutLocations } from '../../../lib/render/source';

const itemsOf = (text: string): readonly DrbdItem[] => parse(text).tree.items;
const faultsOf = (text: string): string[] =>
  parse(text).errors.map((fault) => `${fault.location.line}: ${fault.message}`);
const outline = (items: readonly DrbdItem[]): unknown[] =>
  items.flatMap((item): unknown[] => {
    if (item.kind === 'section') return [{ [headOf(item)]: outline(item.body) }];
    if (item.kind === 'option') return [item.name];
    return item.kind === 'comment' ? [] : [item.kind];
  });

describe('syntax of drbd.conf', () => {
  test.each<[string, string, unknown]>([
    ['flag', 'net { allow-two-primaries; }', { kind: 'option', name: 'allow-two-primaries', values: [] }],
    [
      'device with minor',
      'on a { device /dev/drbd0 minor 0; }',
      { kind: 'option', name: 'device', values: [{ raw: '/dev/drbd0' }, { raw: 'minor' }, { raw: '0' }] },
    ],
    [
      'indexed meta-disk, apart',
      'on a { meta-disk /dev/sdc1 [0]; }',
      { kind: 'option', name: 'meta-disk', values: [{ raw: '/dev/sdc1' }, { raw: '[0]' }] },
    ],
    [
      'indexed meta-disk, joined',
      'on a { meta-disk /dev/sdc1[0]; }',
      { kind: 'option', name: 'meta-disk', values: [{ raw: '/dev/sdc1[0]' }] },
    ],
    [
      'IPv6 address',
      'on a { address ipv6 [fe80::1%eth0]:7788; }',
      { kind: 'option', name: 'address', values: [{ raw: 'ipv6' }, { raw: '[fe80::1%eth0]:7788' }] },
    ],
    [
      'quoted string with escapes, hash and braces',
      'handlers { split-brain "a \\"b\\" \\\\ # {;}"; }',
      { kind: 'option', name: 'split-brain', values: [{ quoted: 'a "b" \\ # {;}' }] },
    ],
  ])('reads %s', (_what, text, expected) => {
    const [outer] = itemsOf(`resource r {${text}}`);
    const [inner] = outer?.kind === 'section' ? outer.body : [];
    expect(withoutLocations(inner?.kind === 'section' ? inner.body : [])).toEqual([expected]);
  });

  test('reads the sections of 8.x and 9 without a fault', () => {
    const text = `
include "drbd.d/*.res";
global { usage-count no; minor-count 64; }
common { handlers { fence-peer "/x"; } startup { wfc-timeout 20; } disk { on-io-error detach; } net { protocol C; } options { quorum majority; } syncer { rate 5M; } }
resource "r1" {
  template-file "/etc/drbd.d/t";
  net { allow-two-primaries; }
  volume 0 { device minor 1; disk /dev/a; disk { resync-rate 1M; } meta-disk internal; }
  on alice bob { address 10.0.0.1:7788; volume 0 { disk /dev/b; } node-id 0; }
  _this_host { device minor 1; }
  floating 10.0.0.2:7788 { disk /dev/c; }
  stacked-on-top-of r0 { device /dev/drbd10; proxy on h { inside 127.0.0.1:7789; outside 10.0.0.3:7788; } }
  proxy { memlimit 100M; plugin { zlib level 9; } }
  connection { host alice port 7000; host bob port 7001; net { protocol A; } path { host alice address 10.0.0.1:1; host bob address 10.0.0.2:1; } }
  connection-mesh { hosts alice bob; net { protocol C; } }
}
skip resource old { on { } "x" }
`;
    expect(faultsOf(text)).toEqual([]);
    expect(outline(itemsOf(text))).toEqual([
      'include',
      { global: ['usage-count', 'minor-count'] },
      {
        common: [
          ...[{ handlers: ['fence-peer'] }, { startup: ['wfc-timeout'] }, { disk: ['on-io-error'] }],
          ...[{ net: ['protocol'] }, { options: ['quorum'] }, { syncer: ['rate'] }],
        ],
      },
      {
        'resource r1': [
          'template-file',
          { net: ['allow-two-primaries'] },
          { 'volume 0': ['device', 'disk', { disk: ['resync-rate'] }, 'meta-disk'] },
          { 'on alice bob': ['address', { 'volume 0': ['disk'] }, 'node-id'] },
          { _this_host: ['device'] },
          { 'floating 10.0.0.2:7788': ['disk'] },
          { 'stacked-on-top-of r0': ['device', { 'proxy on h': ['inside', 'outside'] }] },
          { proxy: ['memlimit', { plugin: ['zlib'] }] },
          { connection: ['host', 'host', { net: ['protocol'] }, { path: ['host', 'host'] }] },
          { 'connection-mesh': ['hosts', { net: ['protocol'] }] },
        ],
      },
      'skip',
    ]);
  });

  test('keeps the line and the file of every item', () => {
    const { tree } = parse('# first\n\nresource r {\n  protocol C;\n}\n', '/etc/drbd.conf');
    const [, section] = tree.items;
    expect(section?.location).toEqual({ file: '/etc/drbd.conf', line: 3 });
    expect(section?.kind === 'section' ? section.body[0]?.location?.line : undefined).toBe(4);
  });

  test('reads files with carriage returns and a byte order mark', () => {
    const { tree, errors } = parse('\uFEFFresource r {\r\n  protocol C; # x\r\n}\r\n');
    expect(errors).toEqual([]);
    expect(outline(tree.items)).toEqual([{ 'resource r': ['protocol'] }]);
  });

  test('reads a statement over several lines, with a comment inside', () => {
    const { tree, errors } = parse('resource r { on a\n# why\n{\n address\n 10.0.0.1:7788\n; } }');
    expect(errors).toEqual([]);
    expect(outline(tree.items)).toEqual([{ 'resource r': [{ 'on a': ['address'] }] }]);
  });
});

describe('recovery', () => {
  test('fails on a missing semicolon at a line end and goes on', () => {
    const text = 'resource r {\n  syncer {\n    rate 5M\n    group 1;\n  }\n  protocol C\n}\n';
    expect(faultsOf(text)).toEqual([
      "3: 'rate' has no ';' at its end; add one",
      "6: 'protocol' has no ';' at its end; add one",
    ]);
    expect(outline(itemsOf(text))).toEqual([{ 'resource r': [{ syncer: ['rate', 'group'] }, 'protocol'] }]);
  });

  test('fails on a missing opening brace and goes on', () => {
    const text = 'resource r {\n  on a\n    device /dev/drbd0;\n  }\n}\n';
    expect(faultsOf(text)).toEqual(["2: 'on' has no opening brace; add one"]);
    expect(outline(itemsOf(text))).toEqual([{ 'resource r': [{ 'on a': ['device'] }] }]);
  });

  test('fails on a resource that begins inside another one, at the line of the brace that stays open', () => {
    const { tree, errors } = parse('resource a {\n  protocol C;\nresource b {\n  protocol C;\n}\n');
    expect(errors).toMatchObject([{ location: { line: 1 }, noticedAt: { line: 3 }, requirement: 'E1' }]);
    expect(outline(tree.items)).toEqual([{ 'resource a': ['protocol'] }, { 'resource b': ['protocol'] }]);
  });

  test('fails on an inner section that is not closed and closes only that one', () => {
    const text = 'resource a {\n  net {\n    timeout 60;\n  on x { disk /dev/a; }\n  on y { disk /dev/a; }\n}\n';
    expect(parse(text).errors).toMatchObject([{ location: { line: 2 }, noticedAt: { line: 4 }, requirement: 'E1' }]);
    expect(outline(itemsOf(text))).toEqual([
      { 'resource a': [{ net: ['timeout'] }, { 'on x': ['disk'] }, { 'on y': ['disk'] }] },
    ]);
  });

  test('fails on sections behind a resource that was closed too early and gives them back to it', () => {
    const text =
      'resource a {\n  protocol C;\n}\nsyncer { rate 5M; }\non x { disk /dev/a; }\nresource b { protocol C; }\n';
    expect(parse(text).errors).toMatchObject([{ location: { line: 3 }, noticedAt: { line: 4 }, requirement: 'E1' }]);
    expect(outline(itemsOf(text))).toEqual([
      { 'resource a': ['protocol', { syncer: ['rate'] }, { 'on x': ['disk'] }] },
      { 'resource b': ['protocol'] },
    ]);
  });

  test('fails on an option behind a resource that was closed too early and gives it back to it', () => {
    const text = 'resource a {\n}\nprotocol C;\n';
    expect(parse(text).errors).toMatchObject([{ location: { line: 2 }, noticedAt: { line: 3 }, requirement: 'E1' }]);
    expect(outline(itemsOf(text))).toEqual([{ 'resource a': ['protocol'] }]);
  });

  test('fails on every stray closing brace', () => {
    expect(faultsOf('resource a { protocol C; }\n}\n}\n')).toEqual([
      '2: closing brace without an open section; remove it',
      '3: closing brace without an open section; remove it',
    ]);
  });

  test('fails on every section that the end of the file leaves open', () => {
    expect(parse('resource a {\n  net {\n    timeout 60;\n').errors).toMatchObject([
      { location: { line: 1 }, requirement: 'E1' },
      { location: { line: 2 }, requirement: 'E1' },
    ]);
  });

  test('fails on a quoted string over a line end and joins it', () => {
    const { tree, errors } = parse('resource a {\n  incon-degr-cmd "halt -\nf";\n  protocol C;\n}\n');
    expect(errors).toMatchObject([{ location: { line: 2 }, requirement: 'E2' }]);
    const [section] = tree.items;
    expect(withoutLocations(section?.kind === 'section' ? section.body : [])).toEqual([
      { kind: 'option', name: 'incon-degr-cmd', values: [{ quoted: 'halt -f' }] },
      { kind: 'option', name: 'protocol', values: [{ raw: 'C' }] },
    ]);
    expect(section?.kind === 'section' ? section.body[1]?.location?.line : undefined).toBe(4);
  });

  test('fails on a quote that is never closed and ends the string with its line', () => {
    const { tree, errors } = parse('resource a { net {\n  shared-secret "abc;\n  cram-hmac-alg "sha1";\n} }\n');
    expect(errors).toMatchObject([{ location: { line: 2 }, requirement: 'E2' }]);
    expect(outline(tree.items)).toEqual([{ 'resource a': [{ net: ['shared-secret', 'cram-hmac-alg'] }] }]);
  });

  test.each([
    ['a brace without a name', 'resource a {\n {\n protocol C; }\n}\n', /^2: opening brace without a section name/u],
    ['a semicolon alone', 'resource a { protocol C;; }\n', /^1: ';' without a statement/u],
    ['a string in place of a keyword', 'resource a { "x" 1; protocol C; }\n', /^1: a quoted string stands where/u],
    ['a resource without a name', 'resource { protocol C; }\n', /^1: section 'resource' has no name/u],
    ['a section outside every resource', 'net { timeout 60; }\n', /^1: section 'net' stands outside every resource/u],
    ['an option outside every section', 'protocol C;\n', /^1: option 'protocol' stands outside every section/u],
    ['a skip without an end', 'skip {\n a\n', /^1: section 'skip' is not closed/u],
  ])('fails on %s', (_what, text, message) => {
    expect(faultsOf(text)).toEqual([expect.stringMatching(message)]);
  });
});

test('prose that a skip passes over may have any number of quotes, and hides no fault behind it', () => {
  const prose = 'skip {\n  <string> := (<name>|\\"([^\\"]*)*\\")+ and a " more\n}\n';
  expect(faultsOf(`${prose}global { usage-count no; }\n`)).toEqual([]);
  expect(faultsOf(`${prose}global { usage-count "no; }\n`)[0]).toMatch(/^4: quoted string/u);
});
