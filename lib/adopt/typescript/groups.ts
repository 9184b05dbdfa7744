import type {
  AddressMemberFacts,
  GroupMemberFacts,
  HeartbeatClusterFacts,
  MountMemberFacts,
  ResourceGroupFacts,
  ServiceMemberFacts,
} from '../../topology/cluster';
import type { ServiceSettings } from '../../topology/service';
import { kindOfScript } from '../resources/services';
import { call, element, list, object, property, text, type Code } from './code';
import { camelCase, constructName } from './names';
import type { StackParts } from './stack-parts';

/** Classes that also write the configuration of a service. */
const CLASSES: Readonly<Partial<Record<ServiceSettings['kind'], string>>> = {
  openldap: 'OpenLdap',
  postgresql: 'PostgreSql',
  'cyrus-imap': 'CyrusImap',
  postfix: 'Postfix',
  saslauthd: 'SaslAuthd',
};

/** Adds one group with its services and shared volumes. */
export function addGroup(parts: StackParts, cluster: HeartbeatClusterFacts, group: ResourceGroupFacts): void {
  const preferred = parts.constantOf('host', group.preferred);
  if (preferred === undefined || !cluster.nodes.includes(group.preferred)) {
    parts.left.push(`the group of ${group.preferred}: that is no node of the cluster`);
    return;
  }
  const members = group.members.flatMap((member, index) => memberCode(parts, member, group.members[index + 1]));
  const addresses = group.members.filter((member) => member.kind === 'address');
  parts.add(
    '',
    call(
      'cluster.addGroup',
      text(constructName(group.name)),
      object(
        property('preferred', preferred),
        property('address', addressCode(parts, addresses)),
        property('addressPosition', positionOf(parts, group)),
        property('addressScript', scriptOf(parts, addresses)),
        // That of the constructs is another one.
        property('start', group.start === 'together' ? undefined : text(group.start)),
        property('members', list(members.map((member) => element(member)))),
      ),
    ),
  );
}

function addressCode(parts: StackParts, addresses: readonly AddressMemberFacts[]): Code {
  const codes = addresses.flatMap((member) => {
    const network = parts.constantOf('network', member.network ?? '');
    return network === undefined ? [] : [call(`${network}.virtualAddress`, text(member.address))];
  });
  const [only] = codes;
  return codes.length === 1 && only !== undefined ? only : list(codes.map((code) => element(code)));
}

function positionOf(parts: StackParts, group: ResourceGroupFacts): string | undefined {
  const kinds = group.members.map((member) => member.kind === 'address');
  const first = kinds[0] === true;
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  if (changes > 1)
    parts.left.push(
      `group ${group.name}: addresses between other members; all of them are ${first ? 'first' : 'last'} now`,
    );
  return first && kinds.length > 1 ? text('first') : undefined;
}

function scriptOf(parts: StackParts, addresses: readonly AddressMemberFacts[]): string | undefined {
  const scripts = new Set(addresses.map((member) => member.script));
  if (scripts.size > 1) parts.left.push('resource script IPaddr of one address; all use IPaddr2');
  return scripts.size === 1 && scripts.has('IPaddr') ? text('IPaddr') : undefined;
}

/** The code of a member; addresses are a property of the group. */
function memberCode(parts: StackParts, member: GroupMemberFacts, next: GroupMemberFacts | undefined): readonly Code[] {
  switch (member.kind) {
    case 'address':
      return [];
    case 'activation': {
      const resource = parts.constantOf('resource', member.resource);
      // A mount promotes its resource itself.
      const implied = next?.kind === 'mount' && next.source.kind === 'drbd' && next.source.resource === member.resource;
      if (resource === undefined || (implied && member.script === 'drbddisk')) return [];
      return [call(`${resource}.activated`, member.script === 'drbddisk' ? undefined : text(member.script))];
    }
    case 'mount':
      return mountCode(parts, member);
    case 'service':
      return [serviceCode(parts, member)];
    case 'other':
      parts.left.push(
        `haresources, ${[member.script, ...member.arguments].join('::')}: groups of the model have no such member`,
      );
      return [];
  }
}

function mountCode(parts: StackParts, member: MountMemberFacts): readonly Code[] {
  const { source, directory, fileSystem, options } = member;
  const place = text(directory.replace(/(?<=.)\/+$/u, ''));
  const extra = object(property('options', options === undefined ? undefined : text(options)));
  const type = fileSystem === 'ext4' && extra === undefined ? undefined : text(fileSystem);
  if (source.kind === 'drbd') {
    const resource = parts.constantOf('resource', source.resource);
    if (resource === undefined) return [];
    const volumes = parts.topology.drbdResources.find((candidate) => candidate.id === source.resource)?.volumes ?? [];
    const index = volumes.findIndex((volume) => volume.number === source.volume);
    return [
      index > 0
        ? call(`${resource}.volumeMountedAt`, String(index), place, type, extra)
        : call(`${resource}.mountedAt`, place, type, extra),
    ];
  }
  const volume = source.kind === 'shared' ? sharedVolume(parts, source.volume) : undefined;
  if (volume !== undefined) return [call(`${volume}.mountedAt`, place, text(fileSystem), extra)];
  parts.left.push(
    `haresources, mount of ${member.device} on ${directory}: what the device is shows in none of the files`,
  );
  return [];
}

function sharedVolume(parts: StackParts, id: string): string | undefined {
  const known = parts.constantOf('shared', id);
  const volume = parts.topology.sharedVolumes.find((candidate) => candidate.id === id);
  if (known !== undefined || !volume) return known;
  const constant = parts.constants.give(camelCase(`${volume.kind} volume`, 'volume'));
  const hosts = volume.hosts.flatMap((host) => parts.constantOf('host', host) ?? []);
  parts.define(
    'shared',
    id,
    constant,
    call(
      `new ${parts.use('SharedVolume')}`,
      'this',
      text(parts.constructs.give(constructName(constant))),
      object(
        property('kind', text(volume.kind)),
        property('source', text(volume.source)),
        property('hosts', list(hosts.map((host) => element(host)))),
      ),
    ),
  );
  return constant;
}

function serviceCode(parts: StackParts, member: ServiceMemberFacts): Code {
  const script = parts.topology.services.find((service) => service.id === member.service)?.name ?? member.service;
  const constant = parts.constants.give(camelCase(script, 'service'), camelCase(`${script} service`, 'service'));
  const name = parts.constructs.give(constructName(script), constructName(`${script}-service`));
  const known = CLASSES[kindOfScript(script)];
  parts.define(
    'service',
    member.service,
    constant,
    call(
      `new ${parts.use('Service')}`,
      'this',
      text(name),
      object(property('initScript', name === script ? undefined : text(script))),
    ),
    ...(known === undefined ? [] : [`${known} instead of Service also writes its configuration and knows its state`]),
  );
  return constant;
}
