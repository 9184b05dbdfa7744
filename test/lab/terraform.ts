import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import type { Topology } from '../../lib/topology/topology';
import type { Lab } from './lab';
import { terraformEnvironment, withAgent } from './terraform-environment';

/** Where a synth has written. */
export interface SynthOutput {
  /** The folder with `stacks` and `tandem`. */
  readonly folder: string;
  readonly topology: Topology;
}

/** Runs Terraform on the stack of a lab, in its network, with keys and drawn secrets. @returns the exit code */
export function terraform(lab: Lab, { folder, topology }: SynthOutput, words: readonly string[]): Promise<number> {
  // A copy: the state of what Terraform made of this lab goes away with the lab.
  const copy = lab.directory.file('terraform', 'cdktf.out', 'stacks', lab.plan.name);
  cpSync(path.join(folder, 'stacks', lab.plan.name), copy, { recursive: true });
  const command = [...withAgent(lab), 'terraform', `-chdir=${copy}`, ...words];
  return attached('ip', ['netns', 'exec', lab.namespace.name, ...command], terraformEnvironment(lab, topology));
}

/**
 * Deploys the stack of a lab with the cdktf command line, which synthesizes it anew, beside the lab's Terraform state.
 * @param program the command line
 * @returns the exit code
 */
export function cdktfDeploy(lab: Lab, { topology }: SynthOutput, repository: string, program: string): Promise<number> {
  const words = ['deploy', lab.plan.name, '--auto-approve', '--output', lab.directory.file('terraform', 'cdktf.out')];
  const command = [...withAgent(lab), program, ...words];
  return attached(
    'ip',
    ['netns', 'exec', lab.namespace.name, ...command],
    { ...terraformEnvironment(lab, topology), CI: 'true' },
    repository,
  );
}

/** Runs a program with the terminal of this process. @returns the exit code */
export function attached(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { stdio: 'inherit', cwd, env: { ...process.env, ...env } });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
