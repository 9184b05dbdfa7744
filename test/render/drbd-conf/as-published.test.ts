import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { detectDialect, unknownKeywords } from '../../../lib/render/drbd-conf/keywords';
import { parse } from '../../../lib/render/drbd-conf/parse';
import { print } from '../../../lib/render/drbd-conf/print';
import { headOf, textOf, type DrbdConf, type DrbdItem, type DrbdSection } from '../../../lib/render/drbd-conf/syntax';

const FIXTURE = resolve(__dirname, 'fixtures/as-published.drbd.conf');
const DOCUMENT = resolve(__dirname, '../../../../shared/seeds/004_1d3b696f080a7435.txt');

const sectionsOf = (items: readonly DrbdItem[]): DrbdSection[] => items.filter((item) => item.kind === 'section');

/** Every setting as `resource/section/option = value`. */
function settings(conf: DrbdConf): string[] {
  const walk = (items: readonly DrbdItem[], path: string): string[] =>
    items.flatMap((item) => {
      if (item.kind === 'section') return walk(item.body, `${path}${headOf(item)}/`);
      return item.kind === 'option' ? [`${path}${item.name} = ${item.values.map(textOf).join(' ')}`] : [];
    });
  return walk(conf.items, '');
}

const published = [0, 1, 2, 3].flatMap((number) => [
  `resource r${number}/protocol = C`,
  `resource r${number}/incon-degr-cmd = echo '!DRBD! pri on incon-degr' | wall ; sleep 60 ; halt -f`,
  ...(number === 0 ? [] : [`resource r${number}/startup/wfc-timeout = 0`]),
  `resource r${number}/startup/degr-wfc-timeout = 120`,
  `resource r${number}/disk/on-io-error = detach`,
  `resource r${number}/syncer/rate = 5M`,
  `resource r${number}/syncer/group = 1`,
  ...(number === 0 ? [`resource r${number}/syncer/al-extents = 257`] : []),
  ...[20, 10].flatMap((address, index) => {
    const host = `resource r${number}/on ox${index + 1}`;
    return [
      `${host}/device = /dev/drbd${number}`,
      `${host}/disk = /dev/sdb${number + 1}`,
      `${host}/address = 192.168.180.${address}:${7788 + number}`,
      `${host}/meta-disk = internal`,
    ];
  }),
]);

const structure = ['startup', 'disk', 'net', 'syncer', 'on ox1', 'on ox2'];

const faultKinds = (text: string): { E1: number; E2: number; others: number } => {
  const { errors } = parse(text);
  const count = (requirement: string): number => errors.filter((fault) => fault.requirement === requirement).length;
  return { E1: count('E1'), E2: count('E2'), others: errors.length - count('E1') - count('E2') };
};

describe('the published drbd.conf with its faults (E1, E2)', () => {
  const text = readFileSync(FIXTURE, 'utf8');
  const { tree, errors } = parse(text, 'as-published.drbd.conf');
  const lineOf = (pattern: RegExp, nth = 1): number =>
    text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [index + 1] : []))
      .at(nth - 1) ?? 0;

  test('gives four whole resources', () => {
    expect(sectionsOf(tree.items).map((part) => [headOf(part), ...sectionsOf(part.body).map(headOf)])).toEqual(
      [0, 1, 2, 3].map((number) => [`resource r${number}`, ...structure]),
    );
  });

  test('gives every published value', () => {
    expect(settings(tree)).toEqual(published);
  });

  test('fails six times on braces, each at its line', () => {
    expect(errors.filter((fault) => fault.requirement === 'E1').map((fault) => fault.location.line)).toEqual([
      lineOf(/^resource r0/u),
      ...[1, 2, 3, 4, 5].map((nth) => lineOf(/^\}$/u, nth)),
    ]);
  });

  test('fails four times on the command over two lines, each at its line', () => {
    expect(errors.filter((fault) => fault.requirement === 'E2').map((fault) => fault.location.line)).toEqual(
      [1, 2, 3, 4].map((nth) => lineOf(/incon-degr-cmd/u, nth)),
    );
  });

  test('has no other fault and no unknown keyword, and is a file of 0.7', () => {
    expect(faultKinds(text)).toEqual({ E1: 6, E2: 4, others: 0 });
    expect(detectDialect(tree)).toBe('0.7');
    expect(unknownKeywords(tree)).toEqual([]);
  });

  test('reads back without a fault when it is printed', () => {
    const again = parse(print(tree));
    expect(again.errors).toEqual([]);
    expect(settings(again.tree)).toEqual(published);
  });
});

const inDocument = existsSync(DOCUMENT) ? describe : describe.skip;

inDocument('the document itself', () => {
  test('has the same faults and the same settings as the fixture', () => {
    const document = readFileSync(DOCUMENT, 'utf8');
    const chapter = document.slice(document.indexOf('### 4.3.2. Configuration Files\n'));
    const [drbd = ''] = chapter.split('## Example Configuration Files for Heartbeat');
    const text = [...drbd.matchAll(/^```\n(?<code>[\s\S]*?)^```$/gmu)]
      .map((match) => match.groups?.['code'] ?? '')
      .join('');
    expect(faultKinds(text)).toEqual({ E1: 6, E2: 4, others: 0 });
    const { tree } = parse(text);
    expect(settings(tree)).toEqual(published);
    expect(sectionsOf(tree.items).map((part) => sectionsOf(part.body).map(headOf))).toEqual(
      [1, 2, 3, 4].map(() => structure),
    );
  });
});
