import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RenderedFile } from '../../lib/render/file';
import type { CommandResult } from './support';

/** A unit of a package that is not installed where the tests run, or that comes from an init script. */
const STUB = '[Unit]\nDescription=stub\n[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n';

/** A root directory with the units of the packages and the rendered ones; systemd's tools work on it offline. */
export class SystemdRoot {
  private readonly directory = mkdtempSync(join(tmpdir(), 'tandem-root-'));

  constructor(rendered: readonly RenderedFile[], stubs: readonly string[]) {
    cpSync('/lib/systemd/system', join(this.directory, 'usr/lib/systemd/system'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    symlinkSync('usr/lib', join(this.directory, 'lib'));
    this.write('bin/true', '#!/bin/sh\n', 0o755);
    for (const unit of stubs) this.write(`usr/lib/systemd/system/${unit}`, STUB);
    for (const file of rendered) this.write(file.path.slice(1), file.content, parseInt(file.mode, 8));
  }

  write(path: string, content: string, mode = 0o644): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), content, { mode });
  }

  run(program: string, ...args: string[]): CommandResult {
    const env = { ...process.env, SYSTEMD_LOG_LEVEL: 'info' };
    const result = spawnSync(program, [`--root=${this.directory}`, ...args], {
      encoding: 'utf8',
      env,
      timeout: 20_000,
    });
    return { status: result.status, stdout: result.stdout, stderr: result.stderr };
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
