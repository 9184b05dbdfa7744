import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { aloneAtWork } from './at-work';
import { recordOf } from './process-record';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tandem-at-work-'));
  file = path.join(folder, 'at-work.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

test('while one works on a lab, another one is told who it is', async () => {
  await aloneAtWork(file, 'soak', async () => {
    await expect(aloneAtWork(file, 'drill', () => Promise.resolve())).rejects.toThrow(
      `'soak' works on this lab, process ${process.pid}: wait until it has ended`,
    );
  });
  expect(await aloneAtWork(file, 'drill', () => Promise.resolve('done'))).toBe('done');
});

test('work that fails is over', async () => {
  await expect(aloneAtWork(file, 'drill', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(file)).toBe(false);
});

test("what a program left that was killed is in nobody's way, also when its id is used again", async () => {
  writeFileSync(file, JSON.stringify({ ...recordOf(process.pid), started: '1', verb: 'soak' }));
  expect(await aloneAtWork(file, 'drill', () => Promise.resolve('done'))).toBe('done');
});
