// npm run test:cdktn: the tests that touch Terraform, unchanged, with the name cdktf standing for its successor cdktn.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expectThat, inTemporaryDirectory, repository, run } from './process.mjs';

const CDKTN = '0.24.0';
const COPIED = ['lib', 'stacks', 'test', 'scripts', 'jest.config.js', 'tsconfig.json', 'cdktf.json'];
const TESTS = 'test/(target|testing|stacks|examples)/';
/** Tools that judge the source text, which is the same. */
const LEFT_OUT = /^(@eslint\/|eslint|typescript-eslint|prettier|ts-json-schema)/;

inTemporaryDirectory('tandem-cdktn-', (directory) => {
  const copy = path.join(directory, 'repository');
  mkdirSync(copy);
  for (const name of COPIED) {
    if (existsSync(path.join(repository, name)))
      cpSync(path.join(repository, name), path.join(copy, name), { recursive: true });
  }
  const manifest = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'));
  const kept = Object.entries(manifest.devDependencies).filter(([name]) => !LEFT_OUT.test(name));
  const aliased = {
    ...manifest,
    devDependencies: { ...Object.fromEntries(kept), cdktf: `npm:cdktn@${CDKTN}` },
    overrides: { '@cdktf/provider-docker': { cdktf: '$cdktf' } },
  };
  writeFileSync(path.join(copy, 'package.json'), JSON.stringify(aliased, undefined, 2));

  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: copy, seconds: 300 });
  const installed = JSON.parse(readFileSync(path.join(copy, 'node_modules', 'cdktf', 'package.json'), 'utf8'));
  expectThat(
    installed.name === 'cdktn' && installed.version === CDKTN,
    `cdktf is ${installed.name}@${installed.version}`,
  );

  const bin = (name, args) => run(path.join(copy, 'node_modules', '.bin', name), args, { cwd: copy, seconds: 300 });
  bin('tsc', ['--noEmit']);
  console.log(bin('jest', ['--ci', '--selectProjects', 'unit', '--testPathPatterns', TESTS]));
});
