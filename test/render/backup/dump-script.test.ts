import { readdirSync, readFileSync, statSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { HostBackup } from '../../../lib/render/backup/build';
import { dumpScript } from '../../../lib/render/backup/dump-script';
import { FakeNode, type ScriptResult } from '../shell/fake-node';

const ENTRIES = 'dn: dc=example,dc=com\\nobjectClass: dcObject\\n\\ndn:: Y249YQ==\\ncn: a\\n\\n';

let node: FakeNode;
beforeEach(() => {
  node = new FakeNode({
    mountpoint: 'test -e "$node/mounted"',
    logger: '',
    setpriv: 'while [ "$1" != -- ]; do shift; done; shift\nprogram=$(basename "$1"); shift; exec "$program" "$@"',
    slapcat: `printf '${ENTRIES}'`,
    pg_dumpall: "printf 'CREATE ROLE postgres;\\n--\\n-- PostgreSQL database cluster dump complete\\n--\\n\\n'",
    ssh: 'cat >"$node/sent"',
  });
  node.write('mounted', '');
});
afterEach(() => node.close());

function backup(change: Partial<HostBackup> = {}): HostBackup {
  return {
    source: 'groupware/directory-dump',
    name: 'directory',
    store: { kind: 'ldif', suffix: 'dc=example,dc=com', dataDirectory: '/var/lib/ldap/data' },
    directory: node.path('dumps'),
    copies: 2,
    interval: 1_800_000,
    mountPoint: '/var/lib/ldap',
    units: ['slapd.service'],
    peers: [{ name: 'ox2', address: '192.0.2.2' }],
    ...change,
  };
}

function run(change: Partial<HostBackup> = {}, args: string[] = [], input = ''): ScriptResult {
  return node.run(dumpScript(backup(change)), args, {}, input);
}

function dumps(): string[] {
  return readdirSync(node.path('dumps')).filter((name) => !name.startsWith('.'));
}

test('keeps a dump that only root can read, under its UTC time, and sends it to the other node', () => {
  const result = run();
  expect([result.status, result.stderr]).toEqual([0, '']);
  const [name, ...others] = dumps();
  expect(others).toEqual([]);
  expect(name).toMatch(/^directory-\d{8}T\d{6}Z\.ldif\.gz$/);
  const path = node.path(`dumps/${name}`);
  expect(gunzipSync(readFileSync(path)).toString()).toContain('dn: dc=example,dc=com\n');
  expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  expect((statSync(node.path('dumps')).mode & 0o777).toString(8)).toBe('700');
  expect(readFileSync(node.path('sent'))).toEqual(readFileSync(path));
  expect(node.calls('ssh')[0]).toMatch(
    /-o BatchMode=yes .*root@192\.0\.2\.2 \/usr\/local\/sbin\/tandem-backup-directory --receive directory-/,
  );
  expect(node.calls('slapcat')[0]).toMatch(/-b dc=example,dc=com$/);
});

test('does nothing where the state is not mounted', () => {
  node.remove('mounted');
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining('the other node dumps') });
  expect(node.has('dumps')).toBe(false);
});

test('keeps the last dumps and drops the oldest', () => {
  run();
  for (const year of [2001, 2002, 2003]) node.write(`dumps/directory-${year}0101T000000Z.ldif.gz`, '');
  node.write('dumps/directory-two-20010101T000000Z.ldif.gz', '');
  expect(run().status).toBe(0);
  expect(dumps().filter((name) => /^directory-\d/.test(name))).toHaveLength(2);
  expect(node.has('dumps/directory-two-20010101T000000Z.ldif.gz')).toBe(true);
  expect(node.has('dumps/directory-20020101T000000Z.ldif.gz')).toBe(false);
});

test.each([
  ['the program fails', `printf '${ENTRIES}'; exit 1`],
  ['nothing comes out', ''],
  ['there is no entry', "printf '# nothing\\n'"],
  ['the last line is cut off', "printf 'dn: dc=example,dc=com\\nobjectClass: dcOb'"],
])('fails and keeps the last dump when %s', (_case, slapcat) => {
  run();
  const before = dumps();
  node.fake('slapcat', slapcat);
  expect(run().status).toBe(1);
  expect(dumps()).toEqual(before);
  expect(node.calls('logger').at(-1)).toContain('the last one is kept');
  expect(node.calls('ssh')).toHaveLength(1);
});

test('an SQL dump has come to its end only with its last line', () => {
  const sql: Partial<HostBackup> = {
    store: { kind: 'sql', version: '15', port: 5433, dataDirectory: '/var/lib/pgsql/15/main' },
  };
  expect(run(sql).status).toBe(0);
  expect(node.calls('pg_dumpall')).toEqual(['pg_dumpall -w -p 5433']);
  node.fake('pg_dumpall', "printf 'CREATE ROLE postgres;\\n'");
  expect(run(sql).status).toBe(1);
});

test('fails with another status and a line in the log when only the copy failed', () => {
  node.fake('ssh', 'exit 255');
  expect(run().status).toBe(2);
  expect(dumps()).toHaveLength(1);
  expect(node.calls('logger')[0]).toMatch(/-p daemon\.err -- directory-.* could not be copied to: ox2$/);
});

test('stores a dump that the other node sends, and drops the oldest there as well', () => {
  const sent = gzipSync('dn: dc=example,dc=com\n\n');
  // The input of a fake node is text; a dump is not.
  const feed = 'base64 -d <"$node/encoded" | sh "$node/receiver" --receive "$1"\n';
  node.write('receiver', dumpScript(backup()));
  node.write('encoded', sent.toString('base64'));
  for (const day of ['01', '02', '03']) {
    expect(node.run(feed, [`directory-200101${day}T000000Z.ldif.gz`])).toMatchObject({ status: 0, stderr: '' });
  }
  expect(dumps()).toEqual(['directory-20010102T000000Z.ldif.gz', 'directory-20010103T000000Z.ldif.gz']);
  expect(readFileSync(node.path(`dumps/${dumps()[0]}`))).toEqual(sent);
});

test('fails to receive a damaged dump', () => {
  expect(run({}, ['--receive', 'directory-20010101T000000Z.ldif.gz'], 'not gzip').status).toBe(1);
  expect(dumps()).toEqual([]);
});

test.each(['../../etc/passwd', 'directory-20010101T000000Z.ldif.gz/x', 'other-20010101T000000Z.ldif.gz', ''])(
  'fails to receive a dump under the name %j',
  (name) => {
    expect(run({}, ['--receive', name]).status).toBe(64);
    expect(node.has('dumps')).toBe(false);
  },
);

test('fails with its usage for an argument it does not know', () => {
  expect(run({}, ['--now'])).toMatchObject({
    status: 64,
    stderr: expect.stringContaining('Usage: tandem-backup-directory'),
  });
});

test('a suffix reaches slapcat as one argument, whatever it holds', () => {
  node.fake('slapcat', `for last; do :; done; printf '%s' "$last" >"$node/suffix"; printf '${ENTRIES}'`);
  const suffix = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !/[\p{Cc}\p{Surrogate}\u2028\u2029]/u.test(text));
  fc.assert(
    fc.property(suffix, (text) => {
      run({ store: { kind: 'ldif', suffix: text, dataDirectory: '/var/lib/ldap' } });
      expect(node.read('suffix')).toBe(text);
    }),
    { numRuns: 15 },
  );
});
