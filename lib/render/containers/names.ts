import { containerName } from '../../topology/container-name';
import type { HostFacts, NetworkFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';

/** Networks of two sites may have one name. */
export const networkName = ({ name }: Topology, network: NetworkFacts): string =>
  `${name}-${network.id.replaceAll('/', '-')}`;

/** A volume of a host. */
export const volumeName = (topology: Topology, host: HostFacts, purpose: string): string =>
  `${containerName(topology, host)}-${purpose}`;

/** Repositories of images have small letters only. */
export const imageName = ({ name }: Topology, tag: string): string =>
  `tandem/${name.toLowerCase().replace(/[^a-z0-9]+$/, '')}:${tag}`;
