import { existsSync } from 'node:fs';
import { terraform, type SynthOutput } from '../terraform';
import { LabError } from '../topology-lab/plan';
import type { Pair } from './pair';
import { prepareData } from './prepare';

/** Seconds from the end of an apply to services: initdead, and every member of the group on a slow node. */
const STARTS = 420;

/**
 * Brings a lab from empty disks to work: Terraform, then what clients need. Whatever is done already is left alone.
 * @returns who is active
 * @throws LabError with what did not come
 */
export async function deploy(pair: Pair, output: SynthOutput, report: (line: string) => void): Promise<string> {
  const { lab } = pair;
  const began = Date.now();
  const passed = (): string => `${((Date.now() - began) / 1000).toFixed(0)} s`;
  const run = async (...words: string[]): Promise<void> => {
    const status = await terraform(lab, output, words);
    if (status !== 0) throw new LabError(`terraform ${words.join(' ')} ended with ${status}`);
  };
  if (!existsSync(lab.directory.file('terraform', 'cdktf.out', 'stacks', lab.plan.name, '.terraform')))
    await run('init', '-no-color');
  await run('apply', '-auto-approve', '-no-color', '-compact-warnings');
  report(`applied after ${passed()}`);
  const active = await pair.whole(STARTS);
  report(`${active} runs the group after ${passed()}`);
  await prepareData(pair, report);
  report(`ready after ${passed()}`);
  return active;
}
