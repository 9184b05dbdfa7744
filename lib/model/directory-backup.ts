import type { Directory } from './directory';
import type { DirectoryServer } from './directory-server';
import { Entity } from './entity';
import type { TopologyParts } from './topology-parts';
import { Duration } from './values/duration';
import { parseWholeNumber } from './values/number';
import { parseAbsolutePath } from './values/path';

/** Properties of a `DirectoryBackup`. */
export interface DirectoryBackupProps {
  /** The server that writes the dumps: best one that serves few clients. */
  readonly server: DirectoryServer;
  /** Time between two dumps: the most that a restore loses. From one minute to one day. */
  readonly interval: Duration;
  /** Dumps that are kept. @default 48 */
  readonly copies?: number;
  /** Where they are kept, outside the server's database. @default '/var/backups/tandem' */
  readonly folder?: string;
}

/** A regular LDIF dump of a directory: replication repeats a mistake everywhere and is no backup (R27, X13). */
export class DirectoryBackup extends Entity {
  /** @throws ModelError `value/number`, `value/path` */
  constructor(
    private readonly directory: Directory,
    name: string,
    private readonly props: DirectoryBackupProps,
  ) {
    super(directory, name);
    this.instances(Duration, { interval: props.interval });
    this.given('interval', () => parseWholeNumber(props.interval.inMilliseconds, 60_000, 86_400_000));
    this.optional('copies', props.copies, (count) => parseWholeNumber(count, 1, 100_000));
    this.optional('folder', props.folder, parseAbsolutePath);
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props } = this;
    parts.directoryBackups.push({
      ...this.identity,
      name: this.name,
      directory: this.directory.entityId,
      server: props.server.entityId,
      interval: props.interval.inMilliseconds,
      copies: props.copies ?? 48,
      folder: props.folder ?? '/var/backups/tandem',
    });
  }
}
