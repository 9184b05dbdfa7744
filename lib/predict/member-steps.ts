import type { GroupMemberFacts, ResourceGroupFacts } from '../topology/cluster';
import { groupSteps, type GroupStep } from '../topology/group-steps';
import { sum, type Interval } from './interval';
import { phase, type Phase } from './timeline';
import { hasJournal, joinedStarts, joinedStops } from './together-steps';
import type { PlacedService, World } from './world';

/**
 * The starts that a client of a service waits for, in order: everything up to the service and up to the last address of
 * its group. With the address last it waits for the whole group (E16), and so it does for all that start together.
 * @param crashed the file systems and stores were not closed
 */
export function startPhases(world: World, placed: PlacedService, crashed: boolean): readonly Phase[] {
  return [
    ...neededSteps(placed).flatMap((step) =>
      step.kind === 'together' ? joinedStarts(world, step.members, crashed) : startOf(world, step.member, crashed),
    ),
    phase('client', 'the client tries again', world.times.client),
  ];
}

/** The stops of a group that come before another node may start it: all, in reverse order. */
export function stopPhases(world: World, group: ResourceGroupFacts): readonly Phase[] {
  return stopsOf(world, groupSteps(group));
}

/** The stops during which a service is away already: from its address or itself, whatever stops first. */
export function awayPhases(world: World, placed: PlacedService): readonly Phase[] {
  return stopsOf(world, neededSteps(placed));
}

/** What has to run before a client of a service is answered. */
function neededSteps({ group, place }: PlacedService): readonly GroupStep[] {
  const service = group.members[place];
  const steps = groupSteps(group);
  const last = steps.findLastIndex((step) =>
    step.kind === 'together'
      ? step.members.some((member) => member === service)
      : step.member === service || step.member.kind === 'address',
  );
  return steps.slice(0, last + 1);
}

function stopsOf(world: World, steps: readonly GroupStep[]): readonly Phase[] {
  return steps
    .toReversed()
    .flatMap((step) => (step.kind === 'together' ? joinedStops(world, step.members) : [stopOf(world, step.member)]));
}

function startOf(world: World, member: GroupMemberFacts, crashed: boolean): readonly Phase[] {
  const { times, found } = world;
  switch (member.kind) {
    case 'address':
      return [phase('start', `address ${member.address}`, times.address)];
    case 'activation':
      return [phase('start', `${found.drbdResource(member.resource).name} becomes primary`, times.activation)];
    case 'mount': {
      const recovers = crashed && hasJournal(member);
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
