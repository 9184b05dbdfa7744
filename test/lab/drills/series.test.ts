import { LabError } from '../topology-lab/plan';
import type { Drill } from './drill';
import type { Pair } from './pair';
import type { DrillResult } from './result';
import { runSeries } from './series';

const drills: readonly Drill[] = ['a', 'b', 'c'].map((name) => ({ name, title: name, run: () => Promise.resolve() }));
const pair = {} as Pair;
const result = (passed: boolean): DrillResult => ({ passed }) as DrillResult;

test('every drill counts', async () => {
  const lines: string[] = [];
  const run = (_: Pair, { name }: Drill): Promise<DrillResult> => Promise.resolve(result(name !== 'b'));
  expect(await runSeries(pair, drills, 60, (line) => lines.push(line), run)).toEqual({ passed: 2, failed: 1 });
  expect(lines).toEqual(['failed: b']);
});

test('fails what was not run when the pair is not whole', async () => {
  const lines: string[] = [];
  const run = (_: Pair, { name }: Drill): Promise<DrillResult> =>
    name === 'a' ? Promise.resolve(result(true)) : Promise.reject(new LabError('ox2 does not answer'));
  expect(await runSeries(pair, drills, 60, (line) => lines.push(line), run)).toEqual({ passed: 1, failed: 2 });
  expect(lines[0]).toBe('FAILED b, c: not run, ox2 does not answer');
});

test('fails what was not run when the time is over', async () => {
  const lines: string[] = [];
  const run = (): Promise<DrillResult> => Promise.resolve(result(true));
  expect(await runSeries(pair, drills, 0, (line) => lines.push(line), run)).toEqual({ passed: 0, failed: 3 });
  expect(lines).toContain('failed: a, b, c');
});
