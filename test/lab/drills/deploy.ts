import { existsSync } from 'node:fs';
import { cdktfDeploy, terraform, type CdktfCommand, type SynthOutput } from '../terraform';
import type { Lab } from '../lab';
import { LabError } from '../topology-lab/plan';
import { placementText, type Pair, type Placement } from './pair';
import { prepareData } from './prepare';

/** Seconds from the end of an apply to services: initdead, and every member of the group on a slow node. */
const STARTS = 420;

/** What every deployment is told. */
export interface DeployOptions {
  readonly output: SynthOutput;
  readonly report: (line: string) => void;
  readonly cdktf?: CdktfCommand | undefined;
}

/**
 * Brings the pair of a lab from empty disks to work: Terraform, then what clients need. Whatever is done already is left alone.
 * @returns who runs what
 * @throws LabError with what did not come
 */
export async function deploy(pair: Pair, options: DeployOptions): Promise<Placement> {
  const { report } = options;
  const passed = await applyStack(pair.lab, options);
  const placement = await pair.whole(STARTS);
  report(`${placementText(placement)} after ${passed()}`);
  await prepareData(pair, report);
  report(`ready after ${passed()}`);
  return placement;
}

/**
 * Runs Terraform, or the cdktf command line, on the stack of a lab.
 * @returns what tells the time that has passed
 * @throws LabError when it fails
 */
export async function applyStack(lab: Lab, { output, report, cdktf }: DeployOptions): Promise<() => string> {
  const began = Date.now();
  const passed = (): string => `${((Date.now() - began) / 1000).toFixed(0)} s`;
  const log = lab.directory.file('terraform', 'output.log');
  let told = '';
  const seen = (text: string): void => {
    told += text;
  };
  const run = async (words: readonly string[], quiet = false): Promise<void> => {
    const status = await terraform(lab, output, words, quiet ? { log } : { seen });
    if (status !== 0)
      throw new LabError(`terraform ${words.join(' ')} ended with ${status}${quiet ? `; see ${log}` : ''}`);
  };
  if (!existsSync(lab.directory.file('terraform', 'cdktf.out', 'stacks', lab.plan.name, '.terraform')))
    await run(['init', '-no-color'], true);
  if (cdktf) {
    const status = await cdktfDeploy(lab, output, cdktf, seen);
    if (status !== 0) throw new LabError(`cdktf deploy ended with ${status}`);
    report(`cdktf has deployed after ${passed()}`);
  }
  // A plan of its own shows every file; what an apply does with it is a few lines.
  await run(['plan', '-out=lab.plan', '-no-color', '-compact-warnings'], true);
  report(`planned after ${passed()}`);
  await run(['apply', '-no-color', '-compact-warnings', 'lab.plan']);
  report(`applied after ${passed()}`);
  const seconds = configuredAfter(told);
  if (seconds !== undefined)
    report(`all hosts had their files, and services took note of them, after ${seconds} s of it`);
  return passed;
}

/**
 * Seconds that Terraform took for the files of all hosts, by what it prints: hosts at the same time, then what they do in turns.
 * What comes after that makes file systems and waits for services. Undefined where no host was configured.
 */
export function configuredAfter(told: string): number | undefined {
  const longest = (resource: string): number | undefined => {
    const times = [...told.matchAll(new RegExp(`${resource}: Creation complete after (?:(\\d+)m)?(\\d+)s`, 'g'))];
    return times.length === 0 ? undefined : Math.max(...times.map(([, m = '0', s]) => Number(m) * 60 + Number(s)));
  };
  const hosts = longest('terraform_data\\.host_\\w+');
  const turns = longest('terraform_data\\.(?:cluster|directory)_(?!\\w*_provision)\\w+');
  return hosts === undefined ? undefined : hosts + (turns ?? 0);
}
