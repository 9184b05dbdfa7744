import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { printTopology } from '../../lib/topology/read';
import { published, wild } from '../adopt/support';
import { groupwarePair } from '../support/pair';
import { directoryWith, tandem } from './support';

const { drbd, ha, haresources } = published();
const mended = wild('drbd-8-4-includes');
const pair = groupwarePair();
const directory = directoryWith({
  'drbd.conf': drbd.text,
  'ha.cf': ha.text,
  haresources: haresources.text,
  'warned/drbd.conf': 'include "parts/*.res";\n',
  'warned/parts/b.res': mended.drbd?.readInclude?.('drbd.d/web.res', 'drbd.conf')?.[0]?.text ?? '',
  'warned/parts/a[1].res': 'resource r0 {\n',
  'warned/parts/.hidden.res': '}}}',
  'colors.cf': 'node a\u001b[31m b\nwarntime \u001b]0;x\u0007\n',
  'topology.json': printTopology(pair),
  'refused.json': printTopology({ ...pair, clusters: pair.clusters.map((cluster) => ({ ...cluster, fencing: [] })) }),
});
const files = ['--drbd', 'drbd.conf', '--ha', 'ha.cf', '--haresources', 'haresources'];

describe('tandem check', () => {
  test('lists faults and findings by file and line, and fails because of errors', async () => {
    const { code, out, err } = await tandem(['check', ...files], directory);
    const lines = out.trimEnd().split('\n');
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(lines).toContain(
      'drbd.conf:7 files/syntax: quoted string runs over the end of the line; write it on one line [error, E2]',
    );
    expect(lines).toContain(
      "haresources:3 drbd/script-name: the resource script of DRBD 0.6 for DRBD 0.7 (datadisk); use 'drbddisk' [warning, E4]",
    );
    expect(lines.at(-1)).toMatch(/^drbd\.conf, ha\.cf, haresources: \d+ errors, \d+ warnings, \d+ notes$/);
    const placed = lines.map((line) => /^([^ :]+):(\d+) /.exec(line)).filter((match) => match !== null);
    const keys = placed.map(([, file, line]) => `${file}:${line?.padStart(5, '0')}`);
    expect(keys).toEqual([...keys].sort());
    expect(lines.findIndex((line) => !/^[^ :]+:\d+ /.test(line))).toBe(placed.length);
  });

  test('gives the same as JSON', async () => {
    const { code, out } = await tandem(['check', ...files, '--json'], directory);
    const verdict = JSON.parse(out) as {
      summary: object;
      findings: readonly { rule: string; file?: string; line?: number }[];
    };
    expect(code).toBe(1);
    expect(verdict.summary).toMatchObject({ errors: expect.any(Number), warnings: expect.any(Number) });
    expect(verdict.findings).toContainEqual(
      expect.objectContaining({ rule: 'cluster/fencing', file: 'ha.cf', line: 4 }),
    );
  });

  test('names the file of an include, expands patterns and leaves hidden files out', async () => {
    const { out } = await tandem(['check', '--drbd', 'warned/drbd.conf'], directory);
    expect(out).toContain("warned/parts/a[1].res:1 files/syntax: section 'resource r0' is not closed");
    expect(out).toContain('warned/parts/b.res:');
    expect(out).not.toContain('.hidden.res');
  });

  test('does not let text of a file steer the terminal', async () => {
    const { out } = await tandem(['check', '--ha', 'colors.cf'], directory);
    expect(out).toContain('\\x1b]0;x\\x07');
    expect(out).not.toContain('\u001b');
  });

  test('judges a topology.json by construct path', async () => {
    const clean = await tandem(['check', 'topology.json'], directory);
    expect(clean.code).toBe(0);
    expect(clean.out).toMatch(/^topology\.json: 0 errors/m);
    const refused = await tandem(['check', 'refused.json'], directory);
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/^\[groupware\/ox\] cluster\/fencing: .*\[error, X4, E5\]$/m);
  });

  test('writes a stack, and never over one that is there', async () => {
    const { code, out } = await tandem(['check', ...files, '--to-typescript', 'adopted.ts'], directory);
    expect(code).toBe(1);
    expect(out).toContain('files/syntax');
    expect(readFileSync(path.join(directory, 'adopted.ts'), 'utf8')).toContain(
      'export class Adopted extends Deployment',
    );
    const again = await tandem(['check', ...files, '--to-typescript', 'adopted.ts'], directory);
    expect(again.code).toBe(2);
    expect(again.err).toContain('cannot write adopted.ts (it exists already); remove it or name another file');
    const nowhere = await tandem(['check', ...files, '--to-typescript', 'no/such/folder.ts'], directory);
    expect(nowhere.err).toContain('cannot write no/such/folder.ts (no such file or directory)');
    expect(existsSync(path.join(directory, 'no'))).toBe(false);
  });

  test('writes the stack alone to standard output when no file is named', async () => {
    const { out, err } = await tandem(['check', ...files, '--to-typescript'], directory);
    expect(out).toMatch(/^import type .*\n/);
    expect(out).not.toContain('files/syntax');
    expect(err).toContain('files/syntax');
  });
});
