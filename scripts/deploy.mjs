// npm run deploy -- STACK [option of terraform apply ...]: synthesizes a scenario and lets Terraform bring it onto its hosts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { repository } from './load.mjs';
import { scenarios } from './stacks.mjs';

/** The first that has terraform_data with preconditions. */
const OLDEST = [1, 4];

const [name, ...options] = process.argv.slice(2);
if (!scenarios().includes(name)) {
  console.error(
    `usage: npm run deploy -- STACK [option of 'terraform apply' ...]\nSTACK is one of: ${scenarios().join(', ')}`,
  );
  process.exit(2);
}

checkTerraform();
run(process.execPath, [path.join(repository, 'scripts', 'synth.mjs'), name]);
const folder = path.join(process.env.CDKTF_OUTDIR ?? path.join(repository, 'cdktf.out'), 'stacks', name);
if (!existsSync(path.join(folder, 'cdk.tf.json'))) fail(`${name} has no Terraform; its design is read, not deployed`);
const secrets = path.resolve(`${name}.secrets.tfvars.json`);
run('terraform', [`-chdir=${folder}`, 'init', '-input=false']);
run('terraform', [`-chdir=${folder}`, 'apply', ...(existsSync(secrets) ? [`-var-file=${secrets}`] : []), ...options]);

function checkTerraform() {
  const { error, stdout, status } = spawnSync('terraform', ['version', '-json'], { encoding: 'utf8' });
  if (error?.code === 'ENOENT')
    fail(`terraform is not on the PATH; install Terraform ${OLDEST.join('.')} or newer, then run this again`);
  if (error || status !== 0) fail(`'terraform version' failed; see what it says by hand`);
  const version = JSON.parse(stdout).terraform_version;
  const [major, minor] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    fail(`Terraform ${version} is too old; install ${OLDEST.join('.')} or newer`);
}

/** Runs a program with the terminal of this one, and ends with its exit code when it fails. */
function run(program, words) {
  const { error, status } = spawnSync(program, words, { stdio: 'inherit' });
  if (error) fail(`${program} could not be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function fail(message) {
  console.error(`deploy: ${message}`);
  process.exit(1);
}
