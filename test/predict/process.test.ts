import { groupwarePair } from '../support/pair';
import { outcomeOf, withCluster } from './support';

const pair = groupwarePair();
const KILL = 'process-kill:directory';
const HANG = 'process-hang:directory';

test('a killed service stays away when nobody watches (E15)', () => {
  const outcome = outcomeOf(withCluster(pair, { monitoring: undefined }), KILL);
  expect(outcome).toMatchObject({ state: 'down', timeline: undefined, person: 'restart slapd.service on ox1' });
});

test('a killed service is found by the next probe and restarted', () => {
  const outcome = outcomeOf(pair, KILL);
  expect(outcome.state).toBe('interrupted');
  expect(outcome.timeline).toMatchObject({ sooner: 10_000 });
  expect(outcome.timeline!.phases[0]!.duration).toEqual({ lower: 10_000, upper: 11_000 });
  expect(outcome.heals).toContain('after 3 restarts within an hour the group goes to ox2');
});

test('a service that stands still needs the time limit of the probe as well', () => {
  expect(outcomeOf(pair, HANG).timeline!.phases[0]!.duration).toEqual({ lower: 20_000, upper: 21_000 });
});

test('a service whose probe asks systemd alone is not found when it stands still', () => {
  expect(outcomeOf(pair, 'process-hang:openexchange', 'openexchange').state).toBe('down');
  expect(outcomeOf(pair, 'process-kill:openexchange', 'openexchange').state).toBe('interrupted');
});

test('without a restart before the switch the whole group goes to the other node', () => {
  const monitoring = { interval: 10_000, timeout: 10_000, restartsBeforeSwitch: 0 };
  const switched = withCluster(pair, { monitoring });
  expect(outcomeOf(switched, KILL).timeline!.phases.map(({ text }) => text)).toContain('stop address 192.168.1.160');
  expect(outcomeOf(switched, KILL, 'postgresql').state).toBe('interrupted');
});

test('services that need the killed one work in part, the others as before', () => {
  const states = (service: string): string => outcomeOf(pair, KILL, service).state;
  expect(['saslauthd', 'cyrus', 'postfix', 'openexchange'].map(states)).toEqual(Array(4).fill('degraded'));
  expect(states('postgresql')).toBe('works');
});
