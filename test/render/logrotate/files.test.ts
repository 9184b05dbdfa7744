import { files } from '../../../lib/render/logrotate/files';
import { groupwarePair } from '../../support/pair';

const pair = groupwarePair();

test("takes the place of the package's file, so that the log is named once", () => {
  const [file, ...others] = files(pair, 'hq/ox1');
  expect(others).toEqual([]);
  expect(file).toMatchObject({ path: '/etc/logrotate.d/heartbeat', mode: '0644', checker: 'logrotate' });
  expect(file?.content).toMatch(/^# Tandem: .*\n\/var\/log\/ha-log \{\n( {4}[a-z0-9A-Z ]+\n)+\}\n$/);
});

test('is not there on a host without Heartbeat', () => {
  expect(files({ ...pair, clusters: [] }, 'hq/ox1')).toEqual([]);
});
