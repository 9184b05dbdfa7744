import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a script did. */
export interface ScriptResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `timeout` that keeps what heartbeat is asked to hand over, and is the real one for everything else. */
export const STANDBY_OR_TIMEOUT =
  'if test "$5" = standby; then sed -n s/^rsc_hold=//p >>"$node/standby"; else exec /usr/bin/timeout "$@"; fi';

/** A directory in which a rendered script runs with programs of the test in place of the node's. */
export class FakeNode {
  readonly directory = mkdtempSync(join(tmpdir(), 'tandem-node-'));
  private readonly programs = join(this.directory, 'bin');

  constructor(fakes: Readonly<Record<string, string>> = {}) {
    mkdirSync(this.programs);
    writeFileSync(this.path('calls'), '');
    for (const [name, body] of Object.entries(fakes)) this.fake(name, body);
  }

  /** A program that notes its call, then runs the text with `$node` as this directory. */
  fake(name: string, body: string): void {
    const note = `printf '%s\\n' "${name} $*" >>"$node/calls"`;
    const path = join(this.programs, name);
    writeFileSync(path, `#!/bin/sh\n${note}\n${body}\n`);
    chmodSync(path, 0o755);
  }

  /** Path of a file of the node. */
  path(name: string): string {
    return join(this.directory, name);
  }

  write(name: string, content: string): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  append(name: string, content: string): void {
    appendFileSync(this.path(name), content);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(this.path(name));
  }

  remove(name: string): void {
    rmSync(this.path(name), { recursive: true, force: true });
  }

  /** The calls of fakes so far, of one program when its name is given. */
  calls(program?: string): string[] {
    const all = this.read('calls').split('\n').filter(Boolean);
    return program === undefined ? all : all.filter((call) => call.startsWith(`${program} `));
  }

  /** What heartbeat was asked to hand over (`STANDBY_OR_TIMEOUT`). */
  standbyRequests(): string[] {
    return this.has('standby') ? this.read('standby').split('\n').filter(Boolean) : [];
  }

  run(
    script: string,
    args: readonly string[] = [],
    environment: Record<string, string> = {},
    input = '',
  ): ScriptResult {
    const file = this.write('script', script);
    const env = { PATH: `${this.programs}:/usr/bin:/bin`, node: this.directory, ...environment };
    const result = spawnSync('sh', [file, ...args], { encoding: 'utf8', env, input, timeout: 20_000 });
    return { status: result.status, stdout: result.stdout, stderr: result.stderr };
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
