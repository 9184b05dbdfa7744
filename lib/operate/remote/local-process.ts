import { spawn } from 'node:child_process';

/** What a program on this machine did. */
export interface LocalOutcome {
  /** Exit code; null when it was ended because its time was over. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program on this machine is run. */
export interface LocalOptions {
  readonly input?: string;
  /** Seconds. */
  readonly timeout: number;
  /** Gets each line of output as it comes. */
  readonly onLine?: (line: string) => void;
  /**
   * The program goes on in the background with our pipes after it ended, as `ssh -f` may.
   * @default false
   */
  readonly leavesPipesOpen?: boolean;
}

/** Runs a program without a shell. Only one that cannot be started throws, with the system's code. */
export async function runLocal(program: string, args: readonly string[], options: LocalOptions): Promise<LocalOutcome> {
  // In a group of its own: Ctrl-C asks us, and not the command that is at work on a host.
  const child = spawn(program, [...args], { stdio: 'pipe', env: process.env, detached: true });
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  for (const name of ['stdout', 'stderr'] as const) {
    const lines = lineReader(options.onLine);
    child[name].on('data', (data: Buffer) => {
      output[name].push(data);
      lines(data);
    });
    child[name].once('end', () => lines(undefined));
  }
  // A program that does not read its input closes it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, options.timeout * 1000);
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once(options.leavesPipesOpen ? 'exit' : 'close', (code) => resolve(code));
      // What it had started may hold the pipes for long.
      child.once('exit', () => timedOut && resolve(null));
    });
    const text = (parts: readonly Buffer[]): string => Buffer.concat(parts).toString('utf8');
    return {
      status: timedOut ? null : (status ?? 255),
      stdout: text(output.stdout),
      stderr: text(output.stderr),
    };
  } finally {
    clearTimeout(timer);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

/** Cuts output into lines; without more data it gives the rest. */
function lineReader(onLine: ((line: string) => void) | undefined): (data: Buffer | undefined) => void {
  if (!onLine) return () => undefined;
  const decoder = new TextDecoder();
  let rest = '';
  return (data) => {
    const parts = (rest + decoder.decode(data, { stream: data !== undefined })).split('\n');
    rest = parts.pop() ?? '';
    parts.forEach(onLine);
    if (data === undefined && rest !== '') onLine(rest);
  };
}
