import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Lab } from '../lab';
import type { DrillResult } from './result';

/** Writes down how long a planned switch took on this lab, in milliseconds. */
export function writeCalibration(lab: Lab, interruption: number): void {
  mkdirSync(lab.directory.file('drills'), { recursive: true });
  writeFileSync(lab.directory.file('drills', 'calibration.json'), `${JSON.stringify({ interruption })}\n`);
}

/** What a planned switch took; undefined when none was measured. */
export function readCalibration(lab: Lab): number | undefined {
  const file = lab.directory.file('drills', 'calibration.json');
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { interruption: number }).interruption;
}

/** Adds a result to those of a lab. */
export function addResult(lab: Lab, result: DrillResult): void {
  mkdirSync(lab.directory.file('drills'), { recursive: true });
  appendFileSync(lab.directory.file('drills', 'results.jsonl'), `${JSON.stringify(result)}\n`);
}

/** All results of a lab, in the order in which they came. */
export function readResults(lab: Lab): readonly DrillResult[] {
  const file = lab.directory.file('drills', 'results.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as DrillResult);
}
