import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { BALANCER_ROLE } from './balancer-role';
import type { ContainerRole, RoleOnHost } from './container-role';
import { directoryRole } from './directory-role';
import { mailRole } from './mail-role';

/** All that a container can be, in the order in which a container begins with them. */
const knownRoles = (topology: Topology): readonly ContainerRole[] => [
  directoryRole(topology),
  mailRole(topology),
  BALANCER_ROLE,
];

/** The roles that hosts of a deployment have; its image has the programs of all of them. */
export const containerRoles = (topology: Topology): readonly ContainerRole[] =>
  knownRoles(topology).filter((role) => topology.hosts.some((host) => role.onHost(topology, host) !== undefined));

/** The roles of a host, with what each needs. */
export const rolesOf = (
  topology: Topology,
  host: HostFacts,
): readonly { readonly role: ContainerRole; readonly needs: RoleOnHost }[] =>
  knownRoles(topology).flatMap((role) => {
    const needs = role.onHost(topology, host);
    return needs ? [{ role, needs }] : [];
  });

/** What the roles are called, for messages. */
export const roleTitles = (topology: Topology): readonly string[] => knownRoles(topology).map(({ title }) => title);
