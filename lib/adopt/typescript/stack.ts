import type { Adoption } from '../adopt';
import { addCluster } from './cluster';
import { lineComment, text } from './code';
import { addResources } from './drbd';
import { addHosts } from './hosts';
import { StackParts } from './stack-parts';

/**
 * A stack with the settings of adopted files, as TypeScript that uses the public interface. Syntax faults of the files
 * are not in it, nor is any secret; what the model cannot hold is listed at its top. Settings that the files do not
 * have get Tandem's defaults, but for those that would change how the nodes behave.
 */
export function toTypeScript(adoption: Adoption): string {
  const { topology } = adoption;
  const parts = new StackParts(topology);
  addHosts(parts);
  addResources(parts);
  for (const cluster of topology.clusters) addCluster(parts, cluster);
  const left = [
    ...adoption.unmodelled.map(({ where, name, value }) => `${where}: ${`${name} ${value}`.trim()}`),
    ...parts.left,
  ];
  return [
    "import type { Construct } from 'constructs';",
    importOf(parts.used),
    '',
    ...header(left),
    'export class Adopted extends Deployment {',
    "  constructor(scope: Construct | undefined, name = 'adopted') {",
    `    super(scope, name, { drbdVersion: ${text(topology.drbdVersion)} });`,
    `${parts.body()}  }`,
    '}',
    '',
  ].join('\n');
}

function importOf(names: readonly string[]): string {
  const line = `import { ${names.join(', ')} } from 'tandem-ha';`;
  return line.length < 120 ? line : `import {\n${names.map((name) => `  ${name},\n`).join('')}} from 'tandem-ha';`;
}

function header(left: readonly string[]): readonly string[] {
  return [
    '/**',
    ' * The deployment that drbd.conf, ha.cf and haresources described. What they did not say has the defaults of Tandem.',
    ' * To deploy it, add `new SshTarget(stack, ...)` of `tandem-ha/target` with this deployment.',
    ' */',
    ...(left.length === 0 ? [] : ['// Not taken over:', ...[...new Set(left)].map((what) => lineComment(`- ${what}`))]),
  ];
}
