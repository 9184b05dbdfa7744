import type { SourceLocation } from '../source';

/** Ways to sign a heartbeat packet; `crc` only finds damage, it needs and takes no secret. */
export type AuthenticationMethod = 'sha1' | 'md5' | 'crc';

/** `auth 1`: the key that signs what this node sends. */
export interface AuthSelection {
  readonly kind: 'auth';
  readonly key: number;
  readonly location?: SourceLocation;
}

/** `1 sha1 secret` */
export interface AuthKey {
  readonly kind: 'key';
  readonly number: number;
  readonly method: string;
  readonly secret?: string;
  readonly location?: SourceLocation;
}

/** A comment on a line of its own, without the hash and the blank behind it. */
export interface AuthComment {
  readonly kind: 'comment';
  readonly text: string;
  readonly location?: SourceLocation;
}

export type AuthKeysItem = AuthSelection | AuthKey | AuthComment;

/** An authkeys(5) file. */
export interface AuthKeys {
  readonly items: readonly AuthKeysItem[];
}

/** Methods that heartbeat has a plugin for. */
export const METHODS: readonly AuthenticationMethod[] = ['sha1', 'md5', 'crc'];

export const MINIMUM_KEY = 1;
export const MAXIMUM_KEY = 15;
