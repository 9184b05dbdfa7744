import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { printTopology } from '../../../lib/topology/read';
import { LabError } from '../topology-lab/plan';
import { installation } from './installation';
import type { Pair } from './pair';

/**
 * Runs the command line of Tandem in the lab's network, as an operator does it by the runbook.
 * @param seconds that it may take
 * @throws LabError with what it said last, when it does not succeed
 */
export async function operator(
  { lab, topology }: Pair,
  verb: string,
  options: readonly string[],
  seconds: number,
  report: (line: string) => void,
): Promise<void> {
  const program = path.join(installation().repository, 'scripts', 'tandem.mjs');
  const deployment = lab.directory.file('drills', 'topology.json');
  writeFileSync(deployment, printTopology(topology));
  const words = [program, verb, deployment, '--ssh-config', lab.directory.file('ssh_config'), ...options];
  const onLine = (line: string): void => report(`  tandem ${verb}: ${line}`);
  const outcome = await lab.namespace.run(process.execPath, words, { timeout: seconds, onLine });
  if (outcome.status === 0) return;
  const how = outcome.timedOut ? `took more than ${seconds} s` : `ended with ${outcome.status}`;
  throw new LabError(`tandem ${verb} ${how}: ${outcome.stderr.trim().split('\n').slice(-3).join(' ')}`);
}
