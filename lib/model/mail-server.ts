import type { MailSoftware, QueueStorageFacts } from '../topology/mail';
import { instanceName } from '../topology/mail-instances';
import type { Deployment } from './deployment';
import { Entity } from './entity';
import type { Host } from './host';
import { Mount } from './member';
import type { TopologyParts } from './topology-parts';
import { DataSize } from './values/data-size';
import { Duration } from './values/duration';
import { parseHostname } from './values/hostname';
import { parseInstance } from './values/kind';
import { parseNumber, parseWholeNumber } from './values/number';
import { parseAbsolutePath } from './values/path';

/** Properties of a `MailServer`. */
export interface MailServerProps {
  /** The machine that it runs on, another one for each mail server. */
  readonly host: Host;
  /**
   * Where its queue lies: a DRBD resource of its own or a shared volume, for instance `mountedAt('/var/spool/postfix-mx1')`.
   * The other server of the pair mounts it at the same place when this one is lost (S4).
   * @default - `/var/spool/postfix-NAME` on the host's own disk, which rule `mail/queue-reachable` refuses
   */
  readonly queue?: Mount;
  /** @default 'postfix' */
  readonly software?: MailSoftware;
  /** Its own name, with which it greets. @default - the name of the host */
  readonly hostname?: string;
  /** Time after which mail that cannot be delivered goes back to its sender, 100 days at most. @default 5 days, that of postconf(5) */
  readonly queueLifetime?: Duration;
  /** Locks and caches that Postfix makes anew. @default - `/var/lib/postfix-NAME` */
  readonly dataDirectory?: string;
  /** @default 50 MiB */
  readonly messageSizeLimit?: DataSize;
  /** Processes of one service at once: the most duplicates after a crash. @default 100, that of postconf(5) */
  readonly processLimit?: number;
  /** Messages a second that it carries; a drill on the machines at hand says it. @default - unknown */
  readonly messagesPerSecond?: number;
}

const DAY = 24;

/** Seconds that Postfix takes at most for `maximal_queue_lifetime`: 100 days. */
const LONGEST_LIFETIME = 8_640_000;

/** One mail server on a host. What it takes and from whom, its `MailPair` says. */
export class MailServer extends Entity {
  readonly host: Host;
  readonly hostname: string;
  readonly software: MailSoftware;
  /** Where its queue lies; absent: on the host's own disk. */
  readonly queue?: Mount;

  /** @throws ModelError `value/type`, `value/path`, `value/choice`, `value/hostname`, `value/number` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: MailServerProps,
  ) {
    super(scope, name);
    this.host = props.host;
    this.software = props.software ?? 'postfix';
    this.queue = props.queue;
    this.hostname = this.given('hostname', () => parseHostname(props.hostname ?? props.host.name));
    this.optional('queue', props.queue, (queue) => parseInstance(queue, Mount));
    this.optional('dataDirectory', props.dataDirectory, parseAbsolutePath);
    this.choice('software', props.software, ['postfix', 'm-switch']);
    this.instances(Duration, { queueLifetime: props.queueLifetime });
    this.optional('queueLifetime', props.queueLifetime, ({ inMilliseconds }) =>
      parseWholeNumber(inMilliseconds / 1000, 1, LONGEST_LIFETIME),
    );
    this.instances(DataSize, { messageSizeLimit: props.messageSizeLimit });
    this.optional('processLimit', props.processLimit, (count) => parseWholeNumber(count, 1, 100_000));
    this.optional('messagesPerSecond', props.messagesPerSecond, (rate) => parseNumber(rate, 0.001, 1_000_000));
  }

  /** @internal */
  get queueDirectory(): string {
    return this.queue?.directory ?? `/var/spool/${instanceName(this)}`;
  }

  /** @internal */
  get dataDirectory(): string {
    return this.props.dataDirectory ?? `/var/lib/${instanceName(this)}`;
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props } = this;
    parts.mailServers.push({
      ...this.identity,
      name: this.name,
      host: this.host.entityId,
      software: this.software,
      hostname: this.hostname,
      queue: {
        directory: this.queueDirectory,
        storage: storageFacts(this.queue),
        lifetime: (props.queueLifetime ?? Duration.hours(5 * DAY)).inMilliseconds,
      },
      dataDirectory: this.dataDirectory,
      messageSizeLimit: (props.messageSizeLimit ?? DataSize.mebibytes(50)).inBytes,
      processLimit: props.processLimit ?? 100,
      messagesPerSecond: props.messagesPerSecond,
    });
  }
}

function storageFacts(queue: Mount | undefined): QueueStorageFacts {
  if (!queue) return { kind: 'local' };
  const { source, fileSystem } = queue;
  return 'shared' in source
    ? { kind: 'shared', volume: source.shared.entityId, fileSystem }
    : { kind: 'drbd', resource: source.resource.entityId, volume: source.volume, fileSystem };
}
