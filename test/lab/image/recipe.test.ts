import { readFileSync } from 'node:fs';
import path from 'node:path';
import { archiveOf, packagesOf } from './recipe';

const targets = [
  'http://archive.example/debian/|bookworm|Debian|main',
  'http://archive.example/debian/|bookworm-updates|Debian|main',
  'http://security.example/|bookworm-security|Debian-Security|main',
  'http://other.example/apt|stable|Other|main',
].join('\n');

test("the archives are those of this machine's apt", () => {
  expect(archiveOf(targets)).toEqual({
    main: 'http://archive.example/debian/',
    security: 'http://security.example/',
  });
});

test('a machine without security updates builds without them', () => {
  expect(archiveOf(targets.split('\n').slice(0, 2).join('\n')).security).toBe('');
});

test('fails on a machine that has no archive of the release', () => {
  expect(() => archiveOf('http://archive.example/debian/|trixie|Debian|main')).toThrow('no archive of Debian bookworm');
});

test('the list of packages holds names alone', () => {
  const packages = packagesOf(readFileSync(path.join(__dirname, 'packages'), 'utf8'));
  expect(packages).toContain('heartbeat');
  expect(packages.every((name) => /^[a-z0-9][a-z0-9+.-]+$/.test(name))).toBe(true);
});
