import type { HaResource } from '../../render/haresources/syntax';
import type { GroupMemberFacts } from '../../topology/cluster';
import type { AdoptedDrbd } from '../drbd/drbd-conf';
import { joins, unreadableValue } from '../files/rules';
import type { NetworkBook } from '../networks';
import type { Remarks } from '../remarks';
import type { SourceMap } from '../source-map';
import { addressWord, isAddressScript } from './address';
import type { DeviceBook } from './devices';
import type { ServiceBook } from './services';

/** What members of groups are joined with. */
export interface MemberContext {
  readonly nodes: readonly string[];
  readonly drbd?: AdoptedDrbd;
  readonly devices: DeviceBook;
  readonly services: ServiceBook;
  readonly networks: NetworkBook;
  readonly remarks: Remarks;
  readonly sources: SourceMap;
}

/** A member without its place in the topology. */
type Member = GroupMemberFacts extends infer M ? (M extends unknown ? Omit<M, 'id' | 'path'> : never) : never;

/** Script that the cluster's own watcher has in haresources. */
export const MONITOR_SCRIPT = 'tandem-monitor';

/** The members of a group, in the order of its line. */
export function membersOf(
  resources: readonly HaResource[],
  group: string,
  context: MemberContext,
): readonly GroupMemberFacts[] {
  const used = new Map<string, number>();
  return resources.flatMap((resource) =>
    memberOf(resource, group, context).map(([title, member]): GroupMemberFacts => {
      const count = (used.get(title) ?? 0) + 1;
      used.set(title, count);
      const path = `${group}/${title}${count > 1 ? ` (${count})` : ''}`;
      context.sources.add(path, resource.location);
      return { id: path, path, ...member };
    }),
  );
}

function memberOf(
  resource: HaResource,
  group: string,
  context: MemberContext,
): readonly (readonly [title: string, member: Member])[] {
  const { script, arguments: args, location } = resource;
  const other = (): readonly [string, Member] => [`script ${script}`, { kind: 'other', script, arguments: args }];
  if (script === MONITOR_SCRIPT || script === '') return [];
  if (isAddressScript(script)) return [addressOf(resource, group, context) ?? other()];
  if (script === 'drbddisk' || script === 'datadisk') return activations(resource, script, group, context) ?? [other()];
  if (script === 'Filesystem') return [mountOf(resource, group, context) ?? other()];
  if (args.length > 0) return [other()];
  const service = context.services.add(script, location);
  return [[`service ${service.id}`, { kind: 'service', service: service.id }]];
}

function addressOf(
  resource: HaResource,
  path: string,
  { nodes, networks, remarks }: MemberContext,
): readonly [string, Member] | undefined {
  const word = addressWord(resource);
  if (!word) {
    remarks.finding(unreadableValue, {
      path,
      problem: `resource '${resource.script}' has no address that can be read`,
      value: resource.arguments.join('::'),
      remedy: "write 'ADDRESS/PREFIX/INTERFACE'",
      location: resource.location,
    });
    return undefined;
  }
  const { address, prefixLength, script } = word;
  const on = word.interface;
  return [
    `address ${address}`,
    {
      kind: 'address',
      address,
      prefixLength,
      network: networks.networkOf(address),
      interfaces: on === undefined ? [] : nodes.map((host) => ({ host, interface: on })),
      script,
    },
  ];
}

function activations(
  resource: HaResource,
  script: 'drbddisk' | 'datadisk',
  path: string,
  { drbd, remarks }: MemberContext,
): readonly (readonly [string, Member])[] | undefined {
  if (!drbd) return undefined;
  const [name] = resource.arguments;
  // Without a name the script promotes all resources.
  const wanted = name === undefined ? drbd.resources : drbd.resources.filter((candidate) => candidate.name === name);
  if (wanted.length > 0)
    return wanted.map(({ id }) => [`activation ${id}`, { kind: 'activation', resource: id, script }]);
  if (name !== undefined && !drbd.stacked.includes(name))
    remarks.finding(joins, {
      path,
      problem: 'a DRBD resource is activated that drbd.conf does not have',
      value: name,
      remedy: `name one of ${drbd.resources.map((candidate) => candidate.name).join(', ') || 'its resources'}`,
      location: resource.location,
    });
  return undefined;
}

function mountOf(
  resource: HaResource,
  path: string,
  { devices, remarks }: MemberContext,
): readonly [string, Member] | undefined {
  const [device, directory, fileSystem = 'auto', options] = resource.arguments;
  if (device === undefined || directory === undefined) {
    remarks.finding(unreadableValue, {
      path,
      problem: "resource 'Filesystem' lacks a device or directory",
      value: resource.arguments.join('::'),
      remedy: "write 'Filesystem::DEVICE::DIRECTORY::TYPE'",
      location: resource.location,
    });
    return undefined;
  }
  if (devices.isMissing(device))
    remarks.finding(joins, {
      path,
      problem: 'a DRBD device is mounted that no resource of drbd.conf has',
      value: `${device} on ${directory}`,
      remedy: 'mount the device of the resource that the group activates',
      location: resource.location,
    });
  const source = devices.sourceOf(device, fileSystem);
  return [`mount ${directory}`, { kind: 'mount', source, device, directory, fileSystem, options }];
}
