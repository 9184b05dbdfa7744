import type { GroupMemberFacts, ResourceGroupFacts } from '../topology/cluster';
import { sum, type Interval } from './interval';
import { phase, type Phase } from './timeline';
import type { PlacedService, World } from './world';

/**
 * The starts that a client of a service waits for, in order: everything up to the service and up to the last address of
 * its group. With the address last it waits for the whole group (E16).
 * @param crashed the file systems and stores were not closed
 */
export function startPhases(world: World, { group, place }: PlacedService, crashed: boolean): readonly Phase[] {
  const address = group.members.findLastIndex((member) => member.kind === 'address');
  return [
    ...group.members.slice(0, Math.max(place, address) + 1).flatMap((member) => startOf(world, member, crashed)),
    phase('client', 'the client tries again', world.times.client),
  ];
}

/** The stops of a group that come before another node may start it: all, in reverse order. */
export function stopPhases(world: World, group: ResourceGroupFacts): readonly Phase[] {
  return group.members.toReversed().map((member) => stopOf(world, member));
}

/** The stops during which a service is away already: from its address or itself, whatever stops first. */
export function awayPhases(world: World, { group, place }: PlacedService): readonly Phase[] {
  const address = group.members.findLastIndex((member) => member.kind === 'address');
  const first = Math.max(place, address);
  return stopPhases(world, { ...group, members: group.members.slice(0, first + 1) });
}

function startOf(world: World, member: GroupMemberFacts, crashed: boolean): readonly Phase[] {
  const { times, found } = world;
  switch (member.kind) {
    case 'address':
      return [phase('start', `address ${member.address}`, times.address)];
    case 'activation':
      return [phase('start', `${found.drbdResource(member.resource).name} becomes primary`, times.activation)];
    case 'mount': {
      const recovers = crashed && member.fileSystem !== 'nfs' && member.fileSystem !== 'nfs4';
      return [
        recovers
          ? phase('start', `mount ${member.directory} and replay its journal`, sum([times.mount, times.journal]))
          : phase('start', `mount ${member.directory}`, times.mount),
      ];
    }
    case 'service': {
      const service = found.service(member.service);
      const { start, recovery } = times.services[service.settings.kind];
      const recovers = crashed && recovery.upper > 0;
      return [
        phase(
          'start',
          recovers ? `${service.name} with recovery` : service.name,
          recovers ? sum([start, recovery]) : start,
        ),
      ];
    }
    case 'other':
      return [phase('start', [member.script, ...member.arguments].join('::'), times.other)];
  }
}

function stopOf({ times, found }: World, member: GroupMemberFacts): Phase {
  const stop = (text: string, duration: Interval): Phase => phase('stop', `stop ${text}`, duration);
  switch (member.kind) {
    case 'address':
      return stop(`address ${member.address}`, times.addressStop);
    case 'activation':
      return stop(`${found.drbdResource(member.resource).name} as primary`, times.deactivation);
    case 'mount':
      return stop(`mount ${member.directory}`, times.unmount);
    case 'service': {
      const service = found.service(member.service);
      return stop(service.name, times.services[service.settings.kind].stop);
    }
    case 'other':
      return stop([member.script, ...member.arguments].join('::'), times.other);
  }
}
