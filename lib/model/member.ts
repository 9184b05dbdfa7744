import type { SharedVolumeFacts } from '../topology/drbd';
import type { Entity } from './entity';
import { parseFileSystemType } from './values/name';
import { parseAbsolutePath } from './values/path';
import { parsePattern } from './values/text';

/** Promotion of a DRBD resource, as a member of a group. */
export class Activation {
  constructor(
    readonly resource: Entity,
    /** `drbddisk`; `datadisk` is the name of DRBD 0.6 (E4). */
    readonly script: 'drbddisk' | 'datadisk',
  ) {}
}

/** Options of a mount. */
export interface MountOptions {
  /**
   * Comma-separated options of mount(8).
   * @default - `data=journal` for the messages of Cyrus on ext3 and ext4 (rule `service/mailbox-index`), none otherwise
   */
  readonly options?: string;
}

/** What a mount has below it. */
export type MountSource =
  | { readonly resource: Entity; readonly volume: number; readonly minor: number }
  | { readonly shared: Entity & { readonly source: string; readonly kind: SharedVolumeFacts['kind'] } };

/** A file system on a volume, as a member of a group. */
export class Mount {
  /** @throws ValueError `value/path`, `value/file-system`, `value/mount-options` */
  static of(source: MountSource, directory: string, fileSystem: string, options: MountOptions): Mount {
    const text = options.options;
    return new Mount(
      source,
      parseAbsolutePath(directory),
      parseFileSystemType(fileSystem),
      text === undefined
        ? undefined
        : parsePattern(
            text,
            /^[A-Za-z0-9_=.,/@+-]+$/,
            'value/mount-options',
            'mount options must be words with commas between',
          ),
    );
  }

  private constructor(
    readonly source: MountSource,
    readonly directory: string,
    readonly fileSystem: string,
    readonly options: string | undefined,
  ) {}
}
