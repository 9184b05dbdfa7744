import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execute, must, until, type ExecuteOptions } from '../lab/host/execute';

/** A Docker daemon. */
export interface Engine {
  /** As `DOCKER_HOST` has it. */
  readonly endpoint: string;
  /** Ends what was started for it. */
  stop(): Promise<void>;
}

/** The engine of this machine; undefined where none answers. */
export async function findEngine(): Promise<Engine | undefined> {
  const endpoint = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
  return (await answers(endpoint)) ? { endpoint, stop: () => Promise.resolve() } : undefined;
}

/** The engine of this machine, or one of our own that lives as long as the test. */
export async function findOrStartEngine(report: (line: string) => void): Promise<Engine> {
  const engine = await findEngine();
  if (!engine) return startEngine(report, true);
  report(`engine at ${engine.endpoint}`);
  return engine;
}

/** A daemon that is like a machine of its own: what it started ends with it, at once. */
export class OwnEngine implements Engine {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'tandem-docker-'));
  private readonly log = openSync(this.file('log'), 'a');
  private machine?: ChildProcess;
  private uplink?: ChildProcess;
  readonly endpoint = `unix://${this.file('docker.sock')}`;

  /** Process in whose network namespace the daemon and its bridges are. */
  get pid(): number {
    if (this.machine?.pid === undefined) throw new Error('the engine does not run');
    return this.machine.pid;
  }

  /**
   * Starts it, with the containers that it had. Its bridges and rules touch nothing here, as it has a network namespace of
   * its own; with an uplink its containers reach package archives through a tap device.
   */
  async start(uplink: boolean): Promise<void> {
    // What it left in memory belongs to processes that are gone.
    for (const left of ['pid', 'docker.sock', 'exec']) rmSync(this.file(left), { recursive: true, force: true });
    const stdio: StdioOptions = ['ignore', this.log, this.log];
    this.machine = spawn(
      'unshare',
      [
        ...['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
        ...['sh', '-c', 'ip link set lo up && exec "$@"', 'sh', 'docker-init', '--', 'dockerd'],
        ...['--data-root', this.file('data'), '--exec-root', this.file('exec'), '--pidfile', this.file('pid')],
        ...['-H', this.endpoint],
      ],
      { stdio },
    );
    await within(60, 'dockerd', () => answers(this.endpoint));
    if (!uplink) return;
    const args = ['--configure', '--mtu=1400', '--disable-host-loopback', String(this.pid), 'tap0'];
    this.uplink = spawn('slirp4netns', args, { stdio });
    await within(20, 'slirp4netns', async () => {
      const { status } = await execute('nsenter', this.entering('ip', 'route', 'get', '203.0.113.1'));
      return status === 0;
    });
  }

  /** Ends it as a power cut does, with all of its containers. */
  async kill(): Promise<void> {
    for (const child of [this.uplink, this.machine]) if (child) await end(child);
    this.uplink = undefined;
    this.machine = undefined;
  }

  /** Runs a program in its network. */
  run(args: readonly string[], options: ExecuteOptions = {}): Promise<string> {
    return must('nsenter', this.entering(...args), options);
  }

  async stop(): Promise<void> {
    await this.kill();
    closeSync(this.log);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What it said last. */
  said(): string {
    return readFileSync(this.file('log'), 'utf8').split('\n').slice(-15).join('\n');
  }

  private entering(...args: readonly string[]): string[] {
    return ['-t', String(this.pid), '-n', '--', ...args];
  }

  private file(name: string): string {
    return path.join(this.folder, name);
  }
}

/** Starts an engine of our own; what it said is shown where it does not come up. */
export async function startEngine(report: (line: string) => void, uplink: boolean): Promise<OwnEngine> {
  const began = Date.now();
  const engine = new OwnEngine();
  try {
    await engine.start(uplink);
  } catch (error) {
    report(engine.said());
    await engine.stop();
    throw error;
  }
  report(`engine of our own, started in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return engine;
}

async function answers(endpoint: string): Promise<boolean> {
  const { status } = await execute('docker', ['version'], { env: { DOCKER_HOST: endpoint }, timeout: 10 });
  return status === 0;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** @throws Error where the condition does not hold within so many seconds */
export async function within(seconds: number, what: string, condition: () => Promise<boolean>): Promise<void> {
  if (!(await until(seconds, condition))) throw new Error(`${what}: not within ${seconds} s`);
}
