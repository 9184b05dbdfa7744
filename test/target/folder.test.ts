import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFolder } from '../../lib/target/folder';
import { filesBelow, withFolder } from './stack';

const contents = (...files: [string, string][]): ReadonlyMap<string, string> => new Map(files);

test('a folder holds exactly the files that are given', () => {
  withFolder((parent) => {
    replaceFolder(parent, 'one', contents(['a/b/c', 'deep'], ['a/d', 'x'], ['e', 'top']));
    replaceFolder(parent, 'one', contents(['a/b/c', 'changed'], ['e', 'top']));
    expect(filesBelow(parent)).toEqual({ 'one/a/b/c': 'changed', 'one/e': 'top' });
  });
});

test('nothing is touched when nothing changes', () => {
  withFolder((parent) => {
    replaceFolder(parent, 'one', contents(['a/b', 'x']));
    const state = (): number[] =>
      ['one', 'one/a/b'].flatMap((path) => [statSync(join(parent, path)).ino, statSync(join(parent, path)).mtimeMs]);
    const before = state();
    replaceFolder(parent, 'one', contents(['a/b', 'x']));
    expect(state()).toEqual(before);
  });
});

test('what an interrupted synth has left is swept away', () => {
  withFolder((parent) => {
    for (const left of ['.one.new', '.one.old']) {
      mkdirSync(join(parent, left));
      writeFileSync(join(parent, left, 'rest'), 'rest');
    }
    replaceFolder(parent, 'one', contents(['a', 'x']));
    expect(filesBelow(parent)).toEqual({ 'one/a': 'x' });
  });
});

test('fails half way and leaves the folder as it was', () => {
  withFolder((parent) => {
    replaceFolder(parent, 'one', contents(['a', 'x']));
    expect(() => replaceFolder(parent, 'one', contents(['b', 'y'], ['b/c', 'a file below a file']))).toThrow();
    expect(filesBelow(join(parent, 'one'))).toEqual({ a: 'x' });
  });
});
