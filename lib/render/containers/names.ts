import type { HostFacts, NetworkFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';

/** Names on a daemon are shared by all deployments, so each begins with that of its deployment. */
export const containerName = ({ name }: Topology, host: HostFacts): string => `${name}-${host.name}`;

/** Networks of two sites may have one name. */
export const networkName = ({ name }: Topology, network: NetworkFacts): string =>
  `${name}-${network.id.replaceAll('/', '-')}`;

/** A volume of a host. */
export const volumeName = (topology: Topology, host: HostFacts, purpose: string): string =>
  `${containerName(topology, host)}-${purpose}`;

/** Repositories of images have small letters only. */
export const imageName = ({ name }: Topology, tag: string): string =>
  `tandem/${name.toLowerCase().replace(/[^a-z0-9]+$/, '')}:${tag}`;
