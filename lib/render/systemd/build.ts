import type { ResourceGroupFacts } from '../../topology/cluster';
import { lookup } from '../../topology/lookup';
import type { ServiceFacts } from '../../topology/service';
import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';
import { backupsOf } from '../backup/backups-of';
import { timerUnit } from '../backup/names';
import { sortedUnique } from '../../topology/order';
import { hasFirewall } from '../nftables/build';
import { mountCovering } from './mounts';
import { section, withoutSpecifiers, type UnitFile } from './unit-file';
import { unitsOf } from '../../topology/service-units';

/** What systemd.preset(5) says of units. */
export interface Preset {
  readonly source: ConstructPath;
  /** Sorted. */
  readonly disable: readonly string[];
  /** Sorted. */
  readonly enable: readonly string[];
}

/** A drop-in of one unit. */
export interface DropIn {
  readonly unit: string;
  readonly file: UnitFile;
}

/** What systemd must know of the cluster on one host. */
export interface SystemdConfiguration {
  readonly preset?: Preset;
  /** Sorted by unit. */
  readonly dropIns: readonly DropIn[];
  /** Kernel modules loaded at boot. */
  readonly modules?: { readonly source: ConstructPath; readonly names: readonly string[] };
}

/**
 * Services of a cluster are not started at boot (X17) and not without their storage; what the cluster stands on is
 * started at boot.
 */
export function build(topology: Topology, host: EntityId): SystemdConfiguration {
  const facts = lookup(topology);
  // The same on both nodes (X16), so the host is not their source.
  const source = topology.path;
  const clusters = facts.clustersOf(host);
  const resources = facts.drbdResourcesOf(host);
  const managed = clusters
    .flatMap((cluster) => cluster.groups)
    .flatMap((group) => facts.servicesOf(group).map((service) => ({ group, service })));
  const disable = managed
    // A service that the stack wants at boot is a finding of the checks; the preset does not contradict the stack.
    .filter(({ service }) => !service.enabledAtBoot)
    .flatMap(({ service }) => unitsOf(service));
  const enable = [
    ...(clusters.length > 0 ? ['heartbeat.service'] : []),
    ...(resources.length > 0 ? ['drbd.service'] : []),
    ...(facts.host(host).timeServers.length > 0 ? ['chrony.service'] : []),
    ...(hasFirewall(topology, host) ? ['nftables.service'] : []),
    ...backupsOf(topology, host).map((backup) => timerUnit(backup.name)),
  ];
  const preset = { source, disable: sortedUnique(disable), enable: sortedUnique(enable) };
  return {
    preset: preset.disable.length + preset.enable.length > 0 ? preset : undefined,
    dropIns: dropIns(topology, managed),
    modules: resources.some((resource) => resource.version !== '0.7') ? { source, names: ['drbd'] } : undefined,
  };
}

interface Managed {
  readonly group: ResourceGroupFacts;
  readonly service: ServiceFacts;
}

function dropIns(topology: Topology, managed: readonly Managed[]): DropIn[] {
  const byUnit = new Map<string, DropIn>();
  for (const { group, service } of managed) {
    const mountPoints = sortedUnique(
      service.state.flatMap((state) => mountCovering(group, state.directory)?.directory ?? []),
    );
    const conditions = mountPoints.map(
      (directory) => ['AssertPathIsMountPoint', withoutSpecifiers(directory)] as const,
    );
    const settings = [...startsAfter(topology, group, service), ...conditions];
    if (settings.length === 0) continue;
    for (const unit of unitsOf(service))
      byUnit.set(unit, { unit, file: { source: service.path, sections: [section('Unit', settings)] } });
  }
  return sortedUnique(byUnit.keys()).flatMap((unit) => byUnit.get(unit) ?? []);
}

/** Where heartbeat does not start one service after the other, systemd keeps the order that they require (X21). */
function startsAfter(
  topology: Topology,
  group: ResourceGroupFacts,
  { requires }: ServiceFacts,
): readonly (readonly [string, string])[] {
  if (group.start === 'in-turn') return [];
  const required = lookup(topology)
    .servicesOf(group)
    .filter(({ id }) => requires.includes(id));
  const units = sortedUnique(required.flatMap(unitsOf));
  return units.length === 0 ? [] : [['After', units.map(withoutSpecifiers).join(' ')]];
}
