import type { Topology } from '../topology/topology';
import type { ConstructPath, EntityId } from '../topology/units';
import { membersOf } from './groups';

/** An address somewhere in a topology. */
export interface AddressUse {
  readonly path: ConstructPath;
  readonly address: string;
  readonly property: string;
  /** Absent for a virtual address of which only a file is known. */
  readonly network?: EntityId;
  readonly prefixLength?: number;
}

/** The fixed addresses of all hosts and the virtual addresses of all clusters and load balancers. */
export function addressUses(topology: Topology): readonly AddressUse[] {
  return [
    ...topology.hosts.flatMap((host) =>
      host.interfaces.map((own) => ({
        path: host.path,
        address: own.address,
        property: `interfaces.${own.name}`,
        network: own.network,
        prefixLength: own.prefixLength,
      })),
    ),
    ...topology.clusters.flatMap((cluster) =>
      membersOf(cluster, 'address').map(({ member }) => ({
        path: member.path,
        address: member.address,
        property: 'address',
        network: member.network,
        prefixLength: member.prefixLength,
      })),
    ),
    ...topology.loadBalancers.map(({ path, address }) => ({ path, property: 'address', ...address })),
  ];
}
