import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { APPLY_SCRIPT } from '../../lib/target/ssh/apply/script';
import { withFolder } from './stack';

/** A file of a bundle; owner and group are those of whoever runs the test. */
export interface BundleFile {
  readonly content: string;
  readonly mode?: string;
  readonly checker?: string;
  readonly activation?: string;
  readonly command?: string;
}

export type Bundle = Readonly<Record<string, BundleFile>>;

const { username } = userInfo();
const group = spawnSync('id', ['-gn'], { encoding: 'utf8' }).stdout.trim();

const QUESTION = /^systemctl (is-active|is-enabled|cat)/;

/** A host in a folder: real shell and coreutils, and programs that only write down how they were called. */
export class FakeHost {
  constructor(readonly folder: string) {
    for (const directory of ['bin', 'root', 'upload']) mkdirSync(join(folder, directory));
    this.services(['ntp.service']);
    this.program('systemd-run', '');
    this.program('drbdadm', '! grep -q BROKEN "$2"');
  }

  /** Puts a program in place that writes its arguments down first. */
  program(name: string, body: string): void {
    const path = join(this.folder, 'bin', name);
    writeFileSync(path, `#!/bin/sh\necho "${name} $*" >>'${join(this.folder, 'calls')}'\n${body}\n`);
    chmodSync(path, 0o755);
  }

  /** A systemctl that knows which units are active, and fails at a verb. */
  services(active: readonly string[], failing = 'nothing'): void {
    const states = active.map((unit) => `${unit}) echo active ;;`).join(' ');
    this.program(
      'systemctl',
      `verb=$1; shift\n[ "$verb" != ${failing} ] || { echo "no $verb today"; exit 1; }\n` +
        `case $verb in is-active) for unit; do case $unit in ${states} *) echo inactive ;; esac; done ;; is-enabled) exit 1 ;; esac`,
    );
  }

  /** Uploads a bundle as Terraform makes it. */
  upload(bundle: Bundle, secrets: Readonly<Record<string, string>> = {}): void {
    const lines = Object.entries(bundle).map(
      ([path, file]) => `content ${path} ${Buffer.from(file.content).toString('base64')}\n`,
    );
    const settings = Object.entries(bundle).map(([path, file]) => {
      const words = ['file', path, file.mode ?? '0644', username, group, file.checker ?? '-', file.activation ?? '-'];
      return `${words.join(' ')}\n${file.command === undefined ? '' : `command ${path} ${file.command}\n`}`;
    });
    const values = Object.entries(secrets).map(([name, value]) => `secret ${name} ${value}\n`);
    const data = `bundle 1 mail one 8.4\n${lines.join('')}${settings.join('')}${values.join('')}end\n`;
    this.write('upload/apply', APPLY_SCRIPT + data);
  }

  /** Runs one action; the bundle's id is its whole text, as far as the script cares. */
  act(
    action: string,
    id = 'id-1',
    script = 'upload/apply',
    seconds?: number,
  ): { status: number | null; output: string } {
    const more = seconds === undefined ? [] : [String(seconds)];
    const result = spawnSync('sh', [join(this.folder, script), action, 'mail', id, ...more], {
      encoding: 'utf8',
      timeout: 20_000,
      env: { PATH: `${join(this.folder, 'bin')}:/usr/bin:/bin`, TANDEM_ROOT: join(this.folder, 'root') },
    });
    return { status: result.status, output: result.stdout + result.stderr };
  }

  /** Uploads and runs everything at once. */
  run(bundle: Bundle, id = 'id-1', secrets: Readonly<Record<string, string>> = {}): ReturnType<FakeHost['act']> {
    this.upload(bundle, secrets);
    return this.act('run', id);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** Where a file of the host lies. */
  path(path: string): string {
    return join(this.folder, 'root', path);
  }

  /** A file as the host has it. */
  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(this.path(path));
  }

  mode(path: string): string {
    return (statSync(this.path(path)).mode & 0o777).toString(8);
  }

  /** The calls since the last time, without the looks at states. */
  calls(): string[] {
    return this.takeCalls((call) => !QUESTION.test(call));
  }

  /** The looks at states since the last time; calls are kept. */
  questions(): string[] {
    return this.takeCalls((call) => QUESTION.test(call));
  }

  private takeCalls(wanted: (call: string) => boolean): string[] {
    const path = join(this.folder, 'calls');
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
    writeFileSync(
      path,
      lines
        .filter((line) => !wanted(line) && !QUESTION.test(line))
        .map((line) => `${line}\n`)
        .join(''),
    );
    return lines.filter(wanted);
  }

  /** Everything below the host's root that holds a text. */
  holding(text: string): string[] {
    const found = spawnSync('grep', ['-rl', '--', text, this.folder], { encoding: 'utf8' });
    return found.stdout.split('\n').filter((line) => line !== '' && !line.endsWith('/calls'));
  }
}

export function onHost(body: (host: FakeHost) => void): void {
  withFolder((folder) => body(new FakeHost(folder)));
}

export const NTP: BundleFile = { content: 'server a\n', activation: 'restart:ntp.service' };
export const DRBD: BundleFile = { content: 'resource r {}\n', checker: 'drbdadm', mode: '0600' };
export const ENOUGH = 'correct-horse-battery';
