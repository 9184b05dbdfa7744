import { importCycles, wrongArrows } from './layers';
import { source, sources } from './sources';

const lib = sources(['lib'], ['.ts']);
const stacks = sources(['stacks'], ['.ts']);

test('imports follow the layers', () => {
  expect(lib.length).toBeGreaterThan(100);
  expect(wrongArrows([...lib, ...stacks])).toEqual([]);
});

test('modules of lib do not import each other in a circle', () => {
  expect(importCycles(lib)).toEqual([]);
});

test('every public entry is named in package.json and exists', () => {
  const { exports: entries } = JSON.parse(source('package.json').text) as { exports: Record<string, unknown> };
  const indexes = lib.map((file) => file.path).filter((path) => path.endsWith('/index.ts'));
  expect(indexes).toEqual(['lib/index.ts', 'lib/target/index.ts', 'lib/testing/index.ts']);
  expect(entries).toMatchObject({
    '.': { default: './dist/index.js' },
    './target': { default: './dist/target/index.js' },
    './testing': { default: './dist/testing/index.js' },
  });
});

describe('the search for wrong arrows', () => {
  const arrow = (path: string, text: string): readonly string[] =>
    wrongArrows([
      { path, text },
      ...['lib/model/host.ts', 'lib/check/rule.ts', 'lib/topology/units.ts', 'lib/target/index.ts', 'stacks/b.ts'].map(
        (other) => ({ path: other, text: '' }),
      ),
    ]);

  test.each([
    ['a lower layer', 'lib/model/a.ts', "import { a } from '../topology/units';"],
    ['its own layer', 'lib/check/a.ts', "import { a } from './rule';"],
    ['cdktf in a target', 'lib/target/a.ts', "import { TerraformStack } from 'cdktf';"],
    ['the stack that another one builds on', 'stacks/a.ts', "import { b } from './b';"],
    ['a public entry in a stack', 'stacks/a.ts', "import { Host } from 'tandem-ha';"],
  ])('allows %s', (_, path, text) => {
    expect(arrow(path, text)).toEqual([]);
  });

  test.each([
    [
      'a higher layer',
      'lib/topology/a.ts',
      "import { a } from '../model/host';",
      'lib/topology may not import lib/model',
    ],
    [
      'a type of a higher layer',
      'lib/check/a.ts',
      "import type { A } from '../model/host';",
      'may not import lib/model',
    ],
    ['a re-export', 'lib/render/a.ts', "export { a } from '../check/rule';", 'lib/render may not import lib/check'],
    ['an import type', 'lib/check/a.ts', "type A = import('../model/host').A;", 'lib/check may not import lib/model'],
    ['a dynamic import', 'lib/check/a.ts', "void import('../model/host');", 'lib/check may not import lib/model'],
    ['require', 'lib/check/a.ts', "const a = require('cdktf');", 'lib/check may not use this package'],
    ['cdktf in the model', 'lib/model/a.ts', "import { App } from 'cdktf';", 'lib/model may not use this package'],
    ['a provider in a rule', 'lib/check/a.ts', "import '@cdktf/provider-docker';", 'may not use this package'],
    ['files in a renderer', 'lib/render/a.ts', "import { readFileSync } from 'node:fs';", 'may not use this package'],
    ['an index inside lib', 'lib/cli/a.ts', "import { a } from '../target/index';", 'not an index'],
    ['a folder with an index', 'lib/cli/a.ts', "import { a } from '../target';", 'not an index'],
    ['a file of lib in a stack', 'stacks/a.ts', "import { Host } from '../lib/model/host';", 'public entries only'],
    ['a file outside the layers', 'lib/other/a.ts', "import { a } from '../topology/units';", 'is not a layer'],
  ])('fails on %s', (_, path, text, problem) => {
    expect(arrow(path, text)).toEqual([expect.stringContaining(problem)]);
  });

  test('fails on a circle and names its files', () => {
    const files = [
      { path: 'lib/model/a.ts', text: "import { b } from './b';" },
      { path: 'lib/model/b.ts', text: "export { c } from './c';" },
      { path: 'lib/model/c.ts', text: "import { a } from './a';" },
    ];
    expect(importCycles(files)).toEqual(['lib/model/a.ts -> lib/model/b.ts -> lib/model/c.ts -> lib/model/a.ts']);
  });

  test('lets types refer to each other', () => {
    const files = [
      { path: 'lib/model/a.ts', text: "import type { B } from './b';" },
      { path: 'lib/model/b.ts', text: "import { type A } from './a';" },
    ];
    expect(importCycles(files)).toEqual([]);
  });
});
