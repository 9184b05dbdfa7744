import type { SourceLocation } from '../source';

/** One line of ha.cf(5): a directive and its words. */
export interface HaCfDirective {
  readonly kind: 'directive';
  readonly name: string;
  readonly words: readonly string[];
  readonly location?: SourceLocation;
}

/** A comment on a line of its own, without the hash and the blank behind it. */
export interface HaCfComment {
  readonly kind: 'comment';
  readonly text: string;
  readonly location?: SourceLocation;
}

export type HaCfItem = HaCfDirective | HaCfComment;

/** An ha.cf(5) file. Directives repeat, and heartbeat obeys them in their order. */
export interface HaCf {
  readonly items: readonly HaCfItem[];
}

export const directive = (name: string, ...words: readonly (string | number)[]): HaCfDirective => ({
  kind: 'directive',
  name,
  words: words.map(String),
});

/** The directives of a name, in the order of the file. */
export const directivesOf = (file: HaCf, name: string): readonly HaCfDirective[] =>
  file.items.filter((item) => item.kind === 'directive').filter((item) => item.name === name);
