import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { LabError } from '../topology-lab/plan';

/** What a program did. */
export interface Outcome {
  /** Exit code; 128 and the signal's number where a signal ended it, as a shell says it. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** It was ended because its time was over. */
  readonly timedOut: boolean;
}

/** How a program is run. */
export interface ExecuteOptions {
  /**
   * Most seconds that it may take; then it is killed.
   * @default 30
   */
  readonly timeout?: number;
  /** @default - nothing */
  readonly input?: string;
  /** @default - that of this process */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * Gets each line of output as it comes.
   * @default - the lines are only kept
   */
  readonly onLine?: (line: string) => void;
}

/** Runs a program to its end. Only a program that cannot be started throws. */
export async function execute(
  program: string,
  args: readonly string[],
  options: ExecuteOptions = {},
): Promise<Outcome> {
  // A group of its own: what the program has started ends with it.
  const child = start(program, args, options);
  let stdout = '';
  let stderr = '';
  let timedOut = false;
  const lines = lineReader(options.onLine);
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
    lines(data.toString());
  });
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
    lines(data.toString());
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const timer = setTimeout(
    () => {
      timedOut = true;
      killGroup(child.pid);
    },
    (options.timeout ?? 30) * 1000,
  );
  try {
    const status = await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(notStarted(program, error)));
      child.once('close', (code) => resolve(code ?? 128 + 9));
    });
    return { status, stdout, stderr, timedOut };
  } finally {
    clearTimeout(timer);
  }
}

/** Node tells of some reasons at once, and of others by an event. */
function start(program: string, args: readonly string[], options: ExecuteOptions): ChildProcessWithoutNullStreams {
  try {
    return spawn(program, [...args], { detached: true, env: { ...process.env, ...options.env } });
  } catch (error) {
    throw notStarted(program, error as Error);
  }
}

const notStarted = (program: string, { message }: Error): LabError =>
  new LabError(`${program} could not be started: ${message}`);

/**
 * Runs a program that must succeed, and returns its output.
 * @throws LabError with the last lines of what it said
 */
export async function must(program: string, args: readonly string[], options: ExecuteOptions = {}): Promise<string> {
  const outcome = await execute(program, args, options);
  if (outcome.status === 0) return outcome.stdout;
  const said = `${outcome.stdout}\n${outcome.stderr}`.trim().split('\n').slice(-12).join('\n');
  const how = outcome.timedOut ? `did not end within ${options.timeout ?? 30} s` : `failed with ${outcome.status}`;
  throw new LabError(`${[program, ...args].join(' ')} ${how}:\n${said}`);
}

/** Waits until a condition holds; false when the time, in seconds, is over. */
export async function until(
  seconds: number,
  condition: () => Promise<boolean> | boolean,
  pause = 0.2,
): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() >= end) return false;
    await sleep(pause);
  }
}

/** Waits, in seconds. */
export function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}

function lineReader(onLine: ((line: string) => void) | undefined): (text: string) => void {
  let rest = '';
  return (text) => {
    if (!onLine) return;
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    parts.forEach(onLine);
  };
}
