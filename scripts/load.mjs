// Strips the types of stacks and library into one CommonJS module and loads it: no type check, so that a synth is quick.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const repository = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Loads TypeScript source text as if it stood in a file at the top of the repository. */
export async function load(name, contents) {
  const outfile = path.join(repository, 'build', `${name}.js`);
  await build({
    stdin: { contents, resolveDir: repository, sourcefile: `${name}.ts`, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    tsconfig: path.join(repository, 'tsconfig.json'),
    external: ['cdktf', 'constructs', '@cdktf/*', 'ajv'],
    logLevel: 'error',
  });
  return createRequire(outfile)(outfile);
}
