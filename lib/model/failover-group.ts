import type { ReplicaAuthentication, SourceFacts } from '../topology/replication';
import { agreementFacts } from './directory-agreement';
import { type Directory, type ReplicationSource, addReplica } from './directory';
import type { DirectoryServer } from './directory-server';
import { Entity } from './entity';
import { parseOptions } from './replication-options';
import type { TopologyParts } from './topology-parts';
import { parseDistinguishedName } from './values/distinguished-name';

/** Properties of a `FailoverGroup`. */
export interface FailoverGroupProps {
  /** The server that takes writes at first. */
  readonly master: DirectoryServer;
  /** Servers that any of them may become master of (F10). At least one (F8). */
  readonly mirrors: readonly DirectoryServer[];
  /** Distinguished name of the group towards servers outside (F12). @default - `cn=`, the directory's and the group's name */
  readonly groupIdentity?: string;
  /** How members authenticate to each other (F20). @default 'strong' */
  readonly authentication?: ReplicaAuthentication;
  /** Who decides that the master is lost (F16). @default 'operator' */
  readonly decision?: 'operator' | 'automatic';
  /** Members on their way out: they stay mirrors, and nobody is switched to them (F27). @default - none */
  readonly retiring?: readonly DirectoryServer[];
}

/**
 * One master and its mirrors: exact copies, of which any can become master (F8 to F13). Together with a `DirectoryBackup` it is
 * what replaces the volume of a cluster by replication of the directory itself (X13): `tandem switch` makes the master of a copy.
 */
export class FailoverGroup extends Entity implements ReplicationSource {
  /** @throws ModelError `value/distinguished-name`, `value/choice`, `directory/member` */
  constructor(
    private readonly directory: Directory,
    name: string,
    private readonly props: FailoverGroupProps,
  ) {
    super(directory, name);
    this.optional('groupIdentity', props.groupIdentity, parseDistinguishedName);
    this.choice('authentication', props.authentication, ['name-only', 'simple', 'strong']);
    this.choice('decision', props.decision, ['operator', 'automatic']);
    for (const server of props.retiring ?? [])
      if (server !== props.master && !props.mirrors.includes(server))
        throw this.wrong(
          'directory/member',
          'retiring: this server is no member',
          server.name,
          'name members of the group',
        );
  }

  /** @internal */
  sources(): readonly SourceFacts[] {
    return [{ kind: 'group', group: this.entityId }];
  }

  /** @internal */
  members(): readonly DirectoryServer[] {
    return [this.props.master, ...this.props.mirrors];
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props, directory } = this;
    const { master, mirrors } = props;
    const group = this.entityId;
    parts.failoverGroups.push({
      ...this.identity,
      directory: directory.entityId,
      name: this.name,
      identity: props.groupIdentity ?? `cn=${directory.name}-${this.name}`,
      master: master.entityId,
      mirrors: mirrors.map((mirror) => mirror.entityId),
      authentication: props.authentication ?? 'strong',
      decision: props.decision ?? 'operator',
    });
    const options = parseOptions({ authentication: props.authentication ?? 'strong' }, directory.suffix);
    for (const server of [master, ...mirrors])
      addReplica(parts, this, directory, server, server === master ? 'supplier' : 'mirror', {
        group,
        retiring: props.retiring?.includes(server) ?? false,
      });
    for (const mirror of mirrors)
      parts.replicationAgreements.push(
        agreementFacts(
          { id: `${group}/to ${mirror.name}`, path: `${this.node.path}/to ${mirror.name}` },
          directory,
          { kind: 'group', group },
          mirror,
          'derived',
          options,
          true,
        ),
      );
  }
}
