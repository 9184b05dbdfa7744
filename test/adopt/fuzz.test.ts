import fc from 'fast-check';
import ts from 'typescript';
import { adopt } from '../../lib/adopt/adopt';
import type { AdoptInput, InputFile } from '../../lib/adopt/input';
import { toTypeScript } from '../../lib/adopt/typescript/stack';
import { check } from '../../lib/check/run';
import { formatRemark, remarksOf } from '../../lib/cli/remark';
import { published, wild, wildNames } from './support';

const FORMATS = ['drbd', 'ha', 'haresources', 'authkeys'] as const;
const valid: readonly AdoptInput[] = [published(), ...wildNames.map(wild)];

/** Reads, judges and rewrites; throws when any of it does. */
function everything(input: AdoptInput): string {
  const adoption = adopt(input);
  const lines = remarksOf(adoption, check(adoption.topology)).map(formatRemark);
  expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
  return toTypeScript(adoption);
}

function textsOf(input: AdoptInput, change: (file: InputFile) => InputFile): AdoptInput {
  return Object.fromEntries(
    FORMATS.flatMap((format) => {
      const file = input[format];
      return file ? [[format, { ...file, ...change(file) }]] : [];
    }),
  );
}

const anyCase = fc.constantFrom(...valid);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc
    .array(
      fc.constantFrom(
        'resource',
        'r0',
        '{',
        '}',
        ';',
        '"',
        'on',
        'ox1',
        'volume',
        '0',
        'device',
        'address',
        '\n',
        '#',
        'node',
        'ucast',
        'eth0',
        '10.0.0.1',
        '10.0.0.1:7788',
        '::',
        'Filesystem',
        '/dev/drbd0',
        '\\',
        'serial',
        'stonith_host',
        '*',
        'drbddisk',
        'minor',
        '-1',
        '1e400',
        'auth',
        '1',
      ),
      { maxLength: 80 },
    )
    .map((words) => words.join(' ')),
);

describe('whatever stands in the files, reading them does not throw', () => {
  test('random text in every file', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, anyText, (drbd, ha, haresources, authkeys) => {
        const file = (text: string): InputFile => ({ file: 'f', text });
        everything({ drbd: file(drbd), ha: file(ha), haresources: file(haresources), authkeys: file(authkeys) });
      }),
      { numRuns: 200 },
    );
  });

  test('files that end anywhere', () => {
    fc.assert(
      fc.property(anyCase, fc.double({ min: 0, max: 1, noNaN: true }), (input, part) => {
        everything(textsOf(input, ({ file, text }) => ({ file, text: text.slice(0, Math.floor(text.length * part)) })));
      }),
      { numRuns: 100 },
    );
  });

  test('files that lack lines or have them twice', () => {
    fc.assert(
      fc.property(anyCase, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), (input, stream) => {
        const copies = (): number => ({ 0: 0, 1: 2 })[stream.next().value as number] ?? 1;
        everything(
          textsOf(input, ({ file, text }) => ({
            file,
            text: text
              .split('\n')
              .flatMap((line) => Array<string>(copies()).fill(line))
              .join('\n'),
          })),
        );
      }),
      { numRuns: 200 },
    );
  });

  test('random words in place of words give a stack that is still TypeScript', () => {
    fc.assert(
      fc.property(anyCase, fc.string({ unit: 'binary', maxLength: 12 }), fc.nat(), (input, word, place) => {
        const stack = everything(
          textsOf(input, ({ file, text }) => {
            const words = text.split(/(\s+)/);
            words[place % words.length] = word;
            return { file, text: words.join('') };
          }),
        );
        const { diagnostics } = ts.transpileModule(stack, { reportDiagnostics: true });
        expect(diagnostics?.map((fault) => fault.messageText)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
