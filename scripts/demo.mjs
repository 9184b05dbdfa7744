// npm run demo: synthesizes every scenario and says what came of it, and brings a directory up where a Docker engine
// answers. With --lab also cuts the power of a working node.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { load, repository } from './load.mjs';
import { addTo, loadScenarios, outcome, scenarios } from './stacks.mjs';

const options = process.argv.slice(2);
if (options.some((option) => option !== '--lab')) {
  console.error(`usage: npm run demo [-- --lab]
--lab deploys ox-cold-standby to two nodes on this machine, writes to it and cuts the power of the working one
      (root on Debian, about ten minutes; test/lab/README.md says what it needs)`);
  process.exit(2);
}
const names = scenarios();
const loaded = await loadScenarios('demo', names);
const outdir = path.join(repository, 'cdktf.out');
const shown = (folder) => path.relative(process.cwd(), folder);

for (const name of names) {
  const app = new loaded.App({ outdir });
  try {
    addTo(app, loaded, name);
    app.synth();
  } catch (error) {
    if (!(error instanceof loaded.DesignError)) throw error;
    console.log(`\n${name}: REFUSED, ${error.findings.length} findings, nothing written`);
    for (const finding of error.findings)
      console.log(`  ${finding.severity.padEnd(7)} ${loaded.formatFinding(finding)}`);
    continue;
  }
  const made = outcome(outdir, name, loaded);
  if (!made) {
    console.log(`\n${name}: no target yet, test/stacks checks and predicts it`);
    continue;
  }
  const { folder, hosts, files, findings } = made;
  console.log(`\n${name}: ${hosts.length} hosts (${hosts.join(', ')}), ${files} files, ${findings.length} findings`);
  for (const finding of findings) console.log(`  ${finding.severity.padEnd(7)} ${loaded.formatFinding(finding)}`);
  console.log(`  configuration  ${shown(path.join(folder, 'hosts'))}`);
  console.log(`  report         ${shown(path.join(folder, 'report.md'))}`);
  console.log(`  Terraform      ${shown(path.join(outdir, 'stacks', name, 'cdk.tf.json'))}`);
}

console.log('');
const { demo } = await load('docker-demo', `export * from './test/docker/demo';`);
process.exitCode = await demo();

if (options.includes('--lab')) {
  const command = ['test/lab/main.mjs', 'ci', 'ox-cold-standby', '--name', 'demo', '--drills', 'power-cut'];
  const { status, error } = spawnSync(process.execPath, command, { cwd: repository, stdio: 'inherit' });
  if (error) throw error;
  process.exitCode ||= status ?? 1;
}
