import { spawn } from 'node:child_process';
import { closeSync, cpSync, openSync } from 'node:fs';
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

/** The command line that deploys instead of Terraform itself, and the project in which it does. */
export interface CdktfCommand {
  readonly program: string;
  readonly repository: string;
}

/**
 * Runs Terraform on the stack of a lab, in its network, with keys and drawn secrets.
 * @param log file for what it prints beside errors; else the terminal gets it
 * @param seen gets what it prints on the terminal
 * @returns the exit code
 */
export function terraform(
  lab: Lab,
  { folder, topology }: SynthOutput,
  words: readonly string[],
  { log, seen }: Pick<Attachment, 'log' | 'seen'> = {},
): Promise<number> {
  // A copy: the state of what Terraform made of this lab goes away with the lab.
  const copy = lab.directory.file('terraform', 'cdktf.out', 'stacks', lab.plan.name);
  cpSync(path.join(folder, 'stacks', lab.plan.name), copy, { recursive: true });
  const command = [...withAgent(lab), 'terraform', `-chdir=${copy}`, ...words];
  const environment = terraformEnvironment(lab, topology);
  return attached('ip', ['netns', 'exec', lab.namespace.name, ...command], { environment, log, seen });
}

/**
 * Deploys the stack of a lab with the cdktf command line, which synthesizes it anew, beside the lab's Terraform state.
 * @param seen gets what it prints on the terminal
 * @returns the exit code
 */
export function cdktfDeploy(
  lab: Lab,
  { topology }: SynthOutput,
  { program, repository }: CdktfCommand,
  seen: (text: string) => void,
): Promise<number> {
  const words = ['deploy', lab.plan.name, '--auto-approve', '--output', lab.directory.file('terraform', 'cdktf.out')];
  const command = [...withAgent(lab), program, ...words];
  return attached('ip', ['netns', 'exec', lab.namespace.name, ...command], {
    environment: { ...terraformEnvironment(lab, topology), CI: 'true' },
    folder: repository,
    seen,
  });
}

/** How a program is run with the terminal of this process. */
interface Attachment {
  /** Added to that of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** File for its output; errors go to the terminal. */
  readonly log?: string | undefined;
  /** Gets its output, beside the terminal. */
  readonly seen?: ((text: string) => void) | undefined;
}

/** Runs a program with the terminal of this process. @returns the exit code */
export async function attached(
  program: string,
  args: readonly string[],
  { environment, folder, log, seen }: Attachment = {},
): Promise<number> {
  const output = log === undefined ? undefined : openSync(log, 'w', 0o600);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(program, [...args], {
        stdio: ['inherit', output ?? (seen ? 'pipe' : 'inherit'), 'inherit'],
        cwd: folder,
        env: { ...process.env, ...environment },
      });
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        process.stdout.write(text);
        seen?.(text);
      });
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    if (output !== undefined) closeSync(output);
  }
}
