// npm run test:package: what a user gets. Packs the package, installs it in an empty project, and there compiles,
// synthesizes and snapshot-tests the samples of the README.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expectThat, inTemporaryDirectory, repository, run } from '../../scripts/process.mjs';

const { version, devDependencies } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'));
const TOOLS = ['cdktf', 'constructs', 'typescript', 'jest', '@types/jest', '@types/node', '@swc/core', '@swc/jest'];

const compilerOptions = {
  target: 'ES2022',
  module: 'node16',
  moduleResolution: 'node16',
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  outDir: 'build',
};

// The same matchers for somebody who imports jest's functions and has no global ones.
const WITHOUT_GLOBALS = `
import { expect, test } from '@jest/globals';
import { Deployment } from 'tandem-ha';
import { configureGoldenDirectory } from 'tandem-ha/testing';

configureGoldenDirectory('golden');

test('the matchers are known', async () => {
  const deployment = new Deployment(undefined, 'empty');
  expect(deployment).not.toHaveFinding('cluster/fencing');
  await expect(Promise.resolve(deployment)).resolves.not.toHaveFinding('cluster/fencing', { path: /x/ });
  // @ts-expect-error a text holds no deployment
  expect(() => expect('text').toHaveNoFindings()).toThrow('expected a Deployment');
});
`;

const LOADED = `
  require('tandem-ha/testing');
  const loaded = Object.keys(require.cache).filter((file) => /node_modules.(cdktf|@cdktf)./.test(file));
  if (loaded.length > 0) throw new Error('cdktf is loaded: ' + loaded[0]);
`;

function samples() {
  const markdown = readFileSync(path.join(repository, 'README.md'), 'utf8');
  const found = [...markdown.matchAll(/^<!-- sample: (\S+) -->\n+```\w*\n([\s\S]*?)^```$/gm)];
  expectThat(found.length >= 2, 'README.md must show a stack and its test');
  return found.map(([, name, text]) => ({ name, text }));
}

inTemporaryDirectory('tandem-package-', (directory) => {
  const npm = (args, cwd, seconds = 240) => run('npm', [...args, '--no-audit', '--no-fund'], { cwd, seconds });
  const write = (name, content) => writeFileSync(path.join(project, name), content);
  const bin = (name, args, options = {}) =>
    run(path.join(project, 'node_modules', '.bin', name), args, { cwd: project, ...options });

  npm(['pack', '--pack-destination', directory], repository);
  const tarball = readdirSync(directory).find((file) => file.endsWith('.tgz'));

  const project = path.join(directory, 'project');
  mkdirSync(project);
  const transform = { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] };
  const jest = { testEnvironment: 'node', testMatch: ['<rootDir>/*.test.ts'], transform };
  write('package.json', JSON.stringify({ name: 'project', private: true, jest }, undefined, 2));
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.ts'] }, undefined, 2));
  const tools = TOOLS.map((name) => `${name}@${devDependencies[name]}`);
  npm(['install', '--prefer-offline', path.join(directory, tarball), ...tools], project);

  const stacks = [];
  for (const { name, text } of samples()) {
    write(name, text);
    if (!name.endsWith('.test.ts')) stacks.push(name.replace(/\.ts$/, ''));
  }
  bin('tsc', ['-p', '.', '--noEmit']);
  // The resolution of cdktf's own project template.
  bin('tsc', ['-p', '.', '--noEmit', '--module', 'commonjs', '--moduleResolution', 'node10']);
  bin('tsc', ['-p', '.']);

  for (const stack of stacks) {
    run(process.execPath, [`build/${stack}.js`], { cwd: project });
    for (const file of [`stacks/${stack}/cdk.tf.json`, `tandem/${stack}/topology.json`]) {
      expectThat(existsSync(path.join(project, 'cdktf.out', file)), `synth did not write ${file}`);
    }
  }

  const first = bin('jest', ['--ci=false']);
  expectThat(/\d+ (snapshots?|files?) written/.test(first), `the first run must write golden files:\n${first}`);
  const second = bin('jest', ['--ci']);
  expectThat(!/written|updated|obsolete/.test(second), `the second run must write nothing:\n${second}`);
  const golden = readdirSync(path.join(project, 'golden'), { recursive: true })
    .map((name) => path.join(project, 'golden', name))
    .find((name) => name.endsWith('drbd.conf'));
  writeFileSync(golden, `${readFileSync(golden, 'utf8')}# changed by hand\n`);
  const changed = bin('jest', ['--ci'], { status: 1 });
  expectThat(changed.includes('- # changed by hand'), `a difference must be shown as lines:\n${changed}`);
  bin('jest', ['--updateSnapshot']);
  bin('jest', ['--ci']);

  write('without-globals.test.ts', WITHOUT_GLOBALS);
  bin('tsc', [
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--module',
    'node16',
    '--types',
    'node',
    'without-globals.test.ts',
  ]);
  bin('jest', ['--ci', '--injectGlobals=false', 'without-globals']);
  run(process.execPath, ['-e', LOADED], { cwd: project });

  expectThat(bin('tandem', ['--version']).trim() === version, 'tandem --version must print the version of the package');
  // On what the sample's synth wrote, without its stack.
  for (const stack of stacks) {
    const checked = bin('tandem', ['check', `cdktf.out/tandem/${stack}/topology.json`]);
    expectThat(checked.includes('0 errors, 0 warnings'), `tandem check must read a topology:\n${checked}`);
    expectThat(bin('tandem', ['predict', stack]).includes('power of '), 'tandem predict must print the faults');
  }
  expectThat(bin('tandem', ['rules']).includes('cluster/fencing'), 'tandem rules must list the rules');
});
