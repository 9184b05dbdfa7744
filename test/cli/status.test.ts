import { mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { Io } from '../../lib/cli/io';
import { run } from '../../lib/cli/run';
import { UnreachableError, type Remote } from '../../lib/operate/remote/remote';
import { printTopology } from '../../lib/topology/read';
import { pair, recordedText, type Recording } from '../operate/status/recorded';
import { directoryWith, tandem, type Ran } from './support';

const directory = directoryWith({ 'cdktf.out/tandem/groupware/topology.json': printTopology(pair) });
const withFiles = directoryWith({
  'cdktf.out/tandem/groupware/topology.json': printTopology(pair),
  'cdktf.out/tandem/groupware/hosts/ox1/etc/hosts': 'a\n',
  'cdktf.out/tandem/groupware/hosts/ox2/etc/hosts': 'a\n',
});

/** Hosts that say what was recorded, one recording after the other. */
class Recorded implements Remote {
  closed = 0;
  readonly asked: string[] = [];
  private readonly rounds = new Map<string, number>();

  constructor(private readonly names: readonly Recording[]) {}

  async run(
    host: { readonly name: string },
    command: string,
    options?: { readonly input?: string },
  ): Promise<{ status: number; stdout: string; stderr: string }> {
    if (command === ':') return { status: 0, stdout: '', stderr: '' };
    this.asked.push(options?.input ?? '');
    const round = this.rounds.get(host.name) ?? 0;
    this.rounds.set(host.name, round + 1);
    const text = recordedText(this.names[Math.min(round, this.names.length - 1)] ?? 'healthy', host.name);
    if (text === undefined) throw new UnreachableError(`${host.name} is not reached (No route to host)`);
    return { status: 0, stdout: text, stderr: '' };
  }

  async close(): Promise<void> {
    this.closed += 1;
  }
}

interface Session extends Ran {
  readonly remote: Recorded;
  readonly pauses: readonly number[];
}

async function status(
  names: readonly Recording[],
  options: readonly string[] = [],
  more: Partial<Io> = {},
  where = directory,
): Promise<Session> {
  const remote = new Recorded(names);
  const pauses: number[] = [];
  let [out, err] = ['', ''];
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    directory: where,
    remote: () => remote,
    pause: async (milliseconds) => void pauses.push(milliseconds),
    ...more,
  };
  const code = await run(['status', 'groupware', ...options], io);
  return { code, out, err, remote, pauses };
}

test('shows a deployment, says that files were not compared, and ends the connections', async () => {
  const { out, err, remote } = await status(['resync']);
  expect(out).toMatch(/^groupware: DEGRADED/);
  expect(err).toBe('tandem: cdktf.out/tandem/groupware/hosts is not there, so files are not compared; run the synth\n');
  expect(remote.closed).toBe(1);
});

test.each<[Recording, number]>([
  ['standby-off', 1],
  ['resync', 1],
  ['claimed', 3],
  ['split-brain', 3],
])('ends with a code for what is wrong: %s with %p', async (name, code) => {
  expect((await status([name])).code).toBe(code);
});

test('ends with its own code when nothing answers', async () => {
  const remote: Remote = {
    run: async ({ name }) => {
      throw new UnreachableError(`${name} is not reached`);
    },
    close: async () => undefined,
  };
  const { code, out } = await status([], [], { remote: () => remote });
  expect(code).toBe(4);
  expect(out).toMatch(/^groupware: UNKNOWN/);
});

test('hands the rendered files of each host over, to be compared there', async () => {
  const { remote, err } = await status(['healthy'], [], {}, withFiles);
  expect(err).toBe('');
  // The recordings have no hashes: the file counts as missing there.
  expect(remote.asked.filter((script) => script.includes("sha256sum -- '/etc/hosts'"))).toHaveLength(2);
});

test('prints JSON with its version', async () => {
  const report = JSON.parse((await status(['claimed'], ['--json'])).out) as {
    format: string;
    formatVersion: number;
    severity: string;
    findings: readonly { id: string }[];
  };
  expect(report).toMatchObject({ format: 'tandem-status', formatVersion: 1, severity: 'failed' });
  expect(report.findings[0]?.id).toBe('group/claimed');
});

describe('--watch', () => {
  test('looks again after its seconds, and ends with the code of the last look', async () => {
    const { code, out, pauses, remote } = await status(
      ['resync', 'claimed', 'split-brain'],
      ['--watch', '2', '--count', '3'],
    );
    expect(pauses).toEqual([2000, 2000]);
    expect(out.match(/^groupware: .*$/gm)?.map((line) => line.split(' ')[1])).toEqual(['DEGRADED', 'FAILED', 'FAILED']);
    expect(code).toBe(3);
    expect(remote.closed).toBe(1);
  });

  test('prints one line of JSON for each look', async () => {
    const { out, pauses } = await status(['resync', 'claimed'], ['--watch', '--count', '2', '--json']);
    const severities = out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { severity: string }).severity);
    expect(severities).toEqual(['degraded', 'failed']);
    expect(pauses).toEqual([5000]);
  });

  test('ends at Ctrl-C, and takes the trap back', async () => {
    let interrupt = (): void => undefined;
    let settled = 0;
    const { code, out, remote } = await status(['resync'], ['--watch'], {
      onInterrupt: (callback) => {
        interrupt = callback;
        return () => (settled += 1);
      },
      pause: async () => interrupt(),
    });
    expect(out.match(/^groupware: /gm)).toHaveLength(1);
    expect([code, settled, remote.closed]).toEqual([1, 1, 1]);
  });
});

test('writes metrics in one piece, and leaves nothing else behind', async () => {
  const place = directoryOf('metrics');
  await status(['healthy', 'claimed'], ['--watch', '--count', '2', '--prometheus', path.join(place, 'tandem.prom')]);
  expect(readdirSync(place)).toEqual(['tandem.prom']);
  expect(readFileSync(path.join(place, 'tandem.prom'), 'utf8')).toMatch(/^tandem_group_served\{.*\} 0$/m);
  expect(statSync(path.join(place, 'tandem.prom')).mode & 0o777).toBe(0o644);
});

test('writes alert rules without asking a host', async () => {
  const place = directoryOf('rules');
  const { code, remote } = await status(['healthy'], ['--alert-rules', path.join(place, 'rules.yml')]);
  expect([code, remote.asked]).toEqual([0, []]);
  expect(parse(readFileSync(path.join(place, 'rules.yml'), 'utf8'))).toMatchObject({
    groups: [{ name: 'tandem-groupware' }],
  });
  const printed = await status(['healthy'], ['--alert-rules', '-']);
  expect(printed.out).toBe(readFileSync(path.join(place, 'rules.yml'), 'utf8'));
});

test.each([
  [['--watch', '0'], "--watch must be a whole number above 0, got '0'"],
  [['--watch', '--count', 'x'], "--count must be a whole number above 0, got 'x'"],
  [['--count', '2'], '--count needs --watch'],
  [['--prometheus', 'nowhere/tandem.prom'], 'cannot write nowhere/tandem.prom (no such file or directory)'],
])('fails on %j with a text', async (options, message) => {
  const { code, err } = await status(['healthy'], options);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('fails on a deployment that is not there', async () => {
  const { code, err } = await tandem(['status', 'nope'], directory);
  expect([code, err]).toEqual([2, expect.stringContaining("no deployment 'nope'")]);
});

test('tells its exit codes in its help', async () => {
  const { out } = await tandem(['status', '--help'], directory);
  expect(out).toMatch(/Exit codes: 0 .*1 degraded.*\n.*2 wrong.*3 failed.*\n.*4 something/);
});

function directoryOf(name: string): string {
  const place = path.join(directory, 'cdktf.out', name);
  mkdirSync(place, { recursive: true });
  return place;
}

test('names the program that is missing, without a trace', async () => {
  const search = process.env['PATH'];
  process.env['PATH'] = directory;
  try {
    expect(await tandem(['status', 'groupware'], directory)).toMatchObject({
      code: 2,
      err: expect.stringContaining('tandem: there is no program ssh on the PATH; install the OpenSSH client') as string,
    });
  } finally {
    process.env['PATH'] = search;
  }
});
