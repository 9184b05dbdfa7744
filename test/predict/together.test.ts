import { calibrate } from '../../lib/predict/calibrate';
import { isHonest, middle } from '../../lib/predict/interval';
import type { ServiceOutcome } from '../../lib/predict/outcome';
import { defaultStepTimes } from '../../lib/predict/step-times';
import type { GroupMemberFacts } from '../../lib/topology/cluster';
import type { Topology } from '../../lib/topology/topology';
import { groupwarePair } from '../support/pair';
import { outcomeOf } from './support';

const inTurn = groupwarePair();
const together = groupwarePair({}, {}, { start: 'together' });
const POWER = 'node-power-cut:hq/ox1';
const SWITCH = 'planned-switch:hq/ox1';

const phasesOf = (outcome: ServiceOutcome, kind: string): readonly string[] =>
  outcome.timeline!.phases.filter((one) => one.kind === kind).map(({ text }) => text);

/** The longest and shortest time of the phase whose text has a word. */
const timeOf = (outcome: ServiceOutcome, word: string): readonly number[] => {
  const { lower, upper } = outcome.timeline!.phases.find(({ text }) => text.includes(word))!.duration;
  return [lower, upper];
};

const withServices = (topology: Topology, requires: 'nothing' | 'the one before', count: number): Topology => {
  const [cluster] = topology.clusters;
  const [group] = cluster!.groups;
  const generic = topology.services.find(({ settings }) => settings.kind === 'generic')!;
  const ids = Array.from({ length: count }, (_, index) => `service ${index}`);
  const services = ids.map((id, index) => ({
    ...generic,
    id,
    requires: requires === 'nothing' || index === 0 ? [] : [ids[index - 1]!],
  }));
  const members: GroupMemberFacts[] = ids.map((id) => ({ id, path: id, kind: 'service', service: id }));
  return { ...topology, services, backups: [], clusters: [{ ...cluster!, groups: [{ ...group!, members }] }] };
};

test('a takeover is told as promotions, mounts and services, each kind in one phase, then the address', () => {
  expect(phasesOf(outcomeOf(together, POWER), 'start')).toEqual([
    'together: ldap, database, imap-index, imap-spool, queue, documents become primary',
    'together: mount /var/lib/ldap, /var/lib/pgsql, /var/lib/imap, /var/spool/imap, /var/spool/mta, /var/opt/openexchange and replay journals',
    'together: slapd, saslauthd, postgresql, cyrus-imapd, postfix, openexchange with recovery',
    'address 192.168.1.160',
  ]);
});

test('it is shorter than one in turn, and as short for every service', () => {
  const total = (topology: Topology, service: string): number =>
    middle(outcomeOf(topology, SWITCH, service).timeline!.total);
  expect(total(together, 'openexchange')).toBeLessThan(0.7 * total(inTurn, 'openexchange'));
  expect(total(together, 'directory')).toBe(total(together, 'openexchange'));
});

test('with the address first a client waits for all that starts together, and for no more', () => {
  const early = groupwarePair({}, {}, { start: 'together', addressPosition: 'first' });
  const outcome = outcomeOf(early, SWITCH);
  expect(phasesOf(outcome, 'start').map((text) => text.split(' ')[0])).toEqual([
    'address',
    'together:',
    'together:',
    'together:',
  ]);
  expect(phasesOf(outcome, 'stop').at(-1)).toBe('stop address 192.168.1.160');
});

test('stops are told in reverse order', () => {
  expect(phasesOf(outcomeOf(together, SWITCH), 'stop').map((text) => text.slice(0, 30))).toEqual(
    [
      'stop address 192.168.1.160',
      'together: stop slapd, saslauthd',
      'together: stop mount /var/lib/l',
      'together: stop ldap, database, ',
    ].map((text) => text.slice(0, 30)),
  );
});

test('further promotions and mounts add a fifth of the first each; mounts below others wait for them', () => {
  const { activation, mount } = defaultStepTimes;
  const outcome = outcomeOf(together, SWITCH);
  expect(timeOf(outcome, 'become primary')).toEqual([activation.lower * 2, activation.upper * 2]);
  expect(timeOf(outcome, ': mount')).toEqual([mount.lower * 2, mount.upper * 2]);
  const nested = {
    ...together,
    clusters: together.clusters.map((cluster) => ({
      ...cluster,
      groups: cluster.groups.map((group) => ({
        ...group,
        members: group.members.map((member) =>
          member.kind === 'mount' && member.directory !== '/var/lib/ldap'
            ? { ...member, directory: `/var/lib/ldap${member.directory}` }
            : member,
        ),
      })),
    })),
  };
  expect(timeOf(outcomeOf(nested, SWITCH), ': mount')[0]).toBeCloseTo(mount.lower * 2.8);
});

test('services that require nothing take at least half of what they take in turn, a chain all of it', () => {
  const { start, stop } = defaultStepTimes.services.generic;
  const timesOf = (topology: Topology): readonly (readonly number[])[] => {
    const outcome = outcomeOf(topology, SWITCH, 'service 0');
    return ['together: stop openexchange', 'together: openexchange'].map((text) => timeOf(outcome, text));
  };
  expect(timesOf(withServices(together, 'nothing', 6))).toEqual(
    [stop, start].map(({ lower }) => [lower * 3, lower * 6]),
  );
  expect(timesOf(withServices(together, 'the one before', 6))).toEqual(
    [stop, start].map(({ lower, upper }) => [lower * 6, upper * 6]),
  );
});

test.each(['nothing', 'the one before'] as const)(
  'stays a prediction with many services that require %s',
  (requires) => {
    const { total } = outcomeOf(withServices(together, requires, 60), SWITCH, 'service 3').timeline!;
    expect(isHonest(total)).toBe(true);
  },
);

test('services that require each other in a circle end', () => {
  const chain = withServices(together, 'the one before', 3);
  const services = chain.services.map((one, index) => (index === 0 ? { ...one, requires: ['service 2'] } : one));
  expect(outcomeOf({ ...chain, services }, SWITCH, 'service 0').timeline).toBeDefined();
});

test('a measured switch sets its steps (calibrate)', () => {
  const times = calibrate(together, { interruption: 41_000 });
  const { total } = outcomeOf(together, SWITCH, 'openexchange', times).timeline!;
  expect(Math.abs(middle(total) - 41_000)).toBeLessThan(50);
});
