import type { Deployment } from './deployment';
import { Entity } from './entity';
import type { FailureDomain } from './failure-domain';
import type { Host } from './host';
import { Mount, type MountOptions } from './member';
import { sortedIds } from './sorted';
import type { TopologyParts } from './topology-parts';
import { parseDevice } from './values/path';
import { parsePattern } from './values/text';

/** Properties of a `SharedVolume`. */
export interface SharedVolumeProps {
  /** `san`: a block device that both hosts reach; `nfs`: an export. */
  readonly kind: 'san' | 'nfs';
  /** SAN: a device name that is the same on all hosts (`/dev/disk/by-id/...`); NFS: `server:/export`. */
  readonly source: string;
  /** Hosts that reach it. */
  readonly hosts: readonly Host[];
  /** What takes the volume down when it fails. @default - none declared */
  readonly on?: readonly FailureDomain[];
}

/** Storage that hosts share without replication: the hardware solution (X3). Without fencing it is lost to two writers (X4). */
export class SharedVolume extends Entity {
  readonly source: string;

  /** @throws ModelError `value/device`, `value/nfs-export` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: SharedVolumeProps,
  ) {
    super(scope, name);
    this.choice('kind', props.kind, ['san', 'nfs']);
    this.source = this.given('source', () =>
      props.kind === 'san'
        ? parseDevice(props.source)
        : parsePattern(
            props.source,
            /^[A-Za-z0-9.-]+:(\/[A-Za-z0-9_+.@-]+)+$/,
            'value/nfs-export',
            "an export must be 'server:/directory'",
          ),
    );
  }

  /**
   * The volume mounted, for a resource group.
   * @throws ModelError `value/path`, `value/file-system`
   */
  mountedAt(
    directory: string,
    fileSystem = this.props.kind === 'nfs' ? 'nfs4' : 'ext4',
    options: MountOptions = {},
  ): Mount {
    return this.given('mountedAt', () => Mount.of({ shared: this }, directory, fileSystem, options));
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    parts.sharedVolumes.push({
      ...this.identity,
      name: this.name,
      kind: this.props.kind,
      source: this.source,
      hosts: sortedIds(this.props.hosts),
      failureDomains: sortedIds(this.props.on ?? []),
    });
  }
}
