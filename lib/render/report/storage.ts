import type { MountMemberFacts } from '../../topology/cluster';
import { innermost } from '../../topology/directory';
import { lookup } from '../../topology/lookup';
import type { ServiceFacts } from '../../topology/service';
import type { Topology } from '../../topology/topology';
import type { ReportSection } from './document';

/** Device, mount and service joined: which state lies where, and what may be lost with a node. */
export function storageSection(topology: Topology): ReportSection {
  const { drbdResource, host, servicesOf } = lookup(topology);
  const backing = (mount: MountMemberFacts): string => {
    if (mount.source.kind === 'shared') return 'shared storage';
    if (mount.source.kind === 'unknown') return '';
    const { volume: number, resource } = mount.source;
    const facts = drbdResource(resource);
    const disks = facts.volumes.find((volume) => volume.number === number)?.disks ?? [];
    return `DRBD ${facts.name}: ${disks.map((disk) => `${host(disk.host).name} ${disk.disk}`).join(', ')}`;
  };
  const rows = topology.clusters.flatMap((cluster) =>
    cluster.groups.flatMap((group) => {
      const services = servicesOf(group);
      const mounts = group.members.filter((member) => member.kind === 'mount');
      return mounts.map((mount) => [
        mount.device,
        backing(mount),
        mount.directory,
        group.name,
        stateIn(mount, mounts, services),
      ]);
    }),
  );
  const expendable = topology.services.flatMap((service) =>
    service.state
      .filter((state) => state.expendable !== undefined)
      .map((state) => [service.name, state.directory, state.holds, state.expendable ?? '']),
  );
  return {
    title: 'Storage',
    blocks: [
      rows.length > 0
        ? { kind: 'table', head: ['device', 'kept on', 'mounted on', 'group', 'holds'], rows }
        : { kind: 'text', text: 'None.' },
      ...(expendable.length > 0
        ? ([
            { kind: 'subtitle', text: 'May be lost with a node' },
            { kind: 'table', head: ['service', 'directory', 'holds', 'why'], rows: expendable },
          ] as const)
        : []),
    ],
  };
}

/** State lies on the innermost mount above it. */
function stateIn(
  mount: MountMemberFacts,
  mounts: readonly MountMemberFacts[],
  services: readonly ServiceFacts[],
): string {
  return services
    .flatMap((service) =>
      service.state
        .filter((state) => innermost(mounts, state.directory) === mount)
        .map((state) => `${state.holds} of ${service.name}`),
    )
    .join(', ');
}
