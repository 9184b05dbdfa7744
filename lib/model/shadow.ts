import type { ShadowUpdates, SourceFacts } from '../topology/replication';
import { agreementFacts } from './directory-agreement';
import { type Directory, type ReplicationSource, addReplica } from './directory';
import type { DirectoryServer } from './directory-server';
import { Entity } from './entity';
import { type OptionFacts, type ReplicationOptions, parseOptions } from './replication-options';
import type { TopologyParts } from './topology-parts';

/** Properties of a `Hub` or a `Consumer`. */
export interface ShadowProps extends ReplicationOptions {
  /** The server that holds the copy. */
  readonly server: DirectoryServer;
  /** What feeds it: a group, a hub, or several of them. */
  readonly from: ReplicationSource | readonly ReplicationSource[];
  /**
   * What it does with a write of a client. `refer`: names the server that takes it, and the client goes there (R3, R18).
   * `chain`: has it done there in the name of the client, on OpenLDAP.
   * @default 'refer'
   */
  readonly updates?: ShadowUpdates;
}

abstract class Shadow extends Entity {
  protected abstract readonly role: 'hub' | 'consumer';
  private readonly options: OptionFacts;

  protected constructor(
    private readonly directory: Directory,
    name: string,
    private readonly props: ShadowProps,
  ) {
    super(directory, name);
    this.choice('authentication', props.authentication, ['name-only', 'simple', 'strong']);
    this.choice('updates', props.updates, ['refer', 'chain']);
    this.options = this.given('options', () => parseOptions(props, directory.suffix));
  }

  /** @internal */
  sources(): readonly SourceFacts[] {
    return [{ kind: 'server', server: this.props.server.entityId }];
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props, directory, role } = this;
    const { server, from } = props;
    addReplica(parts, this, directory, server, role, { updates: props.updates ?? 'refer' });
    const sources = (Array.isArray(from) ? from : [from]) as readonly ReplicationSource[];
    for (const supplier of sources.flatMap((one) => one.sources())) {
      const name = `from ${supplier.kind === 'server' ? supplier.server : supplier.group}`;
      parts.replicationAgreements.push(
        agreementFacts(
          { id: `${this.entityId}/${name}`, path: `${this.node.path}/${name}` },
          directory,
          supplier,
          server,
          'derived',
          this.options,
          role === 'hub',
        ),
      );
    }
  }
}

/** A read-only copy that passes on what it gets (R4, R18). */
export class Hub extends Shadow implements ReplicationSource {
  protected readonly role = 'hub';

  /** @throws ModelError of the values of `ReplicationOptions` */
  constructor(directory: Directory, name: string, props: ShadowProps) {
    super(directory, name, props);
  }
}

/** A read-only copy: a shadow (R3), of a failover group, of a supplier of a multi-master group (Q17), or of a hub. */
export class Consumer extends Shadow {
  protected readonly role = 'consumer';

  /** @throws ModelError of the values of `ReplicationOptions` */
  constructor(directory: Directory, name: string, props: ShadowProps) {
    super(directory, name, props);
  }
}
