import { containerName } from '../../topology/container-name';
import { lookup } from '../../topology/lookup';
import { by, sortedUnique } from '../../topology/order';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { build as hostsFile } from '../hosts/build';
import type { RoleOnHost } from './container-role';
import type { BindMount, ContainerDescription, DaemonDescription, NetworkDescription } from './description';
import { networkName, volumeName } from './names';
import { MOUNTS, PROGRAMS, ROLES_VARIABLE, STATE } from './places';
import { addressPool } from './pool';
import { containerRoles, rolesOf } from './roles';

/** What the containers of one daemon are described from. */
export interface DescribeProps {
  /** Each with a role. */
  readonly hosts: readonly HostFacts[];
  /** Name and tag. */
  readonly image: string;
  /** Folder on the machine of the daemon with `ca.pem` and a folder for each server. */
  readonly certificates: string;
}

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
  const roles = rolesOf(topology, host);
  const needs = roles.map((one) => one.needs);
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
    environment:
      containerRoles(topology).length > 1 ? { [ROLES_VARIABLE]: roles.map(({ role }) => role.name).join(' ') } : {},
    volumes: [...needs.flatMap(({ volumes }) => volumes), { name: volumeName(topology, host, 'state'), target: STATE }],
    binds: certificateBinds(needs, props.certificates),
    memory: ['/run'],
    capabilities: {
      // As the daemon shows them: Terraform would see a change in the short form.
      add: sortedUnique(needs.flatMap(({ capabilities }) => capabilities)).map((name) => `CAP_${name}`),
      drop: ['ALL'],
    },
    init: true,
    openFiles: 4096,
    restart: 'unless-stopped',
    health: {
      command: [PROGRAMS.health],
      interval: 5 * SECOND,
      timeout: 10 * SECOND,
      retries: 2,
      startPeriod: Math.max(...roles.map(({ role }) => role.startPeriod)),
    },
    // A database is written out before slapd ends, and deliveries in progress end before Postfix.
    stopTimeout: 60 * SECOND,
  };
}

/** A container sees its own key only, and never that of the authority. */
function certificateBinds(needs: readonly RoleOnHost[], folder: string): readonly BindMount[] {
  const server = needs.find(({ certificateOf }) => certificateOf !== undefined)?.certificateOf;
  return [
    ...(server !== undefined || needs.some(({ authorities }) => authorities)
      ? [{ source: `${folder}/ca.pem`, target: MOUNTS.authorities }]
      : []),
    ...(server === undefined ? [] : [{ source: `${folder}/${server}`, target: MOUNTS.certificate }]),
  ];
}
