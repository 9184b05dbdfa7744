import type { BackupFacts } from '../topology/backup';
import type { Deployment } from './deployment';
import { Entity } from './entity';
import type { Host } from './host';
import type { OpenLdap } from './open-ldap';
import type { PostgreSql } from './postgre-sql';
import type { Service } from './service';
import { sortedIds } from './sorted';
import type { TopologyParts } from './topology-parts';
import { Duration } from './values/duration';
import { parseWholeNumber } from './values/number';
import { parseAbsolutePath } from './values/path';

/** Properties of a backup. */
export interface BackupProps {
  /** Time between two dumps: the most that a restore loses (E18). From one minute to one day. */
  readonly interval: Duration;
  /** Nodes that keep the dumps: the one that runs the service writes, the others get a copy. */
  readonly hosts: readonly Host[];
  /** Dumps kept on each node. @default 48 */
  readonly copies?: number;
  /** Directory of the dumps, outside the storage that they are the backup of. @default '/var/backups/tandem' */
  readonly directory?: string;
}

abstract class Backup extends Entity {
  protected abstract readonly kind: BackupFacts['kind'];

  protected constructor(
    scope: Deployment,
    name: string,
    private readonly service: Service,
    private readonly props: BackupProps,
  ) {
    super(scope, name);
    this.instances(Duration, { interval: props.interval });
    this.given('interval', () => parseWholeNumber(props.interval.inMilliseconds, 60_000, 86_400_000));
    this.optional('copies', props.copies, (count) => parseWholeNumber(count, 1, 100_000));
    this.optional('directory', props.directory, parseAbsolutePath);
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    parts.backups.push({
      ...this.identity,
      name: this.name,
      service: this.service.entityId,
      kind: this.kind,
      interval: this.props.interval.inMilliseconds,
      copies: this.props.copies ?? 48,
      directory: this.props.directory ?? '/var/backups/tandem',
      hosts: sortedIds(this.props.hosts),
    });
  }
}

/** A regular LDIF dump of a directory by slapcat(8) (X11). */
export class LdifBackup extends Backup {
  protected readonly kind = 'ldif';

  /** @throws ModelError `value/number`, `value/path` */
  constructor(scope: Deployment, name: string, service: OpenLdap, props: BackupProps) {
    super(scope, name, service, props);
  }
}

/** A regular SQL dump of a database cluster by pg_dumpall(1) (X12). */
export class SqlBackup extends Backup {
  protected readonly kind = 'sql';

  /** @throws ModelError `value/number`, `value/path` */
  constructor(scope: Deployment, name: string, service: PostgreSql, props: BackupProps) {
    super(scope, name, service, props);
  }
}
