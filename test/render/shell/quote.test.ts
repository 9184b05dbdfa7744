import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { quote, quoteCommand } from '../../../lib/render/shell/quote';
import { printScript } from '../../../lib/render/shell/script';

/** Any text an argument can hold: halves of surrogate pairs do not survive UTF-8. */
const text = fc.string({ unit: 'binary' }).filter((candidate) => !candidate.includes('\0'));

function wordsSeenBySh(command: string): string[] {
  const result = spawnSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  expect(result.stderr).toBe('');
  return result.stdout.split('\0').slice(0, -1);
}

test('sh reads back every quoted text unchanged', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 40 }), (texts) => {
      expect(wordsSeenBySh(texts.map(quote).join(' '))).toEqual(texts);
    }),
    { numRuns: 30 },
  );
});

test('sh reads back the words of a command unchanged', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 40 }), (words) => {
      expect(wordsSeenBySh(quoteCommand(words))).toEqual(words);
    }),
    { numRuns: 30 },
  );
});

test('words without meaning to the shell stay readable', () => {
  expect(quoteCommand(['systemctl', 'is-active', 'slapd.service', ''])).toBe("systemctl is-active slapd.service ''");
});

test('fails for the null character', () => {
  expect(() => quote('a\0b')).toThrow(FormatError);
});

test('text in a variable never becomes part of the program', () => {
  fc.assert(
    fc.property(text, (value) => {
      const script = printScript({ source: 'a/b', variables: [['value', value]], body: `printf '%s' "$value"\n` });
      const result = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
      expect([result.status, result.stdout, result.stderr]).toEqual([0, value, '']);
    }),
    { numRuns: 60 },
  );
});
