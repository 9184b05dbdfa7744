import type { Import } from './imports';
import { importsOf } from './imports';
import type { SourceFile } from './sources';

/** What the files of a layer may import beside the files of the same layer. */
interface Layer {
  readonly layers: readonly string[];
  readonly packages: readonly string[];
}

const CDKTF = ['cdktf', '@cdktf/*', 'constructs'];
const PUBLIC = ['tandem-ha', 'tandem-ha/target', 'tandem-ha/testing'];
/** Modules of Node that compute and neither read nor change anything outside. */
const PURE = ['node:crypto', 'node:path', 'node:path/posix', 'node:util'];
const BELOW_TESTING = ['topology', 'model', 'check', 'predict', 'render', 'adopt', 'certificates', 'operate', 'target'];

const inLib = (...names: readonly string[]): readonly string[] => names.map((name) => `lib/${name}`);

const LAYERS: Readonly<Record<string, Layer>> = {
  'lib/index.ts': { layers: ['lib/model', 'lib/topology', 'lib/check'], packages: [] },
  'lib/topology': { layers: [], packages: ['ajv', 'ajv/*', ...PURE] },
  'lib/model': { layers: ['lib/topology'], packages: ['constructs', 'ipaddr.js', ...PURE] },
  'lib/check': { layers: ['lib/topology'], packages: ['ipaddr.js', ...PURE] },
  'lib/predict': { layers: ['lib/topology'], packages: ['ipaddr.js', ...PURE] },
  'lib/render': { layers: ['lib/topology'], packages: ['ipaddr.js', 'yaml', ...PURE] },
  'lib/adopt': { layers: ['lib/topology', 'lib/render'], packages: ['ipaddr.js', ...PURE] },
  'lib/operate': { layers: ['lib/topology'], packages: ['ipaddr.js', 'ldapts', 'node:*'] },
  'lib/certificates': { layers: ['lib/topology'], packages: ['@peculiar/x509', 'reflect-metadata', 'node:*'] },
  'lib/target': { layers: inLib('topology', 'render', 'check', 'predict'), packages: [...CDKTF, 'node:*'] },
  'lib/testing': { layers: inLib(...BELOW_TESTING), packages: [...CDKTF, 'expect', 'node:*'] },
  'lib/cli': { layers: inLib(...BELOW_TESTING, 'testing'), packages: ['commander', 'node:*'] },
  stacks: { layers: [], packages: [...PUBLIC, ...CDKTF] },
};

/** Imports that the layers do not allow, one line for each. */
export function wrongArrows(files: readonly SourceFile[]): readonly string[] {
  return importsOf(files).flatMap((found) => {
    const problem = problemOf(found);
    return problem === undefined ? [] : [`${found.from} imports '${found.specifier}': ${problem}`];
  });
}

function problemOf({ from, specifier, target }: Import): string | undefined {
  const name = layerOf(from);
  const layer = LAYERS[name];
  if (!layer) return `'${name}' is not a layer`;
  if (target === undefined) {
    if (layer.packages.some((allowed) => matches(allowed, specifier))) return undefined;
    return `${name} may not use this package`;
  }
  if (name === 'stacks' && layerOf(target) !== name) return 'stacks use the public entries only';
  if (from.startsWith('lib/') && /(^|\/)index\.ts$/.test(target))
    return 'inside lib import the file itself, not an index';
  const other = layerOf(target);
  return other === name || layer.layers.includes(other) ? undefined : `${name} may not import ${other}`;
}

function layerOf(path: string): string {
  const [top = '', folder = ''] = path.split('/');
  return top === 'lib' ? `lib/${folder}` : top;
}

function matches(allowed: string, specifier: string): boolean {
  return allowed.endsWith('*') ? specifier.startsWith(allowed.slice(0, -1)) : specifier === allowed;
}

/** Cycles of imports that remain after compilation, each as the list of its files. */
export function importCycles(files: readonly SourceFile[]): readonly string[] {
  const next = new Map<string, string[]>(files.map((file) => [file.path, []]));
  for (const { from, target, typeOnly } of importsOf(files)) {
    if (!typeOnly && target !== undefined && next.has(target)) next.get(from)?.push(target);
  }
  const state = new Map<string, 'open' | 'done'>();
  const way: string[] = [];
  const cycles: string[] = [];
  const walk = (file: string): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push([...way.slice(way.indexOf(file)), file].join(' -> '));
      return;
    }
    state.set(file, 'open');
    way.push(file);
    for (const target of next.get(file) ?? []) walk(target);
    way.pop();
    state.set(file, 'done');
  };
  for (const file of next.keys()) walk(file);
  return cycles;
}
