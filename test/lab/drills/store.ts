import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { MeasuredSwitch } from '../../../lib/predict/calibrate';
import type { Lab } from '../lab';
import type { MeasuredReturn } from '../../../lib/predict/replication/server-return';
import { switchesOf } from './expectation';
import type { DrillResult } from './result';

/** Of how many planned switches of a group the step times come: there and back, so that each node has started its part. */
const SWITCHES = 2;

/** Writes down how long a planned switch took on this lab. */
export function addSwitch(lab: Lab, measured: MeasuredSwitch): void {
  mkdirSync(lab.directory.file('drills'), { recursive: true });
  const known = readSwitches(lab);
  const own = [...switchesOf(known, measured.group), measured].slice(-SWITCHES);
  const switches = [...known.filter(({ group }) => group !== measured.group), ...own];
  writeFileSync(lab.directory.file('drills', 'switches.json'), `${JSON.stringify(switches)}\n`);
}

/** What the last planned switches of each group took; empty when none was measured. */
export function readSwitches(lab: Lab): readonly MeasuredSwitch[] {
  const file = lab.directory.file('drills', 'switches.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as MeasuredSwitch[]) : [];
}

/** Of how many returns of directory servers their times come. */
const RETURNS = 2;

/** Writes down how long a directory server took from power on to its first answer on this lab. */
export function addReturn(lab: Lab, measured: MeasuredReturn): void {
  mkdirSync(lab.directory.file('drills'), { recursive: true });
  const returns = [...readReturns(lab), measured].slice(-RETURNS);
  writeFileSync(lab.directory.file('drills', 'returns.json'), `${JSON.stringify(returns)}\n`);
}

/** What the last returns of directory servers took; empty when none was measured. */
export function readReturns(lab: Lab): readonly MeasuredReturn[] {
  const file = lab.directory.file('drills', 'returns.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as MeasuredReturn[]) : [];
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
