import type { Deployment } from './deployment';
import type { Network } from './network';
import { Service, type ServiceDetails, type ServiceProps } from './service';
import { DataSize } from './values/data-size';
import { parseWholeNumber } from './values/number';
import { parseAbsolutePath } from './values/path';
import { parsePattern } from './values/text';

/** Properties of `PostgreSql`. */
export interface PostgreSqlProps extends ServiceProps {
  /** Major version. @default '15', of Debian 12 */
  readonly version?: string;
  /** Directory of the database cluster, below a mount and not the mount itself. @default '/var/lib/postgresql/<version>/main' */
  readonly dataDirectory?: string;
  /** @default 100 */
  readonly maximumConnections?: number;
  /** @default 128 MiB */
  readonly sharedBuffers?: DataSize;
  /** `false` loses acknowledged transactions in a crash. @default true */
  readonly synchronousCommit?: boolean;
  /** Networks whose clients may connect with a password. @default - none, only the node itself */
  readonly clients?: readonly Network[];
}

/** A PostgreSQL database cluster (X9). */
export class PostgreSql extends Service {
  /** @throws ModelError `value/number`, `value/path`, `postgresql/version` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly settings: PostgreSqlProps = {},
  ) {
    super(scope, name, { initScript: 'postgresql', ...settings });
    this.optional('version', settings.version, (version) =>
      parsePattern(
        version,
        /^[1-9][0-9]?(\.[0-9])?$/,
        'postgresql/version',
        "a version must be a major version like '15'",
      ),
    );
    this.instances(DataSize, { sharedBuffers: settings.sharedBuffers });
    this.optional('maximumConnections', settings.maximumConnections, (count) => parseWholeNumber(count, 1, 262_143));
    this.optional('dataDirectory', settings.dataDirectory, parseAbsolutePath);
  }

  /** @internal */
  protected override details(): ServiceDetails {
    const { settings } = this;
    const version = settings.version ?? '15';
    const dataDirectory = settings.dataDirectory ?? `/var/lib/postgresql/${version}/main`;
    const clients = (settings.clients ?? []).map((network) => network.cidr).sort();
    return {
      initScript: 'postgresql',
      settings: {
        kind: 'postgresql',
        version,
        dataDirectory,
        maximumConnections: settings.maximumConnections ?? 100,
        sharedBuffers: (settings.sharedBuffers ?? DataSize.mebibytes(128)).inBytes,
        synchronousCommit: settings.synchronousCommit ?? true,
        clients,
      },
      state: [{ directory: dataDirectory, holds: 'database cluster' }],
      ports: [{ port: 5432, protocol: 'tcp', from: clients.length > 0 ? 'clients' : 'node' }],
    };
  }
}
