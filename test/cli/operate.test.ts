import { run } from '../../lib/cli/run';
import type { Io } from '../../lib/cli/io';
import { printTopology } from '../../lib/topology/read';
import { FakePair } from '../operate/fake-pair';
import { directoryWith, tandem } from './support';

const directory = directoryWith({
  'cdktf.out/tandem/groupware/topology.json': printTopology(new FakePair().topology),
});

/** Runs a command line on a fake pair; `answer` is what the person at the terminal types. */
async function on(
  pair: FakePair,
  argv: readonly string[],
  answer?: string,
): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const { now, pause } = pair.operation;
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    directory,
    remote: () => pair,
    now,
    pause,
    ...(answer === undefined ? {} : { ask: async (question: string) => ((out += question), answer) }),
  };
  return { code: await run(argv, io), out, err };
}

const willing = (): FakePair => {
  const pair = new FakePair();
  return pair.on(/hb_standby/, () => pair.runs('ox2'));
};

describe('tandem switch', () => {
  test('hands over when the name of the node is typed', async () => {
    const pair = willing();
    const { code, out, err } = await on(pair, ['switch', 'groupware', '--to', 'ox2'], 'ox2');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('hand group groupware to ox2? Type ox2 to go on: ');
    expect(out).toMatch(/group groupware runs on ox2 after \d+ s/);
    expect(pair.closed).toBe(true);
  });

  test('ends with 1 and changes nothing for any other answer', async () => {
    const pair = willing();
    const { code, err } = await on(pair, ['switch', 'groupware', '--to', 'ox2'], 'y');
    expect([code, err]).toEqual([1, 'tandem: nothing was changed\n']);
    expect(pair.commands).toEqual([]);
  });

  test('does not ask with --yes', async () => {
    const { code, out } = await on(willing(), ['switch', 'groupware', '--to', 'ox2', '--yes']);
    expect(code).toBe(0);
    expect(out).not.toContain('Type');
  });

  test('wants --yes where nobody can be asked', async () => {
    const pair = willing();
    const { code, err } = await on(pair, ['switch', 'groupware', '--to', 'ox2']);
    expect(code).toBe(2);
    expect(err).toContain('standard input is no terminal');
    expect(pair.commands).toEqual([]);
  });

  test('ends with 1 when it is refused, and shows every reason', async () => {
    const pair = willing();
    pair.nodes.ox2.heartbeat = 'failed';
    const { code, err } = await on(pair, ['switch', 'groupware', '--to', 'ox2', '--yes']);
    expect(code).toBe(1);
    expect(err).toContain('heartbeat does not run on ox2 (failed)');
    expect(pair.closed).toBe(true);
  });

  test('ends with 130 when the person interrupts, and tells the state', async () => {
    const pair = new FakePair();
    let interrupt: () => void = () => undefined;
    pair.on(/hb_standby/, () => interrupt());
    let err = '';
    const { now, pause } = pair.operation;
    const io: Io = {
      out: () => undefined,
      err: (text) => void (err += text),
      directory,
      remote: () => pair,
      now,
      pause,
      onInterrupt: (callback) => ((interrupt = callback), () => undefined),
    };
    expect(await run(['switch', 'groupware', '--to', 'ox2', '--yes'], io)).toBe(130);
    expect(err).toMatch(/interrupted after \d+ s\n {2}ox2: group groupware does not run here/);
  });

  test.each([
    [['--confirm-off', 'ox1'], /--confirm-off works with --forced only/],
    [['--forced', '--confirm-off', 'ox1', '--fence'], /exclude each other/],
    [['--timeout', 'long'], /--timeout must be a number of seconds, got 'long'/],
    [['--cut-off'], /--cut-off works with --forced only/],
    [['--forced', '--accept-loss'], /--accept-loss is for directories and sites, and this is a cluster; leave it out/],
    [['--site', 'dr'], /--to is for clusters and directories and queues of mail servers, and this is a site/],
    [['--mail', 'mx1', '--group', 'groupware'], /--group is for clusters, and this is the queue of a mail server/],
    [['--mail', 'mx1', '--forced', '--fence'], /--fence is for clusters and sites/],
  ])('refuses %j', async (more, message) => {
    const { code, err } = await on(willing(), ['switch', 'groupware', '--to', 'ox2', '--yes', ...more]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  test('needs the node to switch to, and a deployment that there is', async () => {
    expect((await tandem(['switch', 'groupware'], directory)).err).toContain('shall take over with --to');
    const { code, err } = await tandem(['switch', 'other', '--to', 'ox2'], directory);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("no deployment 'other' in cdktf.out/tandem (there are: groupware)"),
    ]);
  });
});

test('tandem repair split-brain shows both sides without a question', async () => {
  const pair = new FakePair();
  pair.disconnect('StandAlone', { ox1: 'UpToDate', ox2: 'UpToDate' });
  const { code, out } = await on(pair, ['repair', 'split-brain', 'groupware', '--discard', 'ox2', '--show']);
  expect(code).toBe(0);
  expect(out).toMatch(/^ {2}discard {2}ox2: StandAlone/m);
});

test('tandem restore lists the dumps without a question', async () => {
  const pair = new FakePair().on(/-printf/, () => ({ stdout: '9 directory-dump-20261122T193000Z.ldif.gz\n' }));
  const { code, out } = await on(pair, ['restore', 'groupware', '--show']);
  expect(code).toBe(0);
  expect(out).toMatch(/^slapd: ox1:\S+\/directory-dump-20261122T193000Z\.ldif\.gz, 9 bytes/m);
});

test.each(['switch', 'restore'])('the help of %s has examples and exit codes', async (command) => {
  const { code, out } = await tandem(['help', command], directory);
  expect(code).toBe(0);
  expect(out).toMatch(/Examples:\n {2}tandem /);
  expect(out).toContain('130 stopped by Ctrl-C');
});
