import type { DirectoryEngine } from '../../topology/replication';
import type { Topology } from '../../topology/topology';
import { DS389 } from './ds389';
import type { ContainerEngine } from './engine';
import { OPENLDAP } from './openldap';

const ENGINES: Readonly<Record<DirectoryEngine, ContainerEngine>> = { openldap: OPENLDAP, ds389: DS389 };

/** The engine of all directory servers of a deployment, which targets have made sure of. */
export function containerEngine({ directoryServers }: Topology): ContainerEngine {
  return ENGINES[directoryServers[0]?.engine ?? 'openldap'];
}
