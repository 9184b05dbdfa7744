import { mkdirSync, readdirSync } from 'node:fs';
import type { HostBackup, LocalStore } from '../../../lib/render/backup/build';
import { restoreScript } from '../../../lib/render/backup/restore-script';
import { FakeNode, type ScriptResult } from '../shell/fake-node';

const ENTRIES = 'dn: dc=example,dc=com\\nobjectClass: dcObject\\n\\n';

let node: FakeNode;
beforeEach(() => {
  node = new FakeNode({
    mountpoint: 'test -e "$node/mounted"',
    setpriv: 'while [ "$1" != -- ]; do shift; done; shift\nprogram=$(basename "$1"); shift; exec "$program" "$@"',
    systemctl: 'if test -e "$node/running-$2"; then echo active; else echo inactive; exit 3; fi',
    slapadd: 'cat >"$node/loaded"; : >"$node/data/data.mdb"',
    sync: '',
  });
  node.write('mounted', '');
  mkdirSync(node.path('dumps'));
  mkdirSync(node.path('data'));
  dump('20260101T000000Z', ENTRIES);
});
afterEach(() => node.close());

function dump(stamp: string, content: string): void {
  node.run(`printf '${content}' | gzip >"$node/dumps/directory-${stamp}.ldif.gz"\n`);
}

function restore(...args: string[]): ScriptResult {
  return answer('', ...args);
}

function answer(input: string, ...args: string[]): ScriptResult {
  const backup: HostBackup & { readonly store: LocalStore } = {
    source: 'groupware/directory-dump',
    name: 'directory',
    store: { kind: 'ldif', suffix: 'dc=example,dc=com', dataDirectory: node.path('data') },
    directory: node.path('dumps'),
    copies: 2,
    interval: 1_800_000,
    mountPoint: node.directory,
    units: ['slapd.service'],
    monitor: 'tandem-monitor@groupware.service',
    peers: [],
  };
  return node.run(restoreScript(backup), args, {}, input);
}

test('fills an empty store from the latest dump and says how to go on', () => {
  dump('20260102T000000Z', `${ENTRIES}dn: cn=new,dc=example,dc=com\\n\\n`);
  const result = restore('--yes', 'latest');
  expect([result.status, result.stderr]).toEqual([0, '']);
  expect(node.read('loaded')).toContain('cn=new');
  expect(result.stdout).toMatch(
    /systemctl start slapd\.service\n.*systemctl start tandem-monitor@groupware\.service\n$/,
  );
});

test('fills it from the dump that is named', () => {
  dump('20260102T000000Z', `${ENTRIES}dn: cn=new,dc=example,dc=com\\n\\n`);
  expect(restore('--yes', node.path('dumps/directory-20260101T000000Z.ldif.gz')).status).toBe(0);
  expect(node.read('loaded')).not.toContain('cn=new');
});

test.each(['slapd.service', 'tandem-monitor@groupware.service'])('fails while %s runs', (unit) => {
  node.write(`running-${unit}`, '');
  const result = restore('--yes', 'latest');
  expect(result).toMatchObject({ status: 1, stderr: expect.stringContaining(`systemctl stop ${unit}`) });
  expect(node.has('loaded')).toBe(false);
});

test('fails when systemd does not say whether the service runs', () => {
  node.fake('systemctl', 'exit 1');
  expect(restore('--yes', 'latest').status).toBe(1);
  expect(node.has('loaded')).toBe(false);
});

test('fails where the state is not mounted', () => {
  node.remove('mounted');
  expect(restore('--yes', 'latest').stderr).toContain('restore on the node where the group is active');
  expect(node.has('loaded')).toBe(false);
});

test('fails when the store holds data and is not to be replaced', () => {
  node.write('data/data.mdb', 'old');
  const result = restore('--yes', 'latest');
  expect(result).toMatchObject({ status: 1, stderr: expect.stringContaining('--replace moves it to') });
  expect(node.read('data/data.mdb')).toBe('old');
});

test('moves old data aside and never deletes it', () => {
  node.write('data/data.mdb', 'old');
  mkdirSync(node.path('data/lost+found'));
  expect(restore('--yes', '--replace', 'latest').status).toBe(0);
  const aside = readdirSync(node.path('data')).filter((name) => name.startsWith('replaced-'));
  expect(aside).toHaveLength(1);
  expect(node.read(`data/${aside[0]}/data.mdb`)).toBe('old');
  expect(node.read('data/data.mdb')).toBe('');
  expect(node.has('data/lost+found')).toBe(true);
});

test('names the place of the old data when the dump can not be loaded', () => {
  node.write('data/data.mdb', 'old');
  node.fake('slapadd', 'exit 1');
  const result = restore('--yes', '--replace', 'latest');
  expect(result).toMatchObject({ status: 1, stderr: expect.stringMatching(/data from before is in .*\/replaced-/) });
});

test.each([
  ['', 1],
  ['n\n', 1],
  ['y\n', 0],
])('asks before it changes anything: %j', (input, status) => {
  node.write('data/data.mdb', 'old');
  const result = answer(input, '--replace', 'latest');
  expect(result.status).toBe(status);
  expect(result.stdout).toContain('what is there now is moved to');
  expect(node.has('loaded')).toBe(status === 0);
});

test.each([
  ['damaged', 'printf x >"$node/dumps/directory-20270101T000000Z.ldif.gz"\n'],
  ['cut off', 'printf "dn: dc=example" | gzip >"$node/dumps/directory-20270101T000000Z.ldif.gz"\n'],
  ['empty', ': | gzip >"$node/dumps/directory-20270101T000000Z.ldif.gz"\n'],
])('fails for a dump that is %s before it moves anything', (_case, make) => {
  node.write('data/data.mdb', 'old');
  node.run(make);
  expect(restore('--yes', '--replace', 'latest').status).toBe(1);
  expect(node.read('data/data.mdb')).toBe('old');
});

test('fails when there is no dump', () => {
  node.remove('dumps/directory-20260101T000000Z.ldif.gz');
  expect(restore('--yes', 'latest').stderr).toContain('there is no dump in');
});

test.each([[[]], [['--force', 'latest']], [['latest', 'latest']]])('fails with its usage for %j', (args) => {
  expect(restore(...args)).toMatchObject({
    status: 64,
    stderr: expect.stringContaining('Usage: tandem-restore-directory'),
  });
});

test('shows its usage', () => {
  expect(restore('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--replace') });
});
