import type { MountMemberFacts } from '../topology/cluster';
import { depthBelow } from '../topology/directory';
import type { JoinedMemberFacts } from '../topology/group-steps';
import type { ServiceFacts } from '../topology/service';
import { between, scaled, sum, type Interval } from './interval';
import type { ServiceStepTimes } from './step-times';
import { phase, type Phase } from './timeline';
import type { World } from './world';

/** What the phases of one resource script begin with: the log of heartbeat tells the end of the last of them only. */
export const TOGETHER = 'together: ';

/**
 * What each further promotion or mount adds, as a part of the first one's time: a process and its share of the disk or of
 * the connection, and not the chain of scripts that the first one's time holds.
 */
const FURTHER = 0.2;

/** Services that do not wait for each other share the node, which does at most so many at a time without delay. */
const PROCESSORS = 2;

/** The starts of members that one resource script starts: promotions, then mounts, then services. */
export function joinedStarts(world: World, members: readonly JoinedMemberFacts[], crashed: boolean): readonly Phase[] {
  const { times } = world;
  const replays = crashed && mountsOf(members).some(hasJournal);
  return phases('start', [
    [`${promoted(world, members)} become primary`, promotedTime(members, times.activation)],
    [
      `mount ${directories(members)}${replays ? ' and replay journals' : ''}`,
      mountedTime(members, (mount) => (crashed && hasJournal(mount) ? sum([times.mount, times.journal]) : times.mount)),
    ],
    [
      `${names(world, members)}${crashed && recovers(world, members) ? ' with recovery' : ''}`,
      servicesTime(world, members, ({ start, recovery }) => (crashed ? sum([start, recovery]) : start)),
    ],
  ]);
}

/** The stops of members that one resource script stops, in reverse order. */
export function joinedStops(world: World, members: readonly JoinedMemberFacts[]): readonly Phase[] {
  const { times } = world;
  return phases('stop', [
    [`stop ${names(world, members)}`, servicesTime(world, members, ({ stop }) => stop)],
    [`stop mount ${directories(members)}`, mountedTime(members, () => times.unmount)],
    [`stop ${promoted(world, members)} as primary`, promotedTime(members, times.deactivation)],
  ]);
}

function phases(kind: 'start' | 'stop', all: readonly (readonly [string, Interval | undefined])[]): readonly Phase[] {
  return all.flatMap(([text, time]) => (time ? [phase(kind, TOGETHER + text, time)] : []));
}

function promotedTime(members: readonly JoinedMemberFacts[], first: Interval): Interval | undefined {
  const count = members.filter(({ kind }) => kind === 'activation').length;
  return count === 0 ? undefined : withFurther(Array<Interval>(count).fill(first));
}

/** Mounts below others wait for them; all of one depth run side by side. */
function mountedTime(
  members: readonly JoinedMemberFacts[],
  timeOf: (mount: MountMemberFacts) => Interval,
): Interval | undefined {
  const mounts = mountsOf(members);
  const mountPoints = mounts.map(({ directory }) => directory);
  const depths = new Map<number, Interval[]>();
  for (const mount of mounts) {
    const depth = depthBelow(mount.directory, mountPoints);
    depths.set(depth, [...(depths.get(depth) ?? []), timeOf(mount)]);
  }
  return mounts.length === 0 ? undefined : sum([...depths.values()].map(withFurther));
}

function withFurther(steps: readonly Interval[]): Interval {
  const ordered = [...steps].sort((a, b) => b.upper - a.upper);
  return sum(ordered.map((step, index) => (index === 0 ? step : scaled(step, FURTHER))));
}

/**
 * At least the longest chain of services that require each other, and what the processors have to do; at most one after
 * the other, but never more than twice the least, as any step (`StepTimes`).
 */
function servicesTime(
  world: World,
  members: readonly JoinedMemberFacts[],
  timeOf: (times: ServiceStepTimes) => Interval,
): Interval | undefined {
  const services = servicesOf(world, members);
  if (services.length === 0) return undefined;
  const steps = new Map(services.map((one) => [one.id, timeOf(world.times.services[one.settings.kind])]));
  const chain = longestChain(services, steps);
  const all = sum([...steps.values()]);
  const least = Math.max(chain.lower, Math.round(all.lower / PROCESSORS));
  return between(least, Math.max(chain.upper, Math.min(all.upper, 2 * least)));
}

function longestChain(services: readonly ServiceFacts[], steps: ReadonlyMap<string, Interval>): Interval {
  const none = between(0, 0);
  const known = new Map<string, Interval>();
  const byId = new Map(services.map((one) => [one.id, one]));
  const chainTo = (id: string): Interval => {
    const service = byId.get(id);
    const found = known.get(id);
    if (found || !service) return found ?? none;
    // A service that comes to itself again waits for nothing more.
    known.set(id, none);
    const chain = sum([longest(service.requires.map(chainTo)), steps.get(id) ?? none]);
    known.set(id, chain);
    return chain;
  };
  return longest(services.map(({ id }) => chainTo(id)));
}

function longest(intervals: readonly Interval[]): Interval {
  return between(
    Math.max(0, ...intervals.map(({ lower }) => lower)),
    Math.max(0, ...intervals.map(({ upper }) => upper)),
  );
}

const mountsOf = (members: readonly JoinedMemberFacts[]): readonly MountMemberFacts[] =>
  members.filter((member) => member.kind === 'mount');

const servicesOf = ({ found }: World, members: readonly JoinedMemberFacts[]): readonly ServiceFacts[] =>
  members.flatMap((member) => (member.kind === 'service' ? [found.service(member.service)] : []));

/** Whether a mount after a crash replays a journal on this node. */
export const hasJournal = ({ fileSystem }: MountMemberFacts): boolean => fileSystem !== 'nfs' && fileSystem !== 'nfs4';

const recovers = (world: World, members: readonly JoinedMemberFacts[]): boolean =>
  servicesOf(world, members).some(({ settings }) => world.times.services[settings.kind].recovery.upper > 0);

const promoted = ({ found }: World, members: readonly JoinedMemberFacts[]): string =>
  members
    .flatMap((member) => (member.kind === 'activation' ? [found.drbdResource(member.resource).name] : []))
    .join(', ');

const directories = (members: readonly JoinedMemberFacts[]): string =>
  mountsOf(members)
    .map(({ directory }) => directory)
    .join(', ');

const names = (world: World, members: readonly JoinedMemberFacts[]): string =>
  servicesOf(world, members)
    .map(({ name }) => name)
    .join(', ');
