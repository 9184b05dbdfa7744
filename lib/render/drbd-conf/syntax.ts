import type { SourceLocation } from '../source';

/** One word of a statement: written bare, or in double quotes (the text is kept without its escapes). */
export type DrbdValue = { readonly raw: string } | { readonly quoted: string };

/** `name value ...;` A flag such as `allow-two-primaries;` has no values. */
export interface DrbdOption {
  readonly kind: 'option';
  readonly name: string;
  readonly values: readonly DrbdValue[];
  readonly location?: SourceLocation;
}

/** `name argument ... { ... }` */
export interface DrbdSection {
  readonly kind: 'section';
  readonly name: string;
  readonly arguments: readonly DrbdValue[];
  readonly body: readonly DrbdItem[];
  readonly location?: SourceLocation;
}

/** `include "pattern";` */
export interface DrbdInclude {
  readonly kind: 'include';
  readonly pattern: string;
  readonly location?: SourceLocation;
}

/** A comment, without the hash and the blank behind it. It always stands on a line of its own. */
export interface DrbdComment {
  readonly kind: 'comment';
  readonly text: string;
  readonly location?: SourceLocation;
}

/** `skip heading { ... }`: text that drbdadm passes over, kept as written. */
export interface DrbdSkip {
  readonly kind: 'skip';
  readonly heading: string;
  /** Between the braces. */
  readonly text: string;
  readonly location?: SourceLocation;
}

export type DrbdItem = DrbdOption | DrbdSection | DrbdInclude | DrbdComment | DrbdSkip;

/** A drbd.conf(5) file of any generation of DRBD. */
export interface DrbdConf {
  readonly items: readonly DrbdItem[];
}

export const raw = (value: string | number): DrbdValue => ({ raw: String(value) });
export const quoted = (value: string): DrbdValue => ({ quoted: value });

export const option = (name: string, ...values: readonly DrbdValue[]): DrbdOption => ({ kind: 'option', name, values });

export const section = (name: string, args: readonly DrbdValue[], body: readonly DrbdItem[]): DrbdSection => ({
  kind: 'section',
  name,
  arguments: args,
  body,
});

/** The text of a value, however it is written. */
export const textOf = (value: DrbdValue): string => ('raw' in value ? value.raw : value.quoted);

/** A section as messages name it: `on ox1`. */
export const headOf = (part: Pick<DrbdSection, 'name' | 'arguments'>): string =>
  [part.name, ...part.arguments.map(textOf)].join(' ');
