/** A word of a POSIX shell that means the text and nothing else. No word can hold the null character. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
