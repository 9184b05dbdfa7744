import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSsh } from '../../../lib/operate/remote/open-ssh';
import { UnreachableError, type Remote } from '../../../lib/operate/remote/remote';
import { groupwarePair } from '../../support/pair';

/**
 * A program in the place of ssh(1): a master is a file, commands run here in a shell. `down` holds destinations that do
 * not answer, `broken` those whose connection breaks in the middle of a command.
 */
const FAKE = `#!/bin/sh
state=$(dirname "$0")
printf '%s\\n' "$*" >>"$state/calls"
socket= verb= background= user= config=
while [ $# -gt 0 ]; do
  case $1 in
    -o) case $2 in ControlPath=*) socket=\${2#*=} ;; esac; shift 2 ;;
    -O) verb=$2; shift 2 ;;
    -l) user=$2; shift 2 ;;
    -F) config=$2; shift 2 ;;
    -G) verb=config; shift ;;
    -f) background=yes; shift ;;
    -N) shift ;;
    --) shift; break ;;
    *) echo "unexpected $1" >&2; exit 99 ;;
  esac
done
destination=$1
case $verb in
  config) if [ -n "$config" ] && grep -q "^$destination " "$config"; then echo "hostname $(sed -n "s/^$destination //p" "$config")"; else echo "hostname $destination"; fi; exit 0 ;;
  check) [ -e "$socket" ]; exit ;;
  exit) rm -f "$socket"; exit 0 ;;
esac
if [ -n "$background" ]; then
  if grep -qx "$destination" "$state/silent" 2>/dev/null; then sleep 30; fi
  if grep -qx "$destination" "$state/down" 2>/dev/null; then
    echo "ssh: connect to host $destination port 22: No route to host" >&2
    exit 255
  fi
  if grep -qx "$destination" "$state/stranger" 2>/dev/null; then echo 'Host key verification failed.' >&2; exit 255; fi
  : >"$socket"
  exit 0
fi
[ -e "$socket" ] || exit 255
if grep -qx "$destination" "$state/broken" 2>/dev/null; then echo 'Connection to host closed.' >&2; exit 255; fi
exec sh -c "$2"
`;

const pair = groupwarePair();
const [ox1] = pair.hosts.filter((host) => host.name === 'ox1');
if (!ox1) throw new Error('the pair has no ox1');
const [LAN, LINK] = ['192.168.1.161', '192.168.180.10'];

const before = process.env['PATH'];
let folder: string;
let opened: Remote[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fake-ssh-'));
  mkdirSync(path.join(folder, 'tmp'));
  writeFileSync(path.join(folder, 'ssh'), FAKE);
  chmodSync(path.join(folder, 'ssh'), 0o755);
  // Words before the shell when somebody else than root logs in.
  writeFileSync(path.join(folder, 'sudo'), '#!/bin/sh\nshift 2\nSUDO=yes exec "$@"\n');
  chmodSync(path.join(folder, 'sudo'), 0o755);
  process.env['PATH'] = `${folder}${path.delimiter}${before}`;
});

afterEach(async () => {
  await Promise.all(opened.map((remote) => remote.close()));
  opened = [];
  process.env['PATH'] = before;
  rmSync(folder, { recursive: true, force: true });
});

function open(...[options]: [Parameters<typeof openSsh>[1]?]): Remote {
  const remote = openSsh(pair, { temporaryDirectory: path.join(folder, 'tmp'), ...options });
  opened.push(remote);
  return remote;
}

function list(name: string, ...destinations: readonly string[]): void {
  writeFileSync(path.join(folder, name), destinations.map((one) => `${one}\n`).join(''));
}

function calls(): readonly string[] {
  return readFileSync(path.join(folder, 'calls'), 'utf8').split('\n');
}

/** Destinations that were connected to, in order. */
function connected(): readonly string[] {
  return calls().flatMap((line) => (line.includes(' -f -N ') ? [line.split(' -- ')[1] ?? ''] : []));
}

test('gives exit code, output and errors of a command, and passes its input on', async () => {
  const outcome = await open().run(ox1, 'cat; echo wrong >&2; exit 7', { input: 'one\ntwo' });
  expect(outcome).toEqual({ status: 7, stdout: 'one\ntwo', stderr: 'wrong\n' });
});

test('tells the exit code 255 of a command from a connection that broke', async () => {
  expect((await open().run(ox1, 'exit 255')).status).toBe(255);
  list('broken', LAN);
  await expect(open().run(ox1, 'exit 0')).rejects.toThrow(
    'ox1: the command did not come to its end (Connection to host closed.); what became of it is not known',
  );
});

test('passes a command on as it is, whatever stands in it', async () => {
  const odd = `a'b"c $HOME \`id\` \\ ; exit 3 #`;
  const { stdout } = await open().run(ox1, `printf '%s' '${odd.replaceAll("'", "'\\''")}'`);
  expect(stdout).toBe(odd);
});

test('shows the lines of a command as they come, and none of its own', async () => {
  const lines: string[] = [];
  const progress = (line: string): void => void lines.push(line);
  await open().run(ox1, 'echo one; echo; printf rest >&2', { progress });
  expect([...lines].sort()).toEqual(['', 'one', 'rest']);
});

test('is unreachable, with every address and its reason, when none answers', async () => {
  list('down', LAN, LINK);
  const run = open().run(ox1, 'true');
  await expect(run).rejects.toThrow(UnreachableError);
  await expect(run).rejects.toThrow(`ox1 is not reached (${LAN}: No route to host; ${LINK}: No route to host)`);
});

test('finds a node whose first cable is cut over the next one', async () => {
  list('down', LAN);
  expect((await open().run(ox1, 'echo here')).stdout).toBe('here\n');
  expect(connected()).toEqual([LAN, LINK]);
});

test('does not wait for an address that keeps silent', async () => {
  list('silent', LAN);
  const began = performance.now();
  const remote = open({ connectTimeout: -14 });
  expect((await remote.run(ox1, 'echo here')).stdout).toBe('here\n');
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('shares one connection between commands, and asks for another when it has gone', async () => {
  const remote = open();
  await remote.run(ox1, 'true');
  await Promise.all([remote.run(ox1, 'true'), remote.run(ox1, 'true')]);
  expect(connected()).toEqual([LAN]);
  const [own] = readdirSync(path.join(folder, 'tmp'));
  for (const socket of readdirSync(path.join(folder, 'tmp', own ?? '')))
    rmSync(path.join(folder, 'tmp', own ?? '', socket));
  await Promise.all([remote.run(ox1, 'true'), remote.run(ox1, 'true')]);
  expect(connected()).toEqual([LAN, LAN]);
});

test('keeps its sockets in a folder that only the owner enters, and removes it', async () => {
  const remote = open();
  await remote.run(ox1, 'true');
  const own = path.join(folder, 'tmp', readdirSync(path.join(folder, 'tmp'))[0] ?? '');
  expect(statSync(own).mode & 0o777).toBe(0o700);
  await remote.close();
  expect(existsSync(own)).toBe(false);
  expect(calls().some((line) => line.includes('-O exit'))).toBe(true);
  await expect(remote.run(ox1, 'true')).rejects.toThrow('the connections are closed');
});

test('takes a short folder where the usual one is too long for a socket', async () => {
  const long = path.join(folder, 'tmp', 'x'.repeat(90));
  mkdirSync(long);
  await open({ temporaryDirectory: long }).run(ox1, 'true');
  expect(readdirSync(long)).toEqual([]);
});

test('gives up a command that takes too long', async () => {
  const run = open().run(ox1, 'sleep 20', { timeout: 1 });
  await expect(run).rejects.toThrow('ox1: no answer within 1 s; what became of the command is not known');
});

test('always checks host keys and never asks, with the configuration that was named', async () => {
  list('config', 'other 10.0.0.1');
  await open({ configFile: path.join(folder, 'config') }).run(ox1, 'true');
  for (const line of calls().filter((call) => call !== '')) {
    expect(line).toContain(`-F ${path.join(folder, 'config')} `);
    expect(line).toContain('-o StrictHostKeyChecking=yes');
    expect(line).toContain('-o BatchMode=yes');
    expect(line).toContain('-l root');
  }
});

test('connects by the name of a host when the configuration says what it stands for', async () => {
  list('config', `ox1 ${LAN}`);
  list('down', 'ox1');
  await open({ configFile: path.join(folder, 'config') }).run(ox1, 'true');
  expect(connected()).toEqual(['ox1', LINK]);
});

test('says what to do about a host key that is not known', async () => {
  list('stranger', LAN, LINK);
  await expect(open().run(ox1, 'true')).rejects.toThrow(
    'its host key is not in known_hosts; compare it with /etc/ssh/ssh_host_*_key.pub of the host and add it',
  );
});

test('becomes root where somebody else logs in', async () => {
  expect((await open({ user: 'operator' }).run(ox1, 'echo "$SUDO"')).stdout).toBe('yes\n');
  expect(calls().some((line) => line.includes('-l operator'))).toBe(true);
  expect((await open().run(ox1, 'echo "$SUDO"')).stdout).toBe('\n');
});

test('fails with a text where there is no ssh', async () => {
  process.env['PATH'] = path.join(folder, 'tmp');
  await expect(open().run(ox1, 'true')).rejects.toThrow('there is no program ssh on the PATH');
});

test('refuses a command that is too long for an argument', async () => {
  await expect(open().run(ox1, 'x'.repeat(100_001))).rejects.toThrow('give data as its input');
});
