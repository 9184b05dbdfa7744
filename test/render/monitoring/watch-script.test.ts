import { mkdirSync } from 'node:fs';
import { watchScript } from '../../../lib/render/monitoring/watch-script';
import { FakeNode, STANDBY_OR_TIMEOUT, type ScriptResult } from '../shell/fake-node';

const SCRIPT = watchScript('groupware');
/** Sleeping moves the clock of the node instead of waiting; after some rounds it fails, which ends the watcher. */
const SLEEP = `read -r at idle <"$node/clock"; echo "$((at + $1)) $idle" >"$node/clock"
if test -e "$node/rounds"; then rounds=$(($(cat "$node/rounds") - 1)); echo $rounds >"$node/rounds"; test $rounds -ge 0; fi`;

let node: FakeNode;
beforeEach(() => {
  node = new FakeNode({
    sleep: SLEEP,
    logger: '',
    cl_status: 'cat "$node/peer"',
    drbdadm: 'cat "$node/drbd"',
    timeout: STANDBY_OR_TIMEOUT,
    // A restart mends a service unless it is spoilt for good.
    systemctl: 'if test "$1" = restart; then rm -f "$node/broken-$2" "$node/hangs-$2"; ! test -e "$node/spoilt-$2"; fi',
    check:
      'test ! -e "$node/spoilt-$1" || exit 1\ntest ! -e "$node/hangs-$1" || exec tail -f /dev/null\ntest ! -e "$node/broken-$1"',
  });
  mkdirSync(node.path('conf'));
  node.write('clock', '10000 1\n');
  node.write('peer', 'active\n');
  node.write('drbd', 'UpToDate/UpToDate\n');
  configure();
});
afterEach(() => node.close());

function configure(settings = 'restarts 2\ndstate ldap\n'): void {
  const services = ['a', 'b', 'c'].map(
    (name) => `service ${name}\nunit ${name}\nprocess ${name}\nprobe check ${name}\n`,
  );
  node.write(
    'conf/mail.conf',
    `# a comment\npeer ox2\nstandby foreign\ninterval 10\ntimeout 10\nsettle 5\n${settings}${services.join('')}`,
  );
}

function watch(...args: string[]): ScriptResult {
  return node.run(SCRIPT, args, {
    TANDEM_MONITOR_CONFIGURATIONS: node.path('conf'),
    TANDEM_MONITOR_MEMORY: node.path('memory'),
    TANDEM_MONITOR_CLOCK: node.path('clock'),
    TANDEM_MONITOR_DRBD: node.path('proc-drbd'),
  });
}

function round(): ScriptResult {
  const result = watch('--once', 'mail');
  expect([result.status, result.stderr]).toEqual([0, '']);
  return result;
}

function pass(seconds: number): void {
  node.write('clock', `${Number(node.read('clock').split(' ')[0]) + seconds} 1\n`);
}

function restarts(): string[] {
  return node.calls('systemctl').filter((call) => call.startsWith('systemctl restart'));
}

function logged(): string {
  return node.calls('logger').join('\n');
}

/** A service that no restart mends, with as many restarts behind it as are allowed. */
function exhaust(name: string): void {
  node.write(`spoilt-${name}`, '');
  round();
  pass(10);
  round();
  pass(10);
  expect(restarts()).toHaveLength(2 * 2);
  expect(node.standbyRequests()).toEqual([]);
}

test('leaves services alone that work', () => {
  round();
  expect(node.calls('check')).toEqual(['check a', 'check b', 'check c']);
  expect(node.calls('systemctl')).toEqual([]);
});

test('restarts the service that fails, and says so in the log', () => {
  node.write('broken-b', '');
  round();
  expect(restarts()).toEqual(['systemctl restart b']);
  expect(node.calls('systemctl').filter((call) => call.includes('KILL'))).toEqual([]);
  expect(logged()).toMatch(/daemon\.warning -- mail: b: fails, restarting\n.*daemon\.notice -- mail: b: works again/);
});

test('restarts what comes later only when its own probe fails', () => {
  node.write('broken-a', '');
  node.write('broken-c', '');
  round();
  expect(restarts()).toEqual(['systemctl restart a', 'systemctl restart c']);
});

test('kills a service that does not answer in time before it restarts it', () => {
  configure('timeout 1\n');
  node.write('hangs-b', '');
  round();
  const calls = node.calls('systemctl');
  expect(calls.indexOf('systemctl kill -s KILL b')).toBe(0);
  expect(calls.at(-1)).toBe('systemctl restart b');
  expect(logged()).toContain('b: does not answer, restarting');
});

describe('while DRBD does not know what became of its peer (X2)', () => {
  const proc = (flags: string, connection = 'WFConnection'): void =>
    void node.write(
      'proc-drbd',
      ` 0: cs:${connection} ro:Primary/Unknown ds:UpToDate/DUnknown C ${flags}\n    ns:0 nr:0\n`,
    );

  test('leaves a service alone that waits for its writes, and says so', () => {
    proc('s-----');
    node.write('broken-b', '');
    round();
    expect(restarts()).toEqual([]);
    expect(logged()).toContain('b: fails while DRBD holds writes back: left alone');
  });

  test('asks again before it restarts one that may have waited', () => {
    proc('r-----');
    node.write('broken-b', '');
    node.fake('check', 'test ! -e "$node/broken-$1" || { rm "$node/broken-$1"; exit 1; }');
    round();
    expect(restarts()).toEqual([]);
  });

  test('restarts one that fails twice, and asks once where the peer is there', () => {
    proc('r-----');
    node.write('broken-b', '');
    round();
    expect(restarts()).toEqual(['systemctl restart b']);
    expect(node.calls('check').filter((call) => call === 'check b')).toHaveLength(3);
    proc('r-----', 'Connected');
    node.write('broken-c', '');
    round();
    expect(restarts()).toEqual(['systemctl restart b', 'systemctl restart c']);
    expect(node.calls('check').filter((call) => call === 'check c')).toHaveLength(3);
  });
});

test('after the allowed restarts gives the group to the other node', () => {
  exhaust('b');
  round();
  expect(node.standbyRequests()).toEqual(['foreign']);
  expect(node.calls('cl_status')).toEqual(['cl_status nodestatus ox2']);
  expect(logged()).toContain('daemon.err -- mail: giving the group to ox2');
});

test('restarts that are older than an hour do not count', () => {
  node.write('spoilt-b', '');
  round();
  pass(3601);
  round();
  pass(3601);
  round();
  expect(node.standbyRequests()).toEqual([]);
});

test('restarts of one service do not count for another', () => {
  for (const name of ['a', 'b', 'c']) {
    node.write(`broken-${name}`, '');
    round();
    pass(10);
  }
  expect(node.standbyRequests()).toEqual([]);
});

test.each([
  ['the other node is dead', 'peer', 'dead\n', 'ox2 is not active (dead)'],
  ['the other node can not be asked for', 'peer', '', 'ox2 is not active (unknown)'],
  ['the data there is old', 'drbd', 'UpToDate/Outdated\n', 'ldap is not up to date on ox2'],
  ['one of several volumes is old', 'drbd', 'UpToDate/UpToDate\nUpToDate/Inconsistent\n', 'ldap is not up to date'],
  ['the state of the data is unknown', 'drbd', '', 'ldap is not up to date on ox2 (unknown)'],
])('keeps the group and goes on with restarts when %s', (_case, file, content, message) => {
  exhaust('b');
  node.write(file, content);
  round();
  expect(node.standbyRequests()).toEqual([]);
  expect(logged()).toContain(message);
  expect(restarts()).toHaveLength(3 * 2);
});

test('pauses between restarts grow, up to ten minutes', () => {
  node.write('peer', 'dead\n');
  exhaust('b');
  const pauses: number[] = [];
  for (let count = 0; count < 7; count += 1) {
    const at = Number(node.read('clock').split(' ')[0]);
    round();
    const before = restarts().length;
    const pause = Number(node.read('memory/mail/b.pause')) - at;
    pass(pause - 1);
    round();
    expect(restarts()).toHaveLength(before);
    pass(1);
    pauses.push(pause);
  }
  expect(pauses).toEqual([20, 40, 80, 160, 320, 600, 600]);
});

test('a peer that does not take the group is asked again, after a pause', () => {
  exhaust('b');
  round();
  expect(logged()).toContain('ox2 did not take the group');
  pass(600);
  round();
  expect(node.standbyRequests()).toHaveLength(2);
});

test('a group that came back within an hour is not sent to and fro', () => {
  exhaust('b');
  // Heartbeat stops the watcher while it waits.
  node.fake('timeout', `${STANDBY_OR_TIMEOUT}; kill "$PPID"`);
  watch('--once', 'mail');
  expect(node.standbyRequests()).toHaveLength(1);
  pass(600);
  round();
  expect(node.standbyRequests()).toHaveLength(1);
  expect(logged()).toMatch(/given to ox2 6\d\d s ago and came back/);
  pass(3600);
  for (let count = 0; count < 3; count += 1) {
    watch('--once', 'mail');
    pass(10);
  }
  expect(node.standbyRequests()).toHaveLength(2);
});

test('reads its settings anew in every round and waits between rounds', () => {
  node.write('rounds', '3');
  node.fake('check', `cp "$node/changed" "$node/conf/mail.conf"`);
  node.write('changed', 'interval 10\ntimeout 1\nservice z\nunit z\nprocess z\nprobe other\n');
  node.fake('other', '');
  expect(watch('mail')).toMatchObject({ status: 0, stderr: '' });
  expect(node.calls('sleep')).toEqual(['sleep 10', 'sleep 10', 'sleep 10', 'sleep 10']);
  expect(node.calls('other')).toHaveLength(2);
});

test('a check prints and changes nothing', () => {
  node.write('broken-b', '');
  expect(watch('--check', 'mail')).toMatchObject({ status: 1, stdout: 'a: works\nb: fails\nc: works\n' });
  expect(node.calls('systemctl')).toEqual([]);
  expect(node.has('memory')).toBe(false);
});

test('fails for a group without settings, in a way that systemd does not repeat', () => {
  expect(watch('other').status).toBe(78);
});

test.each([[[]], [['../x']], [['--now', 'mail']]])('fails with its usage for %j', (args) => {
  expect(watch(...args)).toMatchObject({ status: 64, stderr: expect.stringContaining('Usage: tandem-monitor') });
});
