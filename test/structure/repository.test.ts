import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { undocumented } from './api-docs';
import { exists, source } from './sources';
import type { SourceFile } from './sources';

const ROOT = join(__dirname, '..', '..');
const MADE = new Set(['node_modules', 'dist', 'build', 'cdktf.out', 'coverage', '.git', '.terraform']);

function allFiles(folder = ''): readonly SourceFile[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return MADE.has(entry.name) ? [] : allFiles(path);
    return entry.isFile() && !/\.(tgz|tfstate|tfvars)/.test(entry.name) ? [source(path)] : [];
  });
}

const files = allFiles();

function linesWith(pattern: RegExp): readonly string[] {
  return files.flatMap((file) =>
    file.text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file.path}:${index + 1}: ${line.trim().slice(0, 100)}`] : [],
      ),
  );
}

test('no file names a path of the machine it was written on', () => {
  expect(linesWith(/(?<![\w.*?-])\/(?:work|root|home|Users)\/\w/)).toEqual([]);
});

test('no file names a package registry', () => {
  expect(linesWith(/https?:\/\/[^/\s"']*(?:registry|npmjs|artifactory|nexus|verdaccio)/i)).toEqual([]);
});

test('the lock file does not say where packages come from', () => {
  expect(source('package-lock.json').text).not.toContain('"resolved"');
});

test('the change log has a section for the version of the package', () => {
  const { version } = JSON.parse(source('package.json').text) as { version: string };
  expect(source('CHANGELOG.md').text).toContain(`\n## [${version}]`);
});

describe('documentation of the public API', () => {
  const read = (path: string): SourceFile | undefined => (exists(path) ? source(path) : undefined);

  test.each(['lib/index.ts', 'lib/target/index.ts', 'lib/testing/index.ts'])('%s is complete', (entry) => {
    expect(undocumented(source(entry), read)).toEqual([]);
  });

  test('fails on everything that is missing', () => {
    const text = `
      export class Open {
        method(): void {}
        private hidden(): void {}
        /** @internal */
        inner(): void {}
      }
      /** Said. */
      export interface OpenProps {
        a: string;
        /** Said. */
        b?: string;
        /**
         * Said.
         * @default 1
         */
        c?: number;
      }
      export const value = 1;
      /** Said. */
      export function said(): void {}
    `;
    const entry = {
      path: 'lib/index.ts',
      text: "export { Open, type OpenProps, value, said, absent } from './open';\nexport { other } from './other';",
    };
    expect(undocumented(entry, (path) => (path === 'lib/open.ts' ? { path, text } : undefined))).toEqual([
      "lib/open.ts: 'Open' has no doc comment",
      "lib/open.ts: 'Open.method' has no doc comment",
      "lib/open.ts: 'OpenProps.a' has no doc comment",
      "lib/open.ts: 'OpenProps.b' has no @default",
      "lib/open.ts: 'value' has no doc comment",
      "lib/open.ts does not declare 'absent'",
      "lib/index.ts exports from 'lib/other', which does not exist",
    ]);
  });
});
