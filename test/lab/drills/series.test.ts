import { LabError } from '../topology-lab/plan';
import type { Drill } from './drill';
import type { Pair } from './pair';
import type { Check, DrillResult } from './result';
import { runSeries } from './series';

const drills: readonly Drill[] = ['a', 'b', 'c'].map((name) => ({ name, title: name, run: () => Promise.resolve() }));
const pair = {} as Pair;
const result = (passed: boolean): DrillResult => ({ passed, checks: [] as readonly Check[] }) as DrillResult;

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

describe('a drill that fails', () => {
  const time: Check = { what: 'slapd: interrupted', held: false, detail: '', timed: true };
  const loss: Check = { what: 'slapd: nothing acknowledged is missing', held: false, detail: '' };
  const failed = (stolen: number, ...checks: readonly Check[]): DrillResult =>
    ({ passed: false, checks, stolen }) as unknown as DrillResult;

  /** How often a drill is run that fails at first, and what is told. */
  async function runs(first: DrillResult): Promise<readonly [number, string]> {
    const lines: string[] = [];
    let count = 0;
    const run = (): Promise<DrillResult> => Promise.resolve((count += 1) === 1 ? first : result(true));
    await runSeries(pair, drills.slice(0, 1), 60, (line) => lines.push(line), run);
    return [count, lines[0] ?? ''];
  }

  test('in times alone, on a machine that was slowed down from outside, is told and run once more', async () => {
    const [count, line] = await runs(failed(0.12, time));
    expect(count).toBe(2);
    expect(line).toMatch(/^a: 12 % of this machine's processors were given to others/);
  });

  test.each([
    ['loses something', failed(0.12, time, loss)],
    ['had the machine for itself', failed(0.04, time)],
  ])('and %s is not', async (_what, first) => {
    expect(await runs(first)).toEqual([1, 'failed: a']);
  });
});
