import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Version of this package: `package.json` is two levels above, in the source as in what is shipped. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(path.join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
