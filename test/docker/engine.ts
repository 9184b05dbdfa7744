import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execute, must, until } from '../lab/host/execute';

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
  if (!engine) return startEngine(report);
  report(`engine at ${engine.endpoint}`);
  return engine;
}

/**
 * A daemon with folders, socket and network namespace of its own, so its bridges and rules touch nothing here. Containers
 * reach package archives through a tap device; where slirp4netns is missing, images can not be built.
 */
async function startEngine(report: (line: string) => void): Promise<Engine> {
  const began = Date.now();
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-docker-'));
  const file = (name: string): string => path.join(folder, name);
  const endpoint = `unix://${file('docker.sock')}`;
  const started: ChildProcess[] = [];
  const log = openSync(file('log'), 'a');
  const start = (program: string, args: readonly string[]): void => {
    started.push(spawn(program, [...args], { stdio: ['ignore', log, log] }));
  };
  const stop = async (): Promise<void> => {
    // The daemon ends its own containerd; the last one to be started goes first.
    for (const child of started.reverse()) await end(child);
    closeSync(log);
    const leftovers = await must('sh', [
      '-c',
      'grep -F "$1" /proc/self/mounts | cut -d " " -f 2 | sort -r',
      'sh',
      folder,
    ]);
    for (const mount of leftovers.split('\n').filter(Boolean)) await execute('umount', ['-l', mount]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    start('unshare', [
      ...['--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', 'dockerd'],
      ...['--data-root', file('data'), '--exec-root', file('exec'), '--pidfile', file('pid'), '-H', endpoint],
    ]);
    await within(60, 'dockerd', () => answers(endpoint));
    const pid = readFileSync(file('pid'), 'utf8').trim();
    start('slirp4netns', ['--configure', '--mtu=1400', '--disable-host-loopback', pid, 'tap0']);
    await within(20, 'slirp4netns', async () => {
      const { status } = await execute('nsenter', ['-t', pid, '-n', 'ip', 'route', 'get', '203.0.113.1']);
      return status === 0;
    });
  } catch (error) {
    report(readFileSync(file('log'), 'utf8').split('\n').slice(-15).join('\n'));
    await stop();
    throw error;
  }
  report(`engine of our own, started in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return { endpoint, stop };
}

async function answers(endpoint: string): Promise<boolean> {
  const { status } = await execute('docker', ['version'], { env: { DOCKER_HOST: endpoint }, timeout: 10 });
  return status === 0;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await ended;
  clearTimeout(hard);
}

/** @throws Error where the condition does not hold within so many seconds */
export async function within(seconds: number, what: string, condition: () => Promise<boolean>): Promise<void> {
  if (!(await until(seconds, condition))) throw new Error(`${what}: not within ${seconds} s`);
}
