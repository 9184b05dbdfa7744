import { by } from '../../topology/order';
import type { SharedVolumeFacts } from '../../topology/drbd';
import type { MountMemberFacts } from '../../topology/cluster';
import type { EntityId } from '../../topology/units';
import type { AdoptedDrbd } from '../drbd/drbd-conf';

type Source = MountMemberFacts['source'];

/** Devices of drbd.conf, by the names that a mount may use for them. */
export class DeviceBook {
  private readonly devices = new Map<string, Source>();
  private readonly shared = new Map<string, SharedVolumeFacts>();
  private readonly foreign: ReadonlySet<string>;

  constructor(
    private readonly drbd: AdoptedDrbd | undefined,
    private readonly nodes: readonly EntityId[],
  ) {
    this.foreign = new Set(drbd?.stackedDevices);
    for (const resource of drbd?.resources ?? [])
      for (const volume of resource.volumes) {
        const source: Source = { kind: 'drbd', resource: resource.id, volume: volume.number };
        const byName = `/dev/drbd/by-res/${resource.name}`;
        const names = [
          volume.device,
          `/dev/drbd${volume.minor}`,
          `/dev/drbd_${resource.name}`,
          `${byName}/${volume.number}`,
        ];
        if (volume.number === 0) names.push(byName);
        for (const name of names) if (!this.devices.has(name)) this.devices.set(name, source);
      }
  }

  /** What a mounted device is. */
  sourceOf(device: string, fileSystem: string): Source {
    const replicated = this.devices.get(device);
    if (replicated) return replicated;
    const kind = sharedKind(device, fileSystem);
    if (kind === undefined || this.foreign.has(device)) return { kind: 'unknown' };
    const volume = this.shared.get(device) ?? {
      id: `shared ${device}`,
      path: `shared ${device}`,
      name: device,
      kind,
      source: device,
      hosts: this.nodes,
      failureDomains: [],
    };
    this.shared.set(device, volume);
    return { kind: 'shared', volume: volume.id };
  }

  /** True for a device of DRBD that drbd.conf should have and has not. */
  isMissing(device: string): boolean {
    return this.drbd !== undefined && isDrbd(device) && !this.devices.has(device) && !this.foreign.has(device);
  }

  /** The volumes that both nodes mount without DRBD, sorted. */
  sharedVolumes(): readonly SharedVolumeFacts[] {
    return [...this.shared.values()].sort(by((entity) => entity.id));
  }
}

const isDrbd = (device: string): boolean => /^\/dev\/drbd/u.test(device);

/** A device that moves between nodes and is not DRBD is shared by them; device-mapper names may lie on DRBD. */
function sharedKind(device: string, fileSystem: string): SharedVolumeFacts['kind'] | undefined {
  if (/^nfs/u.test(fileSystem) || /^[A-Za-z0-9.-]+:\//u.test(device)) return 'nfs';
  return /^\/dev\/(?:[shv]d|xvd|disk\/|mapper\/mpath|dm-|nvme|emcpower|cciss\/)/u.test(device) ? 'san' : undefined;
}
