import { containerName } from '../../topology/container-name';
import { lookup } from '../../topology/lookup';
import { by, sortedUnique } from '../../topology/order';
import type { DirectoryServerFacts } from '../../topology/replication';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { build as hostsFile } from '../hosts/build';
import type { BindMount, ContainerDescription, DaemonDescription, NetworkDescription } from './description';
import { containerEngine } from './engines';
import { networkName, volumeName } from './names';
import { MOUNTS, PROGRAMS, STATE } from './places';
import { addressPool } from './pool';

/** What the containers of one daemon are described from. */
export interface DescribeProps {
  /** Each with one directory server. */
  readonly hosts: readonly HostFacts[];
  /** Name and tag. */
  readonly image: string;
  /** Folder on the machine of the daemon with `ca.pem` and a folder for each server. */
  readonly certificates: string;
}

/**
 * A server begins as root: it opens ports below 1024 and becomes a user of its own; scripts give files to that user and end
 * what runs under that name.
 */
const capabilities = (server: DirectoryServerFacts | undefined): readonly string[] =>
  [
    ...['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL'],
    ...(server && Math.min(server.port, server.tlsPort) >= 1024 ? [] : ['NET_BIND_SERVICE']),
    ...['SETGID', 'SETUID'],
  ]
    // As the daemon shows them: Terraform would see a change in the short form.
    .map((name) => `CAP_${name}`);

const SECOND = 1000;

/** The containers, networks and volumes of one daemon. */
export function describeDaemon(topology: Topology, props: DescribeProps): DaemonDescription {
  const facts = lookup(topology);
  const containers = props.hosts.map((host) => describeContainer(topology, host, props));
  const used = sortedUnique(props.hosts.flatMap((host) => host.interfaces.map(({ network }) => network)));
  return {
    image: props.image,
    networks: used
      .map((id): NetworkDescription => {
        const network = facts.network(id);
        const { gateway, block } = addressPool(topology, network) ?? {};
        return {
          name: networkName(topology, network),
          subnet: network.cidr,
          ...(gateway === undefined ? {} : { gateway }),
          ...(block === undefined ? {} : { pool: block }),
        };
      })
      .sort(by(({ name }) => name)),
    volumes: sortedUnique(containers.flatMap(({ volumes }) => volumes.map(({ name }) => name))),
    containers,
  };
}

function describeContainer(topology: Topology, host: HostFacts, props: DescribeProps): ContainerDescription {
  const facts = lookup(topology);
  const engine = containerEngine(topology);
  const server = serverOf(topology, host);
  return {
    host: host.name,
    name: containerName(topology, host),
    image: props.image,
    networks: host.interfaces
      .map(({ network, address }) => ({ network: networkName(topology, facts.network(network)), address }))
      .sort(by(({ network }) => network)),
    extraHosts: hostsFile(topology, host.id).entries.flatMap(({ names, address }) =>
      names.map((name) => ({ name, address })),
    ),
    volumes: Object.entries({ ...engine.volumes, state: STATE }).map(([purpose, target]) => ({
      name: volumeName(topology, host, purpose),
      target,
    })),
    binds: certificateBinds(server, props.certificates),
    memory: ['/run'],
    capabilities: { add: capabilities(server), drop: ['ALL'] },
    init: true,
    openFiles: 4096,
    restart: 'unless-stopped',
    health: {
      command: [PROGRAMS.health],
      interval: 5 * SECOND,
      timeout: 10 * SECOND,
      retries: 2,
      startPeriod: engine.startPeriod,
    },
    // A database is written out before slapd ends.
    stopTimeout: 60 * SECOND,
  };
}

/** The directory server of a host, which targets have made sure of. */
export function serverOf({ directoryServers }: Topology, host: HostFacts): DirectoryServerFacts | undefined {
  return directoryServers.find((server) => server.host === host.id);
}

/** A container sees its own key only, and never that of the authority. */
function certificateBinds(server: DirectoryServerFacts | undefined, folder: string): readonly BindMount[] {
  if (!server) return [];
  return [
    { source: `${folder}/ca.pem`, target: MOUNTS.authorities },
    { source: `${folder}/${server.name}`, target: MOUNTS.certificate },
  ];
}
