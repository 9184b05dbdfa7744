import type {
  FencingDeviceFacts,
  GroupMemberFacts,
  HeartbeatClusterFacts,
  NetworkLinkFacts,
  ResourceGroupFacts,
  SerialLinkFacts,
} from '../../lib/topology/cluster';
import type { BackupFacts } from '../../lib/topology/backup';
import type { DrbdResourceFacts } from '../../lib/topology/drbd';
import type { ServiceFacts } from '../../lib/topology/service';
import type { FailureDomainFacts, HostFacts, NetworkFacts } from '../../lib/topology/site';
import type { Topology } from '../../lib/topology/topology';
import { groupwarePair } from '../support/pair';

/** The pair without faults; every fixture is this one with a small change. */
export const pair: Topology = groupwarePair();

/** A change of one entity: the properties that differ, or a function that makes them from the entity. */
export type Change<T> = Partial<T> | ((entity: T) => Partial<T>);

export function patch<T extends { readonly id: string }>(
  items: readonly T[],
  ids: readonly string[],
  change: Change<T>,
): T[] {
  const missing = ids.find((id) => !items.some((item) => item.id === id));
  if (missing !== undefined) throw new Error(`the fixture has no '${missing}'`);
  return items.map((item) =>
    ids.includes(item.id) ? { ...item, ...(typeof change === 'function' ? change(item) : change) } : item,
  );
}

export const withHost = (id: string, change: Change<HostFacts>, of = pair): Topology => ({
  ...of,
  hosts: patch(of.hosts, [id], change),
});

export const withNetwork = (id: string, change: Change<NetworkFacts>, of = pair): Topology => ({
  ...of,
  networks: patch(of.networks, [id], change),
});

export const withResource = (id: string, change: Change<DrbdResourceFacts>, of = pair): Topology => ({
  ...of,
  drbdResources: patch(of.drbdResources, [id], change),
});

export const withAllResources = (change: Change<DrbdResourceFacts>, of = pair): Topology => ({
  ...of,
  drbdResources: patch(
    of.drbdResources,
    of.drbdResources.map((resource) => resource.id),
    change,
  ),
});

export const withService = (id: string, change: Change<ServiceFacts>, of = pair): Topology => ({
  ...of,
  services: patch(of.services, [id], change),
});

export const withBackup = (id: string, change: Change<BackupFacts>, of = pair): Topology => ({
  ...of,
  backups: patch(of.backups, [id], change),
});

export const withDevice = (id: string, change: Change<FencingDeviceFacts>, of = pair): Topology => ({
  ...of,
  fencingDevices: patch(of.fencingDevices, [id], change),
});

export const withCluster = (change: Change<HeartbeatClusterFacts>, of = pair): Topology => ({
  ...of,
  clusters: patch(of.clusters, ['ox'], change),
});

export const withGroup = (change: Change<ResourceGroupFacts>, of = pair): Topology =>
  withCluster((cluster) => ({ groups: patch(cluster.groups, ['ox/groupware'], change) }), of);

/** Changes the member list of the only group. */
export const withMembers = (
  change: (members: readonly GroupMemberFacts[]) => readonly GroupMemberFacts[],
  of = pair,
): Topology => withGroup((group) => ({ members: change(group.members) }), of);

/** Changes the members of one kind, or the one whose id ends with the given words. */
export const withMember = (
  ending: string,
  change: (member: GroupMemberFacts) => GroupMemberFacts,
  of = pair,
): Topology =>
  withMembers((members) => members.map((member) => (member.id.endsWith(ending) ? change(member) : member)), of);

/** Removes the members whose id ends with the given words. */
export const withoutMember = (ending: string, of = pair): Topology =>
  withMembers((members) => members.filter((member) => !member.id.endsWith(ending)), of);

/** Puts the member whose id ends with the given words to a place in the start order. */
export const moveMember = (ending: string, place: number, of = pair): Topology =>
  withMembers((members) => {
    const moved = members.find((member) => member.id.endsWith(ending));
    if (!moved) throw new Error(`the fixture has no member '${ending}'`);
    const rest = members.filter((member) => member !== moved);
    return [...rest.slice(0, place), moved, ...rest.slice(place)];
  }, of);

/** Two groups: what ends with one of the given words goes into the second one, on ox2. */
export const inTwoGroups = (second: readonly string[], of = pair): Topology =>
  withCluster(
    (cluster) => ({
      standby: 'hot',
      groups: cluster.groups.flatMap((group) => {
        const moves = (member: GroupMemberFacts): boolean => second.some((ending) => member.id.endsWith(ending));
        return [
          { ...group, members: group.members.filter((member) => !moves(member)) },
          {
            id: 'ox/mail',
            path: 'groupware/ox/mail',
            name: 'mail',
            preferred: 'hq/ox2',
            start: 'in-turn' as const,
            members: [...group.members.filter(moves), address('192.168.1.165')],
          },
        ];
      }),
    }),
    of,
  );

/** The members around Cyrus and Postfix. */
export const mailMembers = [
  'activation imap-index',
  'mount /var/lib/imap',
  'activation imap-spool',
  'mount /var/spool/imap',
  'service cyrus',
  'activation queue',
  'mount /var/spool/mta',
  'service postfix',
] as const;

/** A virtual address for the end of a group. */
export const address = (text: string): GroupMemberFacts => ({
  id: `ox/address ${text}`,
  path: `groupware/ox/address ${text}`,
  kind: 'address',
  address: text,
  prefixLength: 24,
  network: 'hq/lan',
  interfaces: [],
  script: 'IPaddr2',
});

/** A failure domain of the site. */
export const domain = (name: string, kind: FailureDomainFacts['kind']): FailureDomainFacts => ({
  id: `hq/${name}`,
  path: `groupware/hq/${name}`,
  kind,
  site: 'hq',
});

export const withDomains = (domains: readonly FailureDomainFacts[], of = pair): Topology => ({
  ...of,
  failureDomains: [...of.failureDomains, ...domains],
});

function linkOver(network: string): NetworkLinkFacts {
  const links = pair.clusters.flatMap((cluster) => cluster.links);
  const link = links.find((one): one is NetworkLinkFacts => one.kind !== 'serial' && one.network === network);
  if (!link) throw new Error(`the fixture has no link over '${network}'`);
  return link;
}

/** The links of the pair. */
export const lanLink = linkOver('hq/lan');
export const replicationLink = linkOver('hq/link');
export const serialLink: SerialLinkFacts = {
  kind: 'serial',
  baud: 19_200,
  ends: ['hq/ox1', 'hq/ox2'].map((host) => ({ host, device: '/dev/ttyS0' })),
};

/** Only the topology's origin changes: a file may say less, so that rules stay silent. */
export const asFiles = (of: Topology): Topology => ({ ...of, origin: 'files' });

/** One DRBD resource that is the copy of another under a name of its own. */
export const copyOf = (id: string, change: Partial<DrbdResourceFacts>, of = pair): Topology => {
  const original = of.drbdResources.find((resource) => resource.id === id);
  if (!original) throw new Error(`the fixture has no '${id}'`);
  const copy = { ...original, id: 'copy', path: 'groupware/copy', name: 'copy', ...change };
  return { ...of, drbdResources: [...of.drbdResources, copy] };
};
