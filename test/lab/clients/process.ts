import { spawn, type ChildProcess } from 'node:child_process';
import { until } from '../host/execute';
import { clientOf, readBack } from './operations';
import { RunFolder } from './folder';
import { loop } from './loop';
import { writes, type ClientFacts } from './plan';
import { LabError } from '../topology-lab/plan';

/** Seconds until a client that failed tries again. */
const RETRY = 0.15;

/** All clients of a folder, inside the lab's network, until standard input ends. */
export async function runClients(folder: string): Promise<void> {
  const run = new RunFolder(folder);
  const { settings } = run;
  let stopped = false;
  process.stdin.resume();
  process.stdin.once('end', () => (stopped = true));
  await Promise.all(
    settings.plan.clients.map((facts) => {
      const { operate, pause } = clientOf(facts, run);
      return loop({ ledger: run.ledgerFile(facts.name), operate, pause, retry: RETRY, stopped: () => stopped });
    }),
  );
  process.exit(0);
}

/** The kinds of clients that see what was written: those that write, and those that look it up. */
function readable(facts: ClientFacts): boolean {
  return facts.kind === 'directory-read' || (writes(facts) && facts.kind !== 'directory-write');
}

/** Prints the numbers that are there, by client, as JSON. Runs inside the lab's network. */
export async function printReadBack(folder: string): Promise<void> {
  const { settings } = new RunFolder(folder);
  const found: Record<string, readonly number[] | { readonly error: string }> = {};
  for (const facts of settings.plan.clients.filter(readable)) {
    try {
      found[facts.name] = (await readBack(facts, settings)) ?? [];
    } catch (error) {
      found[facts.name] = { error: (error as Error).message };
    }
  }
  process.stdout.write(JSON.stringify(found), () => process.exit(0));
}

/** Words that run an exported function of the lab's bundle in a network namespace. */
export function inNamespace(namespace: string, bundle: string, name: string, folder: string): readonly string[] {
  const call = `require(${JSON.stringify(bundle)}).${name}(${JSON.stringify(folder)})`;
  return ['netns', 'exec', namespace, process.execPath, '-e', call];
}

/** The process of the clients. */
export class ClientProcess {
  private ended = false;
  private said = '';

  private constructor(private readonly child: ChildProcess) {
    child.once('close', () => (this.ended = true));
    child.stderr?.on('data', (data: Buffer) => (this.said = (this.said + data.toString()).slice(-2000)));
  }

  /** Starts all clients of a folder, or its sink. */
  static start(
    namespace: string,
    bundle: string,
    folder: string,
    what: 'runClients' | 'runSink' = 'runClients',
  ): ClientProcess {
    const words = inNamespace(namespace, bundle, what, folder);
    return new ClientProcess(spawn('ip', words, { stdio: ['pipe', 'ignore', 'pipe'] }));
  }

  /** @throws LabError when it has ended by itself */
  check(): void {
    if (this.ended) throw new LabError(`the clients ended by themselves: ${this.said.trim()}`);
  }

  /** Lets every client complete its operation, and ends them. */
  async stop(): Promise<void> {
    this.child.stdin?.end();
    if (!(await until(20, () => this.ended))) this.child.kill('SIGKILL');
  }
}
