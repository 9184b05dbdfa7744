import type { ConstructPath } from '../topology/units';

/** A file as it is put on one host. */
export interface RenderedFile {
  /** Absolute path on the host. */
  readonly path: string;
  /** Text; a secret stands as its marker. */
  readonly content: string;
  /** For instance `0644`; a file that holds a secret is `0600` or `0640`. */
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  /** Names of the secrets whose markers the text holds, sorted. */
  readonly secrets: readonly string[];
  /** Construct the file is rendered from; its first comment line names it. */
  readonly source: ConstructPath;
  /** The program that accepts or refuses the file before it is put in place. */
  readonly checker?: FileChecker;
  /** What takes note of a changed file. */
  readonly activation?: FileActivation;
}

/** Programs that check a staged file on the host. */
export type FileChecker =
  | 'drbdadm'
  | 'slapadd'
  | 'postgres'
  | 'postfix'
  | 'cyrus'
  | 'nft'
  | 'chronyd'
  | 'logrotate'
  | 'haproxy'
  | 'keepalived'
  | 'ldirectord'
  | 'systemd-analyze'
  | 'sh';

/**
 * `reload`/`restart`: of a unit outside a cluster, when it is enabled or active; `reload-if-active`: of a unit that a
 * cluster manages, only where it runs; `command`: run once after the files are in place.
 */
export type FileActivation =
  | { readonly kind: 'reload' | 'restart' | 'reload-if-active' | 'enable'; readonly unit: string }
  | { readonly kind: 'daemon-reload' }
  | { readonly kind: 'command'; readonly command: string };
