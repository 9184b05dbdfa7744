/** A word of keepalived.conf(5): plain, or in quotes. */
export type KeepalivedWord = string | { readonly quoted: string };

/** A keyword with its words, and what stands in braces behind it. */
export interface KeepalivedStatement {
  readonly words: readonly KeepalivedWord[];
  readonly block?: readonly KeepalivedStatement[];
}

export const statement = (...words: readonly KeepalivedWord[]): KeepalivedStatement => ({ words });

export const block = (
  words: readonly KeepalivedWord[],
  inside: readonly KeepalivedStatement[],
): KeepalivedStatement => ({ words, block: inside });
