import { calibrate } from '../../lib/predict/calibrate';
import { isHonest, middle } from '../../lib/predict/interval';
import { failoverTime, recoveryPoints, resyncTimes, transferTime } from '../../lib/predict/sizing';
import { defaultStepTimes } from '../../lib/predict/step-times';
import { groupwarePair } from '../support/pair';
import { outcomeOf, withResources } from './support';

const pair = groupwarePair();
const MIB = 1024 * 1024;
const sized = withResources(pair, ({ disk, volumes }) => ({
  disk: { ...disk, alExtents: 257, resyncRate: 5 * MIB },
  volumes: volumes.map((volume) => ({ ...volume, size: 100 * 1024 * MIB })),
}));

test('257 extents at 5 MB/s are brought over in 206 s after a crash (X23)', () => {
  expect(resyncTimes(sized)[0]?.afterCrash).toBeCloseTo(205_600, 0);
});

test('100 GB at 5 MB/s are brought over in 5.7 h', () => {
  expect((resyncTimes(sized)[0]?.full ?? 0) / 3_600_000).toBeCloseTo(5.7, 1);
  expect(transferTime(5, 5)).toBe(1000);
});

test('what is not known of a resync is not told', () => {
  const unknown = withResources(pair, ({ disk }) => ({ disk: { ...disk, resyncRate: undefined } }));
  expect(resyncTimes(unknown)[0]).toEqual({ resource: resyncTimes(pair)[0]?.resource });
  expect(resyncTimes(pair)[0]?.full).toBeUndefined();
});

test('the recovery point is nothing with a node, the dump interval with both disks (E18)', () => {
  const points = new Map(recoveryPoints(pair).map((point) => [point.service, point]));
  expect(points.get('directory')).toEqual({
    service: 'directory',
    node: { kind: 'none' },
    disks: { kind: 'since-dump', within: 1_800_000 },
  });
  expect(points.get('cyrus')?.disks).toEqual({ kind: 'everything' });
  expect(points.has('saslauthd')).toBe(false);
});

test('the failover time of a group is that of its last service', () => {
  expect(failoverTime(pair, 'ox/groupware')).toEqual(
    outcomeOf(pair, 'node-power-cut:hq/ox1', 'openexchange').timeline?.total,
  );
  expect(failoverTime(pair, 'ox/other')).toBeUndefined();
});

describe('calibration', () => {
  const times = calibrate(pair, { interruption: 60_000 });

  test('makes the middle of the planned switch the measured time', () => {
    const { total } = outcomeOf(pair, 'planned-switch:hq/ox1', 'openexchange', times).timeline!;
    expect(Math.abs(middle(total) - 60_000)).toBeLessThan(100);
    expect(isHonest(total)).toBe(true);
  });

  test('leaves detection, fencing, boots and clients as they are', () => {
    const { fencing, fencingByPlugin, join, client } = defaultStepTimes;
    expect(times).toMatchObject({ fencing, fencingByPlugin, join, client });
    expect(times.mount.lower).toBeGreaterThan(defaultStepTimes.mount.lower);
  });

  test('takes the mean of several switches', () => {
    const several = calibrate(pair, [{ interruption: 50_000 }, { interruption: 70_000 }]);
    const { total } = outcomeOf(pair, 'planned-switch:hq/ox1', 'openexchange', several).timeline!;
    expect(Math.abs(middle(total) - 60_000)).toBeLessThan(100);
    expect(() => calibrate(pair, [])).toThrow(/no planned switch was measured/);
  });

  test('fails on a time that no switch takes and on a group that is not there', () => {
    expect(() => calibrate(pair, { interruption: 0 })).toThrow(RangeError);
    expect(() => calibrate(pair, { interruption: 9_000, group: 'x' })).toThrow(/no resource group 'x'/);
  });
});
