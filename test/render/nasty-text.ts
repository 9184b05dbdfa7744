import fc from 'fast-check';

const PIECES = [
  ...['\n', '\r', '\r\n', '\t', ' ', '"', "'", '\\', '#', '{', '}', ';', ':', '::', ',', '=', '$', '`', '*', '[', ']'],
  ...[
    '\0',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\ud800',
    'ä',
    '😀',
    '${x}',
    '%{x}',
    '@@tandem-secret:',
    '../',
    '-',
  ],
  ...['resource', 'skip', 'include', 'on', 'auth', 'node', 'IPaddr', '10.0.0.1', 'a', 'eth0', '/dev/drbd0', '1'],
];

/** Text that tries to end a line, a string or a section; now and then harmless. */
export const nastyText = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join('')) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
    { weight: 1, arbitrary: fc.stringMatching(/^[a-z0-9/._-]{1,140}$/u) },
    { weight: 1, arbitrary: fc.string({ minLength: 200, maxLength: 300 }) },
  );

/** A word that every format can hold. */
export const plainWord = (): fc.Arbitrary<string> => fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/u);
