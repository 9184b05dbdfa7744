import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { parse } from '../../../lib/render/drbd-conf/parse';
import { print } from '../../../lib/render/drbd-conf/print';
import type { DrbdConf, DrbdItem, DrbdValue } from '../../../lib/render/drbd-conf/syntax';
import { withoutLocations } from '../../../lib/render/source';
import { nastyText, plainWord } from '../nasty-text';

const bareWord = fc.stringMatching(/^[a-zA-Z0-9/._:[\]%-]{1,40}$/u);
const stringText = fc.string({ unit: fc.constantFrom(...'ab "\\#{};:\t$\'`ä[]'), maxLength: 40 });

const value = (text: fc.Arbitrary<string>, bare: fc.Arbitrary<string>): fc.Arbitrary<DrbdValue> =>
  fc.oneof(
    bare.map((raw) => ({ raw })),
    text.map((quoted) => ({ quoted })),
  );

const optionItem = (name: fc.Arbitrary<string>, values: fc.Arbitrary<DrbdValue>): fc.Arbitrary<DrbdItem> =>
  fc.record({ kind: fc.constant('option' as const), name, values: fc.array(values, { maxLength: 3 }) });

const commentItem = (text: fc.Arbitrary<string>): fc.Arbitrary<DrbdItem> =>
  text.map((written) => ({ kind: 'comment', text: written }));

const skipItem = (text: fc.Arbitrary<string>): fc.Arbitrary<DrbdItem> =>
  fc.record({ kind: fc.constant('skip' as const), heading: fc.constantFrom('', 'resource r9', 'old'), text });

const includeItem = (pattern: fc.Arbitrary<string>): fc.Arbitrary<DrbdItem> =>
  pattern.map((glob) => ({ kind: 'include', pattern: glob }));

interface Parts {
  readonly name: fc.Arbitrary<string>;
  readonly text: fc.Arbitrary<string>;
  readonly bare: fc.Arbitrary<string>;
  /** What a skip passes over. */
  readonly skipped: fc.Arbitrary<string>;
}

/** Files whose sections stand where drbd.conf(5) wants them; texts come from `parts`. */
function conf(parts: Parts): fc.Arbitrary<DrbdConf> {
  const values = value(parts.text, parts.bare);
  const leafItem = fc.oneof(optionItem(parts.name, values), commentItem(parts.text.map((text) => text.trimEnd())));
  const sectionOf = (name: fc.Arbitrary<string>, item: fc.Arbitrary<DrbdItem>): fc.Arbitrary<DrbdItem> =>
    fc.record({
      kind: fc.constant('section' as const),
      name,
      arguments: fc.array(values, { minLength: 1, maxLength: 2 }),
      body: fc.array(item, { maxLength: 4 }),
    });
  const leaf = sectionOf(fc.constantFrom('net', 'disk', 'startup', 'syncer', 'handlers', 'options'), leafItem);
  const volume = sectionOf(fc.constant('volume'), leafItem);
  const host = sectionOf(fc.constantFrom('on', 'floating'), fc.oneof(leafItem, volume));
  const unknown = sectionOf(parts.name, fc.oneof(leafItem, leaf));
  const inResource = fc.oneof(leafItem, leaf, host, volume, skipItem(parts.skipped), includeItem(parts.text));
  const top = fc.oneof(
    sectionOf(fc.constant('resource'), inResource),
    sectionOf(fc.constant('common'), fc.oneof(leafItem, leaf)),
    commentItem(parts.text.map((text) => text.trimEnd())),
    skipItem(parts.skipped),
    includeItem(parts.text),
    unknown,
  );
  return fc.array(top, { maxLength: 5 }).map((items) => ({ items }));
}

test('reads back what it printed, without a fault, for files that drbd.conf can hold', () => {
  const name = plainWord().filter((word) => !['skip', 'include', 'on', 'net', 'disk'].includes(word));
  const skipped = fc.constantFrom('', ' a; ', '\n  on x { disk /dev/a; }\n', ' "} { \\" }" # }\n', 'free text\n');
  const holdable = conf({ name, text: stringText, bare: bareWord, skipped });
  fc.assert(
    fc.property(holdable, (file) => {
      const read = parse(print(file), 'drbd.conf');
      expect(read.errors).toEqual([]);
      expect(withoutLocations(read.tree)).toEqual(withoutLocations(file));
    }),
    { numRuns: 400 },
  );
});

test('either refuses nasty text or reads it back unchanged', () => {
  let printed = 0;
  fc.assert(
    fc.property(
      conf({
        name: fc.oneof(plainWord(), nastyText()),
        text: nastyText(),
        bare: fc.oneof(bareWord, nastyText()),
        skipped: nastyText(),
      }),
      (file) => {
        let text: string;
        try {
          text = print(file);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          return;
        }
        printed += 1;
        expect(withoutLocations(parse(text).tree)).toEqual(withoutLocations(file));
      },
    ),
    { numRuns: 1500 },
  );
  expect(printed).toBeGreaterThan(50);
});

test('fails on no input: any text gives a tree and faults', () => {
  fc.assert(
    fc.property(fc.array(nastyText(), { maxLength: 20 }), (pieces) => {
      const { tree, errors } = parse(pieces.join(' '));
      expect(Array.isArray(tree.items) && errors.every((fault) => fault.location.line >= 1)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('prints a tree that was read with faults so that it reads back without them', () => {
  const broken = 'resource r0 { protocol C; on a { device /dev/drbd0 }\nresource r1 { protocol C; }';
  const { tree } = parse(broken);
  expect(parse(print(tree)).errors).toEqual([]);
});
