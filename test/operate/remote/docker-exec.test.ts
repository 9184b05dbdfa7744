import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { remoteOf } from '../../../lib/cli/remote-options';
import type { Io } from '../../../lib/cli/io';
import { UnreachableError, type Remote } from '../../../lib/operate/remote/remote';
import { groupwarePair } from '../../support/pair';

/** A program in the place of docker(1): commands run here in a shell; of the daemon `lost` nothing is heard. */
const FAKE = `#!/bin/sh
printf '%s\\n' "$*" >>"$(dirname "$0")/calls"
if [ "$1" = --host ]; then
  if [ "$2" = ssh://lost ]; then echo 'Cannot connect to the Docker daemon at ssh://lost.' >&2; exit 1; fi
  shift 2
fi
[ "$1 $2" = 'exec -i' ] || exit 99
shift 3
exec "$@"
`;

const pair = groupwarePair();
const [ox1, ox2] = ['ox1', 'ox2'].map((wanted) => {
  const host = pair.hosts.find(({ name }) => name === wanted);
  if (!host) throw new Error(`the pair has no ${wanted}`);
  return host;
}) as [(typeof pair.hosts)[number], (typeof pair.hosts)[number]];

const before = process.env['PATH'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fake-docker-'));
  writeFileSync(path.join(folder, 'docker'), FAKE);
  chmodSync(path.join(folder, 'docker'), 0o755);
  process.env['PATH'] = `${folder}:${before}`;
});

afterEach(() => {
  process.env['PATH'] = before;
  rmSync(folder, { recursive: true, force: true });
});

const remote = (docker: true | readonly string[]): Remote => remoteOf(pair, { output: 'cdktf.out', docker }, {} as Io);
const calls = (): string => readFileSync(path.join(folder, 'calls'), 'utf8');

test('a command runs in the container of its host, with its input and its own exit code', async () => {
  const lines: string[] = [];
  const outcome = await remote(true).run(ox1, 'cat; echo two; echo other >&2; exit 125', {
    input: 'one\n',
    progress: (line) => lines.push(line),
  });
  expect(outcome).toEqual({ status: 125, stdout: 'one\ntwo\n', stderr: 'other\n' });
  expect(lines).toEqual(expect.arrayContaining(['one', 'two', 'other']));
  expect(calls()).toMatch(/^exec -i groupware-ox1 \/bin\/sh -c /);
});

test('each host has the daemon that is named for it, and others that for all', async () => {
  const both = remote(['ox1=ssh://root@dock1', 'unix:///run/docker.sock']);
  await both.run(ox1, ':');
  await both.run(ox2, ':');
  expect(calls()).toMatch(/^--host ssh:\/\/root@dock1 exec -i groupware-ox1 /m);
  expect(calls()).toMatch(/^--host unix:\/\/\/run\/docker.sock exec -i groupware-ox2 /m);
});

test('a daemon that does not answer is a host that is not reached', async () => {
  const lost = remote(['ssh://lost']).run(ox1, ':');
  await expect(lost).rejects.toThrow(UnreachableError);
  await expect(lost).rejects.toThrow('ox1: Cannot connect to the Docker daemon at ssh://lost.');
});

test('a client that is not installed is told', async () => {
  process.env['PATH'] = '/nowhere';
  await expect(remote(true).run(ox1, ':')).rejects.toThrow(
    'there is no program docker on the PATH; install the docker client',
  );
});

test.each([
  ['ox3=ssh://dock', '--docker names ox3, which is no host of groupware'],
  ['dock1', "--docker takes addresses as ssh://root@dock1, for one host as HOST=ssh://root@dock1, got 'dock1'"],
])('%s is refused', (word, message) => {
  expect(() => remote([word])).toThrow(message);
});
