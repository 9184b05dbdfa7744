import { spawn } from 'node:child_process';
import { alive, killGroup, recordOf } from './process-record';

test('a whole group ends, with the children that its leader has started', async () => {
  const child = spawn('sh', ['-c', 'sleep 60 & sleep 60'], { stdio: 'ignore', detached: true });
  const record = recordOf(child.pid ?? 0);
  if (!record) throw new Error('the process has no record');
  expect(alive(record)).toBe(true);
  expect(await killGroup(record)).toBe(true);
  expect(alive(record)).toBe(false);
});

test('another process that has the id of one that ended is left alone', async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
  const record = recordOf(child.pid ?? 0);
  if (!record) throw new Error('the process has no record');
  const earlier = { ...record, started: '1' };
  expect(alive(earlier)).toBe(false);
  expect(await killGroup(earlier)).toBe(true);
  expect(alive(record)).toBe(true);
  await killGroup(record);
});
