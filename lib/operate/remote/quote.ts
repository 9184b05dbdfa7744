/** A word of a POSIX shell that means the text and nothing else. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
