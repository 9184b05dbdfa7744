// npm run build: compiles the library to dist/ with declarations and puts beside it what tsc leaves out.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const lib = path.join(repository, 'lib');
const dist = path.join(repository, 'dist');

rmSync(dist, { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const compiled = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: repository, stdio: 'inherit' });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

const left = (name) => !name.endsWith('.ts') || name.endsWith('.d.ts');
for (const name of readdirSync(lib, { recursive: true })) {
  if (left(name) && statSync(path.join(lib, name)).isFile()) cpSync(path.join(lib, name), path.join(dist, name));
}
chmodSync(path.join(dist, 'cli', 'main.js'), 0o755);
