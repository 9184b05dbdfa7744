import { IPv6 } from 'ipaddr.js';
import type {
  AddressMemberFacts,
  GroupMemberFacts,
  HeartbeatClusterFacts,
  MountMemberFacts,
  ResourceGroupFacts,
} from '../../topology/cluster';
import { groupSteps } from '../../topology/group-steps';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { FormatError } from '../format-error';
import { GROUP_RESOURCE } from '../group-start/names';
import { clusterOf } from '../ha-cf/cluster-of';
import { group, resource, type HaResource, type HaResourceGroup, type HaResources } from './syntax';

/** Resource script that watches the services of a group. */
const MONITOR = 'tandem-monitor';

/**
 * haresources of a cluster: one line for each group that has members, sorted by name. It is the same on both nodes.
 * Empty for a host that is no node.
 * @throws FormatError when two groups begin with the same resource, by which heartbeat tells them apart
 */
export function build(topology: Topology, host: EntityId): HaResources {
  const cluster = clusterOf(topology, host);
  if (!cluster) return { items: [] };
  const filled = cluster.groups.filter((candidate) => candidate.members.length > 0);
  const items = filled.map((candidate) => line(topology, cluster, candidate));
  const keys = new Map<string, string>();
  items.forEach((item, index) => {
    const [first] = item.resources;
    const facts = filled[index];
    if (!first || !facts) return;
    const key = [first.script, ...first.arguments].join('::');
    const other = keys.get(key);
    if (other !== undefined)
      throw new FormatError(
        {
          format: 'haresources',
          what: `the first resource of group '${facts.name}'`,
          problem: `is also the first of group '${other}'`,
          remedy: 'begin each group with a resource of its own',
          value: key,
        },
        facts.path,
      );
    keys.set(key, facts.name);
  });
  return { items };
}

function line(topology: Topology, cluster: HeartbeatClusterFacts, facts: ResourceGroupFacts): HaResourceGroup {
  const members = groupSteps(facts).map((step) =>
    step.kind === 'together' ? resource(GROUP_RESOURCE, facts.name) : memberResource(topology, cluster, step.member),
  );
  const monitor = cluster.monitoring ? [resource(MONITOR, facts.name)] : [];
  return group(lookup(topology).host(facts.preferred).name, [...members, ...monitor]);
}

function memberResource(topology: Topology, cluster: HeartbeatClusterFacts, member: GroupMemberFacts): HaResource {
  switch (member.kind) {
    case 'address':
      return resource(member.script, address(cluster, member));
    case 'activation':
      return resource(member.script, lookup(topology).drbdResource(member.resource).name);
    case 'mount':
      return mount(member);
    case 'service':
      return resource(lookup(topology).service(member.service).name);
    case 'other':
      return resource(member.script, ...member.arguments);
  }
}

/** `::` separates arguments in haresources, so an IPv6 address is written with all its parts. */
function withoutColonPair(address: string): string {
  return address.includes('::') ? IPv6.parse(address).toNormalizedString() : address;
}

/** `address/prefix/interface`; the interface only where it has one name on all nodes, for the line is the same on all. */
function address(cluster: HeartbeatClusterFacts, member: AddressMemberFacts): string {
  const written = withoutColonPair(member.address);
  if (member.prefixLength === undefined) return written;
  const names = cluster.nodes.map((node) => member.interfaces.find((candidate) => candidate.host === node)?.interface);
  const [name] = names;
  const everywhere = name !== undefined && names.every((candidate) => candidate === name);
  return [written, member.prefixLength, ...(everywhere ? [name] : [])].join('/');
}

const mount = ({ device, directory, fileSystem, options }: MountMemberFacts): HaResource =>
  resource('Filesystem', device, directory, fileSystem, ...(options === undefined ? [] : [options]));
