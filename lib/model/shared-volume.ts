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
  /** `san`: a block device that both hosts reach; `nfs`: an export; `docker`: a volume of the engine that runs both hosts. */
  readonly kind: 'san' | 'nfs' | 'docker';
  /** SAN: a device name that is the same on all hosts (`/dev/disk/by-id/...`); NFS: `server:/export`; Docker: its name. */
  readonly source: string;
  /** Hosts that reach it. */
  readonly hosts: readonly Host[];
  /** What takes the volume down when it fails. @default - none declared */
  readonly on?: readonly FailureDomain[];
}

const SOURCES: Readonly<Record<SharedVolumeProps['kind'], (text: string) => string>> = {
  san: parseDevice,
  nfs: (text) =>
    parsePattern(
      text,
      /^[A-Za-z0-9.-]+:(\/[A-Za-z0-9_+.@-]+)+$/,
      'value/nfs-export',
      "an export must be 'server:/directory'",
    ),
  docker: (text) =>
    parsePattern(
      text,
      /^[A-Za-z0-9][A-Za-z0-9_.-]+$/,
      'value/docker-volume',
      "the name of a volume must be two or more letters, digits and '_.-', and begin with a letter or digit",
    ),
};

/** A volume of Docker has a file system already. */
const FILE_SYSTEMS: Readonly<Record<SharedVolumeProps['kind'], string>> = { san: 'ext4', nfs: 'nfs4', docker: 'none' };

/** Storage that hosts share without replication: the hardware solution (X3). Without fencing it is lost to two writers (X4). */
export class SharedVolume extends Entity {
  readonly source: string;
  readonly kind: SharedVolumeProps['kind'];

  /** @throws ModelError `value/device`, `value/nfs-export`, `value/docker-volume` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: SharedVolumeProps,
  ) {
    super(scope, name);
    this.choice('kind', props.kind, ['san', 'nfs', 'docker']);
    this.kind = props.kind;
    this.source = this.given('source', () => SOURCES[props.kind](props.source));
  }

  /**
   * The volume mounted, for a resource group.
   * @throws ModelError `value/path`, `value/file-system`
   */
  mountedAt(directory: string, fileSystem = FILE_SYSTEMS[this.props.kind], options: MountOptions = {}): Mount {
    return this.given('mountedAt', () => Mount.of({ shared: this }, directory, fileSystem, options));
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    parts.sharedVolumes.push({
      ...this.identity,
      name: this.name,
      kind: this.kind,
      source: this.source,
      hosts: sortedIds(this.props.hosts),
      failureDomains: sortedIds(this.props.on ?? []),
    });
  }
}
