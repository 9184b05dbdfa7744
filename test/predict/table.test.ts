import { faultId } from '../../lib/predict/fault';
import { singleFaults } from '../../lib/predict/single-faults';
import { predictionTable } from '../../lib/predict/table';
import { tableText } from '../../lib/predict/text';
import { groupwarePair } from '../support/pair';

const pair = groupwarePair();
const ids = singleFaults(pair).map(faultId);
const rows = predictionTable(pair);

test('the faults of the pair have stable ids, each once', () => {
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(
    expect.arrayContaining([
      'node-power-cut:hq/ox1',
      'node-hang:hq/ox2',
      'process-kill:directory',
      'process-hang:directory',
      'network-cut:hq/link',
      'network-cut:hq/link@hq/ox1',
      'serial-cut:ox#2',
      'heartbeat-cut:ox',
      'power-feed-loss:hq/feed-a',
      'disk-error:hq/ox1:/dev/sdb',
      'full-disk:ox/groupware:/var/lib/ldap',
      'data-disks-destroyed:ox',
      'site-loss:hq',
      'fencing-device-loss:hq/ox1-ipmi',
      'planned-switch:hq/ox1',
    ]),
  );
});

test('a device of another cluster, or of none, is no fault', () => {
  const other = { ...pair.fencingDevices[0]!, id: 'hq/spare' };
  expect(singleFaults({ ...pair, fencingDevices: [...pair.fencingDevices, other] }).map(faultId)).toEqual(ids);
});

test('every fault has a row, and services that are treated alike share it', () => {
  expect(new Set(rows.map(({ fault }) => fault))).toEqual(new Set(ids));
  const killed = rows.filter(({ fault }) => fault === 'process-kill:directory');
  expect(killed.map(({ services, outcome }) => [services, outcome.state])).toEqual([
    [['slapd'], 'interrupted'],
    [['saslauthd', 'cyrus-imapd', 'postfix', 'openexchange'], 'degraded'],
  ]);
});

test('the table fits 120 columns and has its columns below each other', () => {
  const lines = tableText(rows).split('\n');
  const column = lines[0]!.indexOf('OUTCOME');
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
  expect(lines.find((line) => line.startsWith('power of ox1 cut'))?.indexOf('interrupted')).toBe(column);
  expect(lines.find((line) => line.startsWith('openexchange stands still'))).toMatch(
    /down +until mended +nothing +a person$/,
  );
});

test('names that are longer than a column are cut into it', () => {
  const long = predictionTable({
    ...pair,
    services: pair.services.map((service) => ({ ...service, name: `${service.name}${'x'.repeat(60)}` })),
  });
  expect(
    tableText(long)
      .split('\n')
      .every((line) => line.length <= 120),
  ).toBe(true);
});
