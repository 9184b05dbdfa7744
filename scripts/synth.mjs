// npm run synth -- STACK: writes Terraform and configuration of one scenario to cdktf.out. cdktf.json runs it with `main`.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { repository } from './load.mjs';
import { addTo, loadScenarios, outcome, scenarios } from './stacks.mjs';

const [name, ...rest] = process.argv.slice(2);
const known = [...scenarios(), 'main'];
if (!known.includes(name) || rest.length > 0) {
  console.error(`usage: npm run synth -- STACK\nSTACK is one of: ${known.join(', ')}`);
  process.exit(2);
}

const loaded = await loadScenarios(`synth-${name}`, [name]);
const outdir = process.env.CDKTF_OUTDIR ?? path.join(repository, 'cdktf.out');
try {
  mkdirSync(outdir, { recursive: true });
  const app = new loaded.App({ outdir });
  addTo(app, loaded, name);
  app.synth();
} catch (error) {
  if (!loaded.userErrors.some((kind) => error instanceof kind)) throw error;
  console.error(error.message);
  process.exit(1);
}
for (const scenario of name === 'main' ? scenarios() : [name]) {
  const made = outcome(outdir, scenario, loaded);
  if (!made) continue;
  console.log(
    `${scenario}: ${made.hosts.length} hosts, ${made.files} files in ${path.relative(process.cwd(), made.folder)}`,
  );
}
