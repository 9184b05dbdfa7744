import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Io } from '../../lib/cli/io';
import { run } from '../../lib/cli/run';

/** What a command line did. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in a directory. */
export async function tandem(
  argv: readonly string[],
  directory: string,
  environment: NodeJS.ProcessEnv = {},
  more: Partial<Io> = {},
): Promise<Ran> {
  let [out, err] = ['', ''];
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    directory,
    ...more,
  };
  const code = await run(argv, io, environment);
  return { code, out, err };
}

/** A directory with files that is gone when the test file ends. */
export function directoryWith(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'tandem-cli-'));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: 0o600 });
  }
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
