import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { configureGoldenDirectory } from 'tandem-ha/testing';
import { renderHost } from '../../lib/render/render';
import { lookup } from '../../lib/topology/lookup';
import { toMatchAllHostFiles, toMatchHostFile } from '../../lib/testing/host-file-matchers';
import { groupwarePair } from '../support/pair';
import { contextIn } from './context';

const topology = groupwarePair();
const path = '/etc/ha.d/haresources';
const rendered = renderHost(topology, 'hq/ox1').find((file) => file.path === path)!.content;
const fileCount = topology.hosts.reduce((sum, host) => sum + renderHost(topology, host.id).length + 1, 0);

let folder: string;
let testPath: string;
let golden: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-golden-'));
  testPath = join(folder, 'some.test.ts');
  golden = join(folder, 'golden', 'groupware', 'ox1', path);
});

afterEach(() => {
  configureGoldenDirectory(undefined);
  rmSync(folder, { recursive: true });
});

function put(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

describe('toMatchHostFile', () => {
  test('accepts a file that equals its golden file', () => {
    put(golden, rendered);
    const context = contextIn('none', testPath);
    expect(toMatchHostFile.call(context, topology, 'ox1', path).pass).toBe(true);
    expect(context.snapshotState).toMatchObject({ matched: 1, unmatched: 0, added: 0, updated: 0 });
  });

  test('writes a missing golden file and counts it', () => {
    const context = contextIn('new', testPath);
    expect(toMatchHostFile.call(context, topology, 'ox1', path).pass).toBe(true);
    expect(readFileSync(golden, 'utf8')).toBe(rendered);
    expect(context.snapshotState).toMatchObject({ matched: 0, unmatched: 0, added: 1, updated: 0 });
  });

  test('fails on a missing golden file in CI and writes nothing', () => {
    const context = contextIn('none', testPath);
    const result = toMatchHostFile.call(context, topology, 'ox1', path);
    expect(result.pass).toBe(false);
    expect(result.message()).toContain(`ox1:${path} has no golden file`);
    expect(existsSync(golden)).toBe(false);
    expect(context.snapshotState).toMatchObject({ unmatched: 1 });
  });

  test('fails on a difference, shows its lines and leaves the golden file', () => {
    const lines = rendered.split('\n');
    const other = [...lines.slice(0, -1), 'a line of yesterday', ''].join('\n');
    put(golden, other);
    const context = contextIn('new', testPath);
    const result = toMatchHostFile.call(context, topology, 'ox1', path);
    expect(result.pass).toBe(false);
    const message = stripVTControlCharacters(result.message());
    expect(message).toContain('- Golden file');
    expect(message).toContain('+ Rendered');
    expect(message).toContain('- a line of yesterday\n');
    expect(readFileSync(golden, 'utf8')).toBe(other);
    expect(context.snapshotState).toMatchObject({ unmatched: 1 });
  });

  test('accepts a difference on update', () => {
    put(golden, 'old\n');
    const context = contextIn('all', testPath);
    expect(toMatchHostFile.call(context, topology, 'ox1', path).pass).toBe(true);
    expect(readFileSync(golden, 'utf8')).toBe(rendered);
    expect(context.snapshotState).toMatchObject({ updated: 1, added: 0 });
  });

  test('writes nothing where the runner does not say that it may', () => {
    const { snapshotState, ...context } = contextIn('new', testPath);
    expect(toMatchHostFile.call(context, topology, 'ox1', path).pass).toBe(false);
    expect(existsSync(golden)).toBe(false);
    expect(snapshotState.added).toBe(0);
  });

  test.each([
    ['a directory relative to the test file', '../kept'],
    ['an absolute directory', join(tmpdir(), 'tandem-golden-absolute')],
  ])('keeps golden files in %s', (_, directory) => {
    configureGoldenDirectory(directory);
    const context = contextIn('new', join(folder, 'deeper', 'some.test.ts'));
    toMatchHostFile.call(context, topology, 'ox1', path);
    const expected = directory.startsWith('..') ? join(folder, 'kept') : directory;
    expect(readFileSync(join(expected, 'groupware', 'ox1', path), 'utf8')).toBe(rendered);
    rmSync(expected, { recursive: true });
  });

  test('fails without a test file and without an absolute directory', () => {
    const context = { ...contextIn('new', testPath), testPath: undefined };
    expect(() => toMatchHostFile.call(context, topology, 'ox1', path)).toThrow(
      'the golden directory is relative to a test file and none is running (golden)',
    );
  });

  test('fails on a host that does not exist and names those that do', () => {
    expect(() => expect(topology).toMatchHostFile('ox3', path)).toThrow(
      "[groupware] has no such host ('ox3'); its hosts are: ox1, ox2",
    );
  });

  test('fails on a file that the host does not get and names those that it gets', () => {
    expect(() => expect(topology).toMatchHostFile('ox1', '/etc/ha.d/haresource')).toThrow(
      /gets no such file \('\/etc\/ha\.d\/haresource'\); its files are:\n[^]*\/etc\/ha\.d\/haresources\n/,
    );
  });

  test('fails when it is negated', () => {
    expect(() => expect(topology).not.toMatchHostFile('ox1', path)).toThrow('cannot be negated; remove .not');
  });

  test('fails on names that lead out of the golden directory', () => {
    const named = { ...topology, name: '..' };
    expect(() => toMatchHostFile.call(contextIn('all', testPath), named, 'ox1', path)).toThrow(
      'a golden file must lie inside its directory',
    );
  });
});

describe('toMatchAllHostFiles', () => {
  const root = (): string => join(folder, 'golden', 'groupware');

  test('writes every file of every host once, then accepts them', () => {
    const first = contextIn('new', testPath);
    expect(toMatchAllHostFiles.call(first, topology).pass).toBe(true);
    expect(first.snapshotState).toMatchObject({ added: fileCount, matched: 0 });
    const second = contextIn('none', testPath);
    expect(toMatchAllHostFiles.call(second, topology).pass).toBe(true);
    expect(second.snapshotState).toMatchObject({ added: 0, matched: fileCount, unmatched: 0 });
  });

  test('keeps mode, owner and group of each file in a list', () => {
    toMatchAllHostFiles.call(contextIn('new', testPath), topology);
    const lines = readFileSync(join(root(), 'ox1', 'files.txt'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(renderHost(topology, lookup(topology).host('hq/ox1').id).length);
    expect(lines).toContain('0600 root root /etc/ha.d/authkeys');
  });

  test('fails on a changed mode', () => {
    toMatchAllHostFiles.call(contextIn('new', testPath), topology);
    const list = join(root(), 'ox1', 'files.txt');
    writeFileSync(
      list,
      readFileSync(list, 'utf8').replace('0600 root root /etc/ha.d/authkeys', '0644 root root /etc/ha.d/authkeys'),
    );
    const result = toMatchAllHostFiles.call(contextIn('none', testPath), topology);
    expect(result.pass).toBe(false);
    expect(result.message()).toContain('ox1: mode, owner and group differs from its golden file');
  });

  test('fails on a golden file that nothing is rendered for, and leaves it', () => {
    toMatchAllHostFiles.call(contextIn('new', testPath), topology);
    put(join(root(), 'ox3', 'etc', 'drbd.conf'), 'gone\n');
    const result = toMatchAllHostFiles.call(contextIn('new', testPath), topology);
    expect(result.pass).toBe(false);
    expect(result.message()).toMatch(/ox3\/etc\/drbd\.conf is the golden file of nothing that is rendered/);
    expect(existsSync(join(root(), 'ox3', 'etc', 'drbd.conf'))).toBe(true);
  });

  test('deletes such a file and its empty directories on update', () => {
    toMatchAllHostFiles.call(contextIn('new', testPath), topology);
    put(join(root(), 'ox3', 'etc', 'drbd.conf'), 'gone\n');
    const context = contextIn('all', testPath);
    expect(toMatchAllHostFiles.call(context, topology).pass).toBe(true);
    expect(existsSync(join(root(), 'ox3'))).toBe(false);
    expect(existsSync(golden)).toBe(true);
    expect(context.snapshotState).toMatchObject({ updated: 1, matched: fileCount });
  });

  test('reports all files that differ at once', () => {
    toMatchAllHostFiles.call(contextIn('new', testPath), topology);
    put(golden, 'old\n');
    put(join(root(), 'ox2', path), 'old\n');
    const message = toMatchAllHostFiles.call(contextIn('none', testPath), topology).message();
    expect(message).toContain(`ox1:${path} differs`);
    expect(message).toContain(`ox2:${path} differs`);
  });
});
