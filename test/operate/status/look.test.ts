import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UnreachableError, type Remote } from '../../../lib/operate/remote/remote';
import type { ExpectedFile, FileDrift } from '../../../lib/operate/status/drift/file-drift';
import { lookAtHosts } from '../../../lib/operate/status/look';
import { probeScript } from '../../../lib/operate/status/probe';
import { questionsFor } from '../../../lib/operate/status/questions';
import { runLocal } from '../../../lib/operate/remote/local-process';
import { secretMarker } from '../../../lib/topology/secret';
import type { Topology } from '../../../lib/topology/topology';
import { pair, recordedText } from './recorded';

const SECRET = 'Xq7-hidden.value_42';
const CRYPT = `$6$0123456789abcdef$${'aB./'.repeat(21)}zZ`;

let folder: string;
/** All that left a host. */
let sent: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tandem-look-'));
  sent = '';
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A host without a cluster: nothing of this machine is asked but its files. */
const alone: Topology = { ...pair, hosts: pair.hosts.slice(0, 1), clusters: [], drbdResources: [], backups: [] };

/** A host that is this machine: the scripts run in its shell, with the files of a test. */
const here: Remote = {
  run: async (_host, command, { input, progress, timeout = 60 } = {}) => {
    const { status, stdout, stderr } = await runLocal('/bin/sh', ['-c', command], { input, timeout, onLine: progress });
    sent += stdout + stderr;
    return { status: status ?? 255, stdout, stderr };
  },
  close: async () => undefined,
};

function rendered(name: string, content: string): ExpectedFile {
  return { path: path.join(folder, name), content };
}

function put({ path: file }: ExpectedFile, content: string, mode = 0o644): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, mode);
}

async function driftOf(...files: readonly ExpectedFile[]): Promise<readonly FileDrift[]> {
  const [look] = await lookAtHosts(alone, { remote: here, files: () => files });
  if (!look?.reached || !look.state.files) throw new Error('not looked at');
  expect(look.state.files.compared).toBe(files.length);
  return look.state.files.drift;
}

describe('files of a host', () => {
  test('that are as rendered are no drift, whatever they hold', async () => {
    const files = [rendered('a b', "it's $HOME `id` \\n %s\n"), rendered('empty', ''), rendered('deep/er', 'ä\nend')];
    for (const file of files) put(file, file.content);
    expect(await driftOf(...files)).toEqual([]);
  });

  test('are compared by line, and both texts are told', async () => {
    const file = rendered('etc/hosts', 'one\ntwo\nthree\n');
    put(file, 'one\n2\nthree\n');
    expect(await driftOf(file)).toEqual([
      { path: file.path, kind: 'content', first: { line: 2, rendered: 'two', found: '2' }, lines: 1 },
    ]);
  });

  test('may be missing, or something else than a file', async () => {
    const [missing, link, directory] = [rendered('missing', 'x'), rendered('link', 'x'), rendered('directory', 'x')];
    symlinkSync('/dev/null', link.path);
    mkdirSync(directory.path);
    expect((await driftOf(directory, link, missing)).map(({ kind }) => kind)).toEqual(['type', 'type', 'missing']);
  });

  test('that not everybody may read are compared on the host: only the line number leaves it', async () => {
    const file = rendered('closed', 'one\ntwo\n');
    put(file, `one\npassword ${SECRET}\n`, 0o600);
    expect(await driftOf(file)).toEqual([
      { path: file.path, kind: 'content', first: { line: 2, rendered: 'two', hidden: true } },
    ]);
    expect(sent).not.toContain(SECRET);
  });
});

describe('files with secrets', () => {
  const content =
    `# a & b \\ [c] (d)? {e} ^f $g | h/i\nkey ${secretMarker('drbd')} end.\n` +
    `two ${secretMarker('a')} ${secretMarker('b')}\nrootpw: {CRYPT}${secretMarker('admin', 'crypt')}\nlast\n`;
  const real = content
    .replaceAll(/@@tandem-secret:[a-z]+@@/g, SECRET)
    .replaceAll(/@@tandem-secret:[a-z]+:crypt@@/g, CRYPT);

  test('are the same when only the values stand where the markers are', async () => {
    const file = rendered('authkeys', content);
    put(file, real, 0o600);
    expect(await driftOf(file)).toEqual([]);
    expect(sent).not.toContain(SECRET);
  });

  test.each([
    ['a changed line before the secret', real.replace('# a', '# A'), 1],
    ['a changed line with the secret', real.replace(' end.', ' END.'), 2],
    ['a value that no secret can be', real.replace(SECRET, 'short'), 2],
    ['a dot that is none', real.replace(' end.', ' endx'), 2],
    ['a hash that is none', real.replace(CRYPT, '$1$abc'), 4],
    ['another line', `${real}more ${SECRET}\n`, 6],
    ['the last line missing', real.replace('last\n', ''), 5],
    ['an inserted line with a secret', real.replace('last', `password ${SECRET}\nlast`), 5],
  ])('differ in their line for %s, and no value leaves the host', async (_, found, line) => {
    const file = rendered('authkeys', content);
    put(file, found, 0o600);
    const drift = await driftOf(file);
    expect(drift).toMatchObject([{ path: file.path, kind: 'content', first: { line, hidden: true } }]);
    expect(sent + JSON.stringify(drift)).not.toContain(SECRET);
    expect(sent).not.toContain(CRYPT);
  });
});

test('the probe is a script that every POSIX shell takes', () => {
  const [host] = pair.hosts;
  if (!host) throw new Error('no host');
  const script = probeScript(questionsFor(pair, host), [{ path: "/etc/it's", content: `a\n${secretMarker('x')}\n` }]);
  expect(() => execFileSync('/bin/sh', ['-n'], { input: script })).not.toThrow();
});

test('the probe only reads', () => {
  const [host] = pair.hosts;
  if (!host) throw new Error('no host');
  const script = probeScript(questionsFor(pair, host), [rendered('a', 'b')]);
  expect(script).not.toMatch(/\b(rm|mv|cp|tee|touch|install|start|stop|restart|kill|primary|secondary)\b/);
  // What it says is thrown away or printed, never written.
  expect(script.replaceAll(/2>&1|2>\/dev\/null/g, '')).not.toContain('>');
});

describe('hosts', () => {
  const answering = (texts: Readonly<Record<string, string | Error>>): Remote => ({
    run: async (host, command) => {
      const text = texts[host.name];
      if (text instanceof Error) throw text;
      return { status: 0, stdout: command === ':' ? '' : (text ?? ''), stderr: '' };
    },
    close: async () => undefined,
  });
  const text = recordedText('healthy', 'ox1') ?? '';

  test('that do not answer leave the others known', async () => {
    const remote = answering({ ox1: text, ox2: new UnreachableError('ox2 is not reached') });
    const looks = await lookAtHosts(pair, { remote, files: () => undefined });
    expect(looks.map((look) => [look.name, look.reached])).toEqual([
      ['ox1', true],
      ['ox2', false],
    ]);
    expect(looks[0]?.reached && looks[0].state.files).toBeUndefined();
  });

  test('whose answer is cut off are not known', async () => {
    const remote = answering({ ox1: text.replace('== tandem end', ''), ox2: text });
    const [look] = await lookAtHosts(pair, { remote, files: () => undefined });
    expect(look).toMatchObject({ reached: false, reason: expect.stringContaining('did not come to its end') });
  });

  test('do not hide a mistake of this program', async () => {
    const remote = answering({ ox1: new TypeError('a mistake'), ox2: text });
    await expect(lookAtHosts(pair, { remote, files: () => undefined })).rejects.toThrow('a mistake');
  });
});
