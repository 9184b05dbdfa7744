import { groupwarePair } from '../support/pair';
import { kindsOf, outcomeOf, withResources } from './support';

const pair = groupwarePair();
const ACTIVE = 'disk-error:hq/ox1:/dev/sdb';
const onIoError = (value: string): ReturnType<typeof groupwarePair> =>
  withResources(pair, ({ disk }) => ({ disk: { ...disk, onIoError: value } }));

test('a disk that is detached leaves the service working over the network, without redundancy (E19)', () => {
  const outcome = outcomeOf(pair, ACTIVE);
  expect(outcome).toMatchObject({ state: 'degraded', timeline: undefined, dataAtRisk: { kind: 'none' } });
  expect(outcome.cause).toContain('reads and writes over the network');
});

test('errors that DRBD hands on stop the service', () => {
  expect(outcomeOf(onIoError('pass_on'), ACTIVE).state).toBe('down');
});

test('a node that halts itself is taken over like one without power', () => {
  expect(kindsOf(outcomeOf(onIoError('panic'), ACTIVE))).toContain('fencing');
});

test('a detached disk without a current peer stops the service', () => {
  expect(outcomeOf(pair, ['network-cut:hq/link', ACTIVE]).state).toBe('down');
  expect(outcomeOf(pair, ['node-power-cut:hq/ox2', ACTIVE]).state).toBe('down');
});

test('the standby whose disk failed takes nothing over', () => {
  expect(outcomeOf(pair, ['disk-error:hq/ox2:/dev/sdb', 'node-power-cut:hq/ox1'])).toMatchObject({
    state: 'down',
    cause: expect.stringContaining('failed'),
  });
});

test('a full file system is full on both copies: the directory refuses changes, PostgreSQL stops', () => {
  expect(outcomeOf(pair, 'full-disk:ox/groupware:/var/lib/ldap')).toMatchObject({
    state: 'degraded',
    dataAtRisk: { kind: 'none' },
  });
  expect(outcomeOf(pair, 'full-disk:ox/groupware:/var/lib/pgsql', 'postgresql').state).toBe('down');
  expect(outcomeOf(pair, 'full-disk:ox/groupware:/var/lib/pgsql').state).toBe('works');
});

test('both data disks: at most the dump interval is lost where there is a dump, else everything', () => {
  const id = 'data-disks-destroyed:ox';
  expect(outcomeOf(pair, id)).toMatchObject({ state: 'down', dataAtRisk: { kind: 'since-dump', within: 1_800_000 } });
  expect(outcomeOf(pair, id, 'cyrus').dataAtRisk).toEqual({ kind: 'everything' });
  expect(outcomeOf(pair, id, 'saslauthd').dataAtRisk).toEqual({ kind: 'none' });
});
