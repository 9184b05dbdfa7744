// What the commands know of the stacks in stacks/.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { load, repository } from './load.mjs';

/** Names of all scenarios. */
export function scenarios() {
  return readdirSync(path.join(repository, 'stacks'))
    .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** Loads the named stack files, and what is needed to synthesize and judge them. */
export async function loadScenarios(bundle, names) {
  const lines = [
    `import { App } from 'cdktf';`,
    `import { DesignError } from './lib/check/design-error';`,
    `import { check } from './lib/check/run';`,
    `import { formatFinding } from './lib/check/finding';`,
    `import { ModelError } from './lib/model/model-error';`,
    `import { FormatError } from './lib/render/format-error';`,
    `import { TargetError, TreeValidationError } from './lib/target/index';`,
    ...names.map((name, index) => `import * as scenario${index} from ${JSON.stringify(`./stacks/${name}`)};`),
    `export { App, DesignError, check, formatFinding };`,
    `export const userErrors = [DesignError, FormatError, ModelError, TargetError, TreeValidationError];`,
    `export const scenarios = { ${names.map((name, index) => `${JSON.stringify(name)}: scenario${index}`).join(', ')} };`,
  ];
  return load(bundle, lines.join('\n'));
}

/** Adds a scenario to an app: the class that its file exports, or the function of main.ts. */
export function addTo(app, loaded, name) {
  const [exported] = Object.values(loaded.scenarios[name]).filter((value) => typeof value === 'function');
  if (/^class\b/.test(Function.prototype.toString.call(exported))) new exported(app);
  else exported(app);
}

/** What a synth left of a deployment: its folder, hosts, number of files, findings. */
export function outcome(outdir, name, loaded) {
  const folder = path.join(outdir, 'tandem', name);
  if (!existsSync(folder)) return undefined;
  const topology = JSON.parse(readFileSync(path.join(folder, 'topology.json'), 'utf8'));
  const files = readdirSync(path.join(folder, 'hosts'), { recursive: true, withFileTypes: true });
  return {
    folder,
    hosts: topology.hosts.map((host) => host.name),
    files: files.filter((entry) => entry.isFile()).length,
    findings: loaded.check(topology),
  };
}
