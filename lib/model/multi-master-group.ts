import type { ReplicaAuthentication, SourceFacts, SupplierTopology } from '../topology/replication';
import { agreementFacts } from './directory-agreement';
import { type Directory, type ReplicationSource, addReplica } from './directory';
import type { DirectoryServer } from './directory-server';
import { Entity } from './entity';
import { parseOptions } from './replication-options';
import type { TopologyParts } from './topology-parts';

/** Properties of a `MultiMasterGroup`. */
export interface MultiMasterGroupProps {
  /** Servers that all take writes, in the order of the ring when they form one. */
  readonly suppliers: readonly DirectoryServer[];
  /**
   * `mesh`: each feeds all others, n(n-1) agreements. `ring`: each feeds its two neighbours, 2n (R13, R14). `explicit`:
   * what `ReplicationAgreement`s between them say.
   * @default 'mesh'
   */
  readonly topology?: SupplierTopology;
  /**
   * `available`: every side of a partition takes writes, which meet afterwards (Q15, Q16). `quorum`: only a side with a
   * strict majority does (Q12 to Q14).
   * @default 'available'
   */
  readonly partitionPolicy?: 'available' | 'quorum';
  /** What a minority does with reads under `quorum` (E30). @default 'serve-stale' */
  readonly minorityReads?: 'serve-stale' | 'refuse';
  /** The supplier that gets the writes while it is there (F5). @default - any */
  readonly preferredWriter?: DirectoryServer;
  /** @default 'strong' */
  readonly authentication?: ReplicaAuthentication;
}

/** Suppliers that all take writes for one directory (F2, R12). */
export class MultiMasterGroup extends Entity implements ReplicationSource {
  /** @throws ModelError `value/choice`, `directory/member` */
  constructor(
    private readonly directory: Directory,
    name: string,
    private readonly props: MultiMasterGroupProps,
  ) {
    super(directory, name);
    this.choice('topology', props.topology, ['mesh', 'ring', 'explicit']);
    this.choice('partitionPolicy', props.partitionPolicy, ['available', 'quorum']);
    this.choice('minorityReads', props.minorityReads, ['serve-stale', 'refuse']);
    this.choice('authentication', props.authentication, ['name-only', 'simple', 'strong']);
    const { preferredWriter } = props;
    if (preferredWriter && !props.suppliers.includes(preferredWriter))
      throw this.wrong(
        'directory/member',
        'preferredWriter: this server is no supplier of the group',
        preferredWriter.name,
        'name one of the suppliers',
      );
  }

  /** @internal */
  sources(): readonly SourceFacts[] {
    return this.props.suppliers.map((supplier) => ({ kind: 'server', server: supplier.entityId }));
  }

  /** @internal */
  members(): readonly DirectoryServer[] {
    return this.props.suppliers;
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props, directory } = this;
    const { suppliers, preferredWriter } = props;
    const group = this.entityId;
    const authentication = props.authentication ?? 'strong';
    parts.multiMasterGroups.push({
      ...this.identity,
      directory: directory.entityId,
      name: this.name,
      suppliers: suppliers.map((supplier) => supplier.entityId),
      topology: props.topology ?? 'mesh',
      partitionPolicy: props.partitionPolicy ?? 'available',
      minorityReads: props.minorityReads ?? 'serve-stale',
      ...(preferredWriter ? { preferredWriter: preferredWriter.entityId } : {}),
      authentication,
    });
    for (const server of suppliers) addReplica(parts, this, directory, server, 'supplier', { group });
    const options = parseOptions({ authentication }, directory.suffix);
    for (const [from, to] of pairs(suppliers, props.topology ?? 'mesh')) {
      const name = `${from.name} to ${to.name}`;
      parts.replicationAgreements.push(
        agreementFacts(
          { id: `${group}/${name}`, path: `${this.node.path}/${name}` },
          directory,
          { kind: 'server', server: from.entityId },
          to,
          'derived',
          options,
          true,
        ),
      );
    }
  }
}

/** Who feeds whom. In a ring of two or three every neighbour is every other one. */
function pairs<T>(members: readonly T[], topology: SupplierTopology): readonly (readonly [T, T])[] {
  if (topology === 'explicit') return [];
  const feeds = (from: number, to: number): boolean => {
    const distance = (to - from + members.length) % members.length;
    return distance !== 0 && (topology === 'mesh' || distance === 1 || distance === members.length - 1);
  };
  return members.flatMap((from, i) => members.flatMap((to, j) => (feeds(i, j) ? [[from, to] as const] : [])));
}
