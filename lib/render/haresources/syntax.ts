import type { SourceLocation } from '../source';

/** A resource script and its arguments: `Filesystem::/dev/drbd0::/srv/mail::ext4`. */
export interface HaResource {
  readonly script: string;
  readonly arguments: readonly string[];
  readonly location?: SourceLocation;
}

/** A resource group: one logical line. It starts from left to right and stops from right to left. */
export interface HaResourceGroup {
  readonly kind: 'group';
  /** The node that is preferred, as `uname -n` names it. */
  readonly node: string;
  readonly resources: readonly HaResource[];
  readonly location?: SourceLocation;
}

/** A comment, without the hash and the blank behind it. */
export interface HaResourcesComment {
  readonly kind: 'comment';
  readonly text: string;
  readonly location?: SourceLocation;
}

export type HaResourcesItem = HaResourceGroup | HaResourcesComment;

/** A haresources file; it must be the same on both nodes. */
export interface HaResources {
  readonly items: readonly HaResourcesItem[];
}

export const resource = (script: string, ...args: readonly (string | number)[]): HaResource => ({
  script,
  arguments: args.map(String),
});

export const group = (node: string, resources: readonly HaResource[]): HaResourceGroup => ({
  kind: 'group',
  node,
  resources,
});

/** The resource groups of a file, in their order. */
export const groupsOf = (file: HaResources): readonly HaResourceGroup[] =>
  file.items.filter((item) => item.kind === 'group');

/** The script that heartbeat assumes for a word that looks like an address. */
export const ADDRESS_SCRIPT = 'IPaddr';

/** True for words that heartbeat takes for an address: they begin like four numbers with dots between them. */
export const looksLikeAddress = (word: string): boolean => /^[0-9].*\.[0-9].*\.[0-9].*\.[0-9]/u.test(word);
