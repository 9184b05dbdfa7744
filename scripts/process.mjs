// What the longer test scripts share: bounded child processes and a directory that goes away.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Runs a command and returns what it wrote to both outputs; another exit status than the expected one is an error. */
export function run(command, args, { cwd, env = {}, seconds = 120, status = 0 }) {
  const started = performance.now();
  // A test runner or CI around this script must not change what the child does.
  const outer = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !['CI', 'JEST_WORKER_ID'].includes(name)),
  );
  const result = spawnSync(command, args, {
    cwd,
    env: { ...outer, ...env },
    encoding: 'utf8',
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
  });
  const output = `${result.stdout}${result.stderr}`;
  const line = [path.basename(command), ...args].join(' ').replace(/\s+/g, ' ').slice(0, 100);
  if (result.error || result.status !== status) {
    const ended = result.error?.message ?? `exit status ${result.status}, expected ${status}`;
    throw new Error(`${line}: ${ended}\n${output}`);
  }
  console.log(`ok  ${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${line}`);
  return output;
}

/** Gives a new directory to the work and removes it afterwards; a failure is printed and sets the exit status. */
export function inTemporaryDirectory(prefix, work) {
  const directory = mkdtempSync(path.join(os.tmpdir(), prefix));
  try {
    work(directory);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Fails with a message unless the condition holds. */
export function expectThat(condition, message) {
  if (!condition) throw new Error(message);
}
