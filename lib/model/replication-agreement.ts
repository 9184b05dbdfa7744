import { agreementFacts } from './directory-agreement';
import type { Directory } from './directory';
import type { DirectoryServer } from './directory-server';
import { Entity } from './entity';
import { type OptionFacts, type ReplicationOptions, parseOptions } from './replication-options';
import type { TopologyParts } from './topology-parts';

/** Properties of a `ReplicationAgreement`. */
export interface ReplicationAgreementProps extends ReplicationOptions {
  /** The server that has the changes. */
  readonly supplier: DirectoryServer;
  /** The server that gets them. */
  readonly consumer: DirectoryServer;
  /** Whether the consumer may feed others with what it gets. @default false, as X.525 has it */
  readonly secondaryShadows?: boolean;
}

/**
 * One supplier feeds one consumer (R8): for what groups, hubs and consumers do not say by themselves, such as the
 * agreements of a multi-master group with topology `explicit`.
 */
export class ReplicationAgreement extends Entity {
  private readonly options: OptionFacts;

  /** @throws ModelError of the values of `ReplicationOptions` */
  constructor(
    private readonly directory: Directory,
    name: string,
    private readonly props: ReplicationAgreementProps,
  ) {
    super(directory, name);
    this.choice('authentication', props.authentication, ['name-only', 'simple', 'strong']);
    this.options = this.given('options', () => parseOptions(props, directory.suffix));
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { directory, props } = this;
    parts.replicationAgreements.push(
      agreementFacts(
        this.identity,
        directory,
        { kind: 'server', server: props.supplier.entityId },
        props.consumer,
        'declared',
        this.options,
        props.secondaryShadows ?? false,
      ),
    );
  }
}
