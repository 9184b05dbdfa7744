import { SECRET_MARKER_OPENING } from '../../topology/secret';
import { ValueError } from './value-error';

/**
 * Text of a user that goes into a file: one line, no control character, no Terraform token, no secret marker.
 * @throws ValueError `value/token`, `value/text`, `value/secret-marker`
 */
export function parseText(text: string): string {
  if (typeof text !== 'string') {
    throw new ValueError('value/text', 'a text is needed', String(text), 'give a string');
  }
  if (/\$\{TfToken\[|#\{Token\[/.test(text)) {
    throw new ValueError(
      'value/token',
      'a value that Terraform knows only at apply stands where a fixed value is needed',
      text,
      'give the value itself; only connection.host may come from another resource',
    );
  }
  if ([...text].some((character) => character < ' ' || character === '\u007f')) {
    throw new ValueError('value/text', 'text must be one line without control characters', quoted(text), 'remove them');
  }
  if (text.includes(SECRET_MARKER_OPENING)) {
    throw new ValueError('value/secret-marker', 'text must not contain a secret marker', text, 'use a SecretRef');
  }
  return text;
}

/** Text that must match a pattern; `rule` and `want` say what the pattern means. */
export function parsePattern(text: string, pattern: RegExp, rule: string, want: string): string {
  parseText(text);
  if (!pattern.test(text)) throw new ValueError(rule, want, quoted(text), 'write it that way');
  return text;
}

/** The text as a message shows it: quoted, with escapes. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
