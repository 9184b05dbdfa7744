/** One line of a section: a keyword and its arguments. */
export type HaproxyLine = readonly [keyword: string, ...words: readonly string[]];

/** A section of haproxy.cfg (HAProxy Configuration Manual, section 2). */
export interface HaproxySection {
  readonly kind: 'global' | 'defaults' | 'listen';
  /** Of a proxy. */
  readonly name?: string;
  readonly lines: readonly HaproxyLine[];
}
