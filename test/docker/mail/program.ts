import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { OwnEngine, within, type Engine } from '../engine';

/** A program of node in the network of an engine, whose lines of output are kept. */
export class Program {
  readonly lines: string[] = [];
  private readonly child: ChildProcessWithoutNullStreams;
  private said = '';

  constructor(engine: Engine, repository: string, name: string, args: readonly string[]) {
    const program = [process.execPath, path.join(repository, 'test/docker/mail', name), ...args];
    const [first = '', ...rest] =
      engine instanceof OwnEngine ? ['nsenter', '-t', String(engine.pid), '-n', '--', ...program] : program;
    this.child = spawn(first, rest);
    let left = '';
    this.child.stdout.on('data', (data: Buffer) => {
      const parts = (left + data.toString()).split('\n');
      left = parts.pop() ?? '';
      this.lines.push(...parts);
    });
    this.child.stderr.on('data', (data: Buffer) => (this.said += data.toString()));
  }

  /** Writes a line to it, and waits until it says so. */
  async tell(line: string): Promise<void> {
    const before = this.count(`now ${line}`);
    this.child.stdin.write(`${line}\n`);
    await within(10, `a program takes '${line}'`, () => Promise.resolve(this.count(`now ${line}`) > before));
  }

  /** Waits until it says a line. */
  async says(line: string, seconds: number): Promise<void> {
    await within(seconds, `a program says '${line}' ${this.said}`, () => Promise.resolve(this.lines.includes(line)));
  }

  /** Lets it end by itself. */
  endInput(): void {
    this.child.stdin.end();
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }

  private count(line: string): number {
    return this.lines.filter((one) => one === line).length;
  }
}
