import type { HostFacts } from './site';
import type { Topology } from './topology';

/** Names on a daemon are shared by all deployments, so each begins with that of its deployment. */
export const containerName = ({ name }: Topology, host: HostFacts): string => `${name}-${host.name}`;
