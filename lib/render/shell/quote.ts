import { shellWord } from '../../topology/shell-word';
import { FormatError } from '../format-error';

/**
 * A text as one word of a POSIX shell: whatever it holds, the shell passes it on unchanged.
 * @throws FormatError for the null character, which no argument can hold
 */
export function quote(text: string): string {
  if (text.includes('\0')) {
    throw new FormatError({
      format: 'shell',
      what: 'a word',
      problem: 'holds the null character',
      remedy: 'remove it',
      value: text,
    });
  }
  return shellWord(text);
}

/** A command whose words the shell passes on unchanged. */
export function quoteCommand(words: readonly string[]): string {
  return words.map((word) => (/^[A-Za-z0-9_./:=@-]+$/.test(word) ? word : quote(word))).join(' ');
}
