import type { DirectoryEngine } from '../../topology/replication';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import type { ContainerRole } from './container-role';
import { DS389 } from './ds389';
import type { ContainerEngine } from './engine';
import { volumeName } from './names';
import { OPENLDAP } from './openldap';
import { RUN } from './places';

const ENGINES: Readonly<Record<DirectoryEngine, ContainerEngine>> = { openldap: OPENLDAP, ds389: DS389 };

/** A directory server of a host, of the engine of the deployment, which targets have made sure of. */
export function directoryRole({ directoryServers }: Topology): ContainerRole {
  const { volumes, ...engine } = ENGINES[directoryServers[0]?.engine ?? 'openldap'];
  return {
    ...engine,
    name: 'directory',
    title: 'directory server',
    run: RUN,
    onHost: (topology: Topology, host: HostFacts) => {
      const server = topology.directoryServers.find((one) => one.host === host.id);
      if (!server) return undefined;
      return {
        sources: [server.path],
        volumes: Object.entries(volumes).map(([purpose, target]) => ({
          name: volumeName(topology, host, purpose),
          target,
        })),
        /*
         * A server begins as root: it opens ports below 1024 and becomes a user of its own; scripts give files to that user
         * and end what runs under that name.
         */
        capabilities: [
          ...['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'],
          ...(Math.min(server.port, server.tlsPort) >= 1024 ? [] : ['NET_BIND_SERVICE']),
        ],
        certificateOf: server.name,
      };
    },
  };
}
