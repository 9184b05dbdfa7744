import { importsOf } from '../structure/imports';
import { sources } from '../structure/sources';

const imports = importsOf(sources(['lib', 'test/lab', 'test/support'], ['.ts'])).filter(({ typeOnly }) => !typeOnly);

/** The file and all that it loads, directly and not. */
function loadedBy(start: string): ReadonlySet<string> {
  const loaded = new Set([start]);
  for (const file of loaded)
    for (const { from, target } of imports) if (from === file && target !== undefined) loaded.add(target);
  return loaded;
}

test('what the lab starts elsewhere finds all that it imports: cdktf is only in the repository', () => {
  const loaded = loadedBy('test/lab/cli.ts');
  const missing = imports.filter(
    ({ from, specifier }) => loaded.has(from) && /^(?:cdktf|constructs|@cdktf\/.*)$/.test(specifier),
  );
  expect(loaded.size).toBeGreaterThan(100);
  expect(missing.map(({ from, specifier }) => `${from} imports ${specifier}`)).toEqual([]);
});
