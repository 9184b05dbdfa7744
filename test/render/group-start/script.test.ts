import { mkdirSync, symlinkSync } from 'node:fs';
import { groupScript } from '../../../lib/render/group-start/script';
import { FakeNode, type ScriptResult } from '../shell/fake-node';

const CONFIGURATION = `# Tandem: mail/ox/groupware; changes belong into the stack
resource ldap
resource spool
mount 0 /dev/drbd0 DIR/ldap ext4
mount 0 /dev/drbd1 DIR/spool xfs noatime
mount 1 /dev/drbd2 DIR/spool/deep ext4
service slapd.service
service postfix.service postfix@-.service
`;

let node: FakeNode;
let script: string;

const path = (text: string): string => text.replaceAll('DIR', node.directory);
const mounted = (): string[] => node.read('mounts').split('\n').filter(Boolean).slice(1);
const order = (...words: string[]): string[] =>
  node.calls().filter((call) => words.some((word) => call.startsWith(`${word} `)));
const run = (action: string): ScriptResult => node.run(script, ['groupware', action]);

/** What is there after a complete start. */
function isUp(): void {
  for (const name of ['ldap', 'spool']) node.write(`role-${name}`, 'Primary/Secondary\n');
  for (const unit of ['slapd.service', 'postfix.service', 'postfix@-.service']) node.write(`unit-${unit}`, 'active\n');
  node.append(
    'mounts',
    path('/dev/drbd0 DIR/ldap ext4 rw 0 0\n/dev/drbd1 DIR/spool xfs rw 0 0\n/dev/drbd2 DIR/spool/deep ext4 rw 0 0\n'),
  );
}

beforeEach(() => {
  node = new FakeNode({
    drbdadm: `command=$1; shift
      case $command in
        role) cat "$node/role-$1" ;;
        sh-minor) echo 7 ;;
        primary | secondary)
          if [ -e "$node/refusals" ] && [ "$(wc -l <"$node/refusals")" -gt 0 ]; then sed -i 1d "$node/refusals"; exit 17; fi
          for one; do
            if [ -e "$node/refused-$one" ]; then result=17; continue; fi
            case $command in primary) echo Primary/Secondary ;; *) echo Secondary/Secondary ;; esac >"$node/role-$one"
          done
          exit \${result-0} ;;
      esac`,
    mount: `shift 2; if [ "$1" = -o ]; then shift 2; fi
      if [ -e "$node/slow" ]; then /bin/sleep 0.3; fi
      if [ -e "$node/broken" ] && [ "$1" = "$(cat "$node/broken")" ]; then exit 32; fi
      echo "$1 $2 ext4 rw 0 0" >>"$node/mounts"; mkdir -p "$2"`,
    umount: `if [ -e "$node/busy" ] && [ "$1" = "$(cat "$node/busy")" ]; then exit 32; fi
      exec 9>"$node/lock"; flock 9; grep -v " $1 " "$node/mounts" >"$node/new"; /bin/mv "$node/new" "$node/mounts"`,
    fuser: 'case $2 in "$(cat "$node/dies-of" 2>/dev/null)") rm "$node/busy" ;; esac',
    systemctl: `command=$1; shift
      case $command in
        is-active) for one; do cat "$node/unit-$one" 2>/dev/null || echo inactive; done ;;
        start) for one; do if [ -e "$node/unit-broken" ] && [ "$one" = "$(cat "$node/unit-broken")" ]; then result=1; echo failed; else echo active; fi >"$node/unit-$one"; done; exit \${result-0} ;;
        stop) if [ -e "$node/stubborn" ]; then exit 1; fi; for one; do echo inactive >"$node/unit-$one"; done ;;
      esac`,
    logger: '',
    sleep: '',
    modprobe: 'exit 1',
    udevadm: '',
    blockdev: '',
    fsck: '',
  });
  for (const directory of ['ldap', 'spool']) node.write(`role-${directory}`, 'Secondary/Secondary\n');
  node.write('mounts', '/dev/vda1 / ext4 rw 0 0\n');
  node.write('types', 'nodev\tsysfs\n\text4\n\txfs\n');
  node.write('drbd', '');
  node.write('groupware.conf', path(CONFIGURATION));
  script = groupScript('mail')
    .replace('/etc/tandem/group', node.directory)
    .replace('/proc/self/mounts', node.path('mounts'))
    .replace('/proc/filesystems', node.path('types'))
    .replace('/proc/drbd', node.path('drbd'))
    // There is no block device that a test could mount.
    .replaceAll('[ ! -b "$1" ]', '[ -e "$node/no-device" ]');
});
afterEach(() => node.close());

describe('start', () => {
  test('promotes all, mounts all and starts all, each kind with one call (X21)', () => {
    expect(run('start')).toMatchObject({ status: 0, stderr: '' });
    expect(order('drbdadm', 'systemctl')).toEqual([
      'drbdadm primary ldap spool',
      'systemctl start slapd.service postfix.service postfix@-.service',
    ]);
    expect(order('mount')).toHaveLength(3);
    expect(order('mount').at(-1)).toBe(path('mount -t ext4 /dev/drbd2 DIR/spool/deep'));
    expect(order('mount')).toContain(path('mount -t xfs -o noatime /dev/drbd1 DIR/spool'));
    expect(node.calls().findIndex((call) => call.startsWith('drbdadm'))).toBe(0);
    expect(node.calls().at(-1)).toMatch(/^systemctl start/);
    expect(run('status')).toMatchObject({ status: 0, stdout: 'running\n' });
  });

  test('mounts file systems beside each other at the same time, and one in another after it', () => {
    node.write('slow', '');
    node.fake(
      'mount',
      'shift 2; if [ "$1" = -o ]; then shift 2; fi; echo "begin $2" >>"$node/calls"; /bin/sleep 0.3; echo "end $2" >>"$node/calls"; echo "$1 $2 ext4 rw 0 0" >>"$node/mounts"; mkdir -p "$2"',
    );
    expect(run('start').status).toBe(0);
    const told = order('begin', 'end').map((call) => call.replace(node.directory, ''));
    expect(told.slice(0, 2).sort()).toEqual(['begin /ldap', 'begin /spool']);
    expect(told.slice(2, 4).sort()).toEqual(['end /ldap', 'end /spool']);
    expect(told.slice(4)).toEqual(['begin /spool/deep', 'end /spool/deep']);
  });

  test('leaves what is there, and completes the rest', () => {
    isUp();
    node.write('mounts', path('/dev/vda1 / ext4 rw 0 0\n/dev/drbd0 DIR/ldap ext4 rw 0 0\n'));
    expect(run('start').status).toBe(0);
    expect(order('mount')).toEqual([
      path('mount -t xfs -o noatime /dev/drbd1 DIR/spool'),
      path('mount -t ext4 /dev/drbd2 DIR/spool/deep'),
    ]);
  });

  test('tries a promotion again while DRBD has not noticed the loss of the other node (X2)', () => {
    node.write('refusals', '1\n2\n3\n4\n5\n');
    expect(run('start').status).toBe(0);
    expect(node.calls('drbdadm')).toHaveLength(6);
    expect(node.calls('sleep')).toEqual(Array(5).fill('sleep 1'));
  });

  test('fails with the resources that DRBD refuses for good, and mounts nothing', () => {
    node.write('refused-spool', '');
    expect(run('start')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('tandem-group groupware: DRBD does not make primary: spool\n'),
    });
    expect(order('mount', 'systemctl')).toEqual([]);
  });

  test('counts tries anew for those that are left when one got through', () => {
    node.write('refused-spool', '');
    run('start');
    expect(order('drbdadm').filter((call) => call === 'drbdadm primary ldap spool')).toHaveLength(6);
    expect(order('drbdadm').filter((call) => call === 'drbdadm primary spool')).toHaveLength(6);
  });

  test.each([
    [
      'something else is mounted at a directory',
      '/dev/sdz1 DIR/ldap ext4 rw 0 0',
      'DIR/ldap: /dev/sdz1 is mounted there, and not /dev/drbd0',
    ],
    [
      'something is mounted below a directory',
      '/dev/sdz1 DIR/ldap/below ext4 rw 0 0',
      'DIR/ldap: something is mounted below it already',
    ],
    [
      'a device is mounted elsewhere',
      '/dev/drbd0 /mnt ext4 rw 0 0',
      'DIR/ldap: /dev/drbd0 is mounted elsewhere already',
    ],
  ])('fails when %s, and starts no service', (_, line, message) => {
    node.append('mounts', path(`${line}\n`));
    expect(run('start')).toMatchObject({ status: 1, stderr: expect.stringContaining(path(message)) });
    expect(node.calls('systemctl')).toEqual([]);
  });

  test('fails when a mount of several fails', () => {
    node.write('broken', '/dev/drbd0\n');
    expect(run('start')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(path('DIR/ldap: /dev/drbd0 can not be mounted')),
    });
    expect(node.calls('systemctl')).toEqual([]);
  });

  test('fails without the device, and without a file system in the kernel', () => {
    node.write('no-device', '');
    expect(run('start').stderr).toContain(path('DIR/ldap: there is no device /dev/drbd0'));
    node.write('types', '\text4\n');
    expect(run('start').stderr).toContain(path('DIR/spool: this kernel has no file system xfs'));
    expect(node.calls('modprobe')).toEqual(['modprobe xfs']);
    expect(node.calls('mount')).toEqual([]);
  });

  test('checks a file system whose mount replays no journal', () => {
    node.write('types', '\text2\n');
    node.write('groupware.conf', path('mount 0 /dev/drbd0 DIR/ldap ext2\n'));
    node.fake('fsck', 'exit 4');
    expect(run('start').stderr).toContain('fsck of /dev/drbd0 failed with 4');
    node.fake('fsck', 'exit 1');
    expect(run('start').status).toBe(0);
    expect(node.calls('fsck')[0]).toBe('fsck -t ext2 -p /dev/drbd0');
  });

  test('asks an NFS share for no device', () => {
    node.write('no-device', '');
    node.append('types', 'nodev\tnfs4\n');
    node.append('mounts', 'nas:/export /mnt nfs4 rw 0 0\n');
    node.write('groupware.conf', path('mount 0 nas:/export DIR/share nfs4 hard\n'));
    expect(run('start').status).toBe(0);
    expect(node.calls('mount')).toEqual([path('mount -t nfs4 -o hard nas:/export DIR/share')]);
  });

  test('fails with the unit that does not start', () => {
    node.write('unit-broken', 'postfix@-.service\n');
    expect(run('start')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('not started: postfix@-.service\n'),
    });
  });
});

describe('stop', () => {
  test('stops services, then unmounts from the inside, then demotes, each kind with one call', () => {
    isUp();
    expect(run('stop')).toMatchObject({ status: 0, stderr: '' });
    expect(mounted()).toEqual([]);
    const calls = order('systemctl', 'umount', 'drbdadm');
    expect(calls[0]).toBe('systemctl stop postfix.service postfix@-.service slapd.service');
    expect(calls.slice(1, 3).sort()).toEqual([path('umount DIR/ldap'), path('umount DIR/spool/deep')]);
    expect(calls.slice(3)).toEqual([path('umount DIR/spool'), 'drbdadm secondary ldap spool']);
  });

  test('succeeds when nothing runs, and where DRBD does not know the resources', () => {
    expect(run('stop').status).toBe(0);
    expect(node.calls('umount')).toEqual([]);
    for (const name of ['ldap', 'spool']) {
      node.write(`refused-${name}`, '');
      node.write(`role-${name}`, 'Unconfigured\n');
    }
    node.write('stubborn', '');
    expect(run('stop').status).toBe(0);
  });

  test('unmounts what others have put on its storage', () => {
    isUp();
    node.append('mounts', path('/dev/sdz1 DIR/ldap/other ext4 rw 0 0\n/dev/drbd1 /mnt/bind xfs rw 0 0\n'));
    expect(run('stop').status).toBe(0);
    expect(mounted()).toEqual([]);
  });

  test('unmounts a place whose name the kernel writes with an escape', () => {
    isUp();
    node.append('mounts', path('/dev/sdz1 DIR/ldap/my\\040other ext4 rw 0 0\n'));
    run('stop');
    expect(node.calls('umount')).toContain(path('umount DIR/ldap/my other'));
  });

  test('ends processes that keep a file system busy, first with TERM, then with KILL', () => {
    isUp();
    node.write('busy', path('DIR/ldap\n'));
    node.write('dies-of', '-KILL');
    expect(run('stop').status).toBe(0);
    const signals = node.calls('fuser').map((call) => call.split(' ')[2]);
    expect(signals).toEqual(['-TERM', '-TERM', '-TERM', '-KILL']);
    expect(node.calls('fuser')[0]).toBe(path('fuser -k -TERM -M -m DIR/ldap'));
  });

  test('spares the processes of a file system of the node that somebody has put into its storage', () => {
    isUp();
    node.append('mounts', path('/dev/vda1 DIR/ldap/bound ext4 rw 0 0\n'));
    node.write('busy', path('DIR/ldap/bound\n'));
    expect(run('stop').status).toBe(1);
    expect(node.calls('fuser')).toEqual([]);
    expect(node.calls('umount').filter((call) => call.endsWith(' /'))).toEqual([]);
  });

  test('fails when a file system stays busy, and demotes nothing (X2)', () => {
    isUp();
    node.write('busy', path('DIR/spool\n'));
    expect(run('stop')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(path('can not be unmounted: DIR/spool\n')),
    });
    expect(node.calls('drbdadm')).toEqual([]);
    expect(node.calls('fuser')).toHaveLength(6);
  });

  test('fails when a unit does not stop, and unmounts nothing under it', () => {
    isUp();
    node.write('stubborn', '');
    expect(run('stop')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('not stopped: slapd.service postfix.service postfix@-.service\n'),
    });
    expect(mounted()).toHaveLength(3);
  });

  test('fails when a resource stays primary', () => {
    isUp();
    node.write('refused-spool', '');
    expect(run('stop')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('does not make secondary: spool\n'),
    });
    expect(node.calls('drbdadm').filter((call) => call.startsWith('drbdadm secondary'))).toEqual([
      'drbdadm secondary ldap spool',
      'drbdadm secondary spool',
      'drbdadm secondary spool',
    ]);
  });
});

test('a directory behind a symbolic link is looked up as the kernel names it', () => {
  mkdirSync(node.path('real'));
  symlinkSync(node.path('real'), node.path('link'));
  node.write('groupware.conf', path('mount 0 /dev/drbd0 DIR/link ext4\n'));
  node.append('mounts', path('/dev/drbd0 DIR/real ext4 rw 0 0\n'));
  expect(run('status').stdout).toBe('running\n');
  expect(run('start').status).toBe(0);
  expect(node.calls('mount')).toEqual([]);
  expect(run('stop').status).toBe(0);
  expect(mounted()).toEqual([]);
});

describe('status', () => {
  /** As heartbeat's ResourceManager asks it. */
  const asked = (by: string): string => {
    node.write('ResourceManager', `sh "$node/inner" groupware status; exit $?`);
    node.write('inner', script);
    return node.run(`sh "$node/ResourceManager" ${by} key; exit $?`).stdout;
  };

  test('says that it runs when all of it does', () => {
    isUp();
    expect(run('status')).toMatchObject({ status: 0, stdout: 'running\n' });
    expect(asked('takegroup')).toBe('running\n');
  });

  test('says that it is stopped when nothing of it runs, to a takeover without a process of DRBD or systemd', () => {
    expect(run('status')).toMatchObject({ status: 3, stdout: 'stopped\n' });
    const before = node.calls().length;
    expect(asked('takegroup')).toBe('stopped\n');
    expect(node.calls()).toHaveLength(before);
  });

  test.each([
    ['a unit is down', () => node.write('unit-slapd.service', 'failed\n')],
    ['a resource is secondary', () => node.write('role-ldap', 'Secondary/Secondary\n')],
    [
      'one file system is left',
      () => node.write('mounts', path('/dev/vda1 / ext4 rw 0 0\n/dev/drbd0 DIR/ldap ext4 rw 0 0\n')),
    ],
  ])('when %s a takeover completes it, and a node that can not stop it is reset', (_, change) => {
    isUp();
    change();
    expect(asked('takegroup')).toBe('stopped\n');
    expect(asked('givegroup')).toMatch(/^running in part, without /);
    expect(run('status')).toMatchObject({ status: 4, stdout: expect.stringMatching(/^running in part/) });
  });

  test('a service alone makes no group that is here, unless it is all that the group has', () => {
    node.write('unit-slapd.service', 'active\n');
    expect(asked('status')).toBe('stopped\n');
    node.write('groupware.conf', 'service slapd.service\nservice postfix.service\n');
    expect(asked('status')).toBe('running in part, without postfix.service\n');
    expect(asked('takegroup')).toBe('stopped\n');
  });

  test.each([
    ['', 'stopped\n'],
    [' 7: cs:Connected ro:Secondary/Primary ds:UpToDate/UpToDate C r-----\n', 'stopped\n'],
    [' 7: cs:WFConnection ro:Primary/Unknown ds:UpToDate/DUnknown C r-----\n', 'running in part'],
  ])('looks at the table of DRBD (%j) when it does not tell a role', (table, answer) => {
    node.write('role-ldap', '');
    node.write('drbd', table);
    expect(run('status').stdout).toContain(answer);
  });

  test('never says that nothing runs when it can not know', () => {
    node.remove('groupware.conf');
    expect(asked('givegroup')).toMatch(/^running in part/);
    expect(asked('takegroup')).toBe('stopped\n');
    for (const action of ['start', 'stop'])
      expect(run(action)).toMatchObject({ status: 1, stderr: expect.stringContaining('can not be read') });
  });
});

test.each([[[]], [['mail']], [['../x', 'start']], [['mail', 'restart']]])('fails with its usage for %j', (args) => {
  expect(node.run(script, args)).toMatchObject({ status: 64, stderr: expect.stringContaining('Usage:') });
  expect(node.calls()).toEqual([]);
});
