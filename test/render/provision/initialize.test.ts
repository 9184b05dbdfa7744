import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';
import { onNode, RESOURCES } from './fake-drbd';

test('new replicas are declared equal, and get file systems with what the services need', () => {
  onNode((node) => {
    node.withMetadata();
    expect(node.provision('initialize')).toMatchObject({ status: 0, stderr: '' });
    expect(node.calls('drbdadm').filter((call) => call.includes('new-current-uuid'))).toEqual(
      RESOURCES.map((resource) => `drbdadm -- --clear-bitmap new-current-uuid ${resource}/0`),
    );
    expect(
      node
        .changes()
        .filter((call) => /drbd0|ldap|mount/.test(call))
        .slice(1, 8),
    ).toEqual([
      'drbdadm primary ldap',
      'mkfs.ext4 -q -L tandem-new /dev/drbd0',
      expect.stringMatching(/^mount -t ext4 -- \/dev\/drbd0 .*\/run\/tandem-provision\.\w+\/mount$/),
      expect.stringMatching(/^install -d -m 0700 -o openldap -g openldap -- .*\/mount\/data$/),
      expect.stringMatching(/^umount -- .*\/mount$/),
      'e2label /dev/drbd0 ',
      'drbdadm secondary ldap',
    ]);
    expect(node.read('made').trim().split('\n')).toEqual([
      '0700 openldap openldap /data',
      '0700 postgres postgres /15/main.tandem-new',
      '0750 cyrus mail /.',
      '0750 cyrus mail /.',
      '0755 root root /queue',
      '0755 root root /.',
    ]);
    expect(node.calls('setpriv')[0]).toMatch(
      /^setpriv --reuid=postgres --regid=postgres --init-groups -- .*\/15\/bin\/initdb -D .*\/15\/main\.tandem-new -U postgres -E UTF8 --locale=C\.UTF-8 --auth-local=peer --auth-host=scram-sha-256$/,
    );
    for (const resource of RESOURCES) expect(node.read(`role-${resource}`)).toBe('Secondary\n');
    expect(node.has('mounted')).toBe(false);
  });
});

test('a second run makes nothing', () => {
  onNode((node) => {
    node.withMetadata();
    node.provision('initialize');
    const before = node.changes().length;
    expect(node.provision('initialize')).toMatchObject({ status: 0, stderr: '' });
    expect(node.changes().slice(before)).toEqual(
      RESOURCES.flatMap((resource) => [`drbdadm primary ${resource}`, `drbdadm secondary ${resource}`]),
    );
  });
});

test('fails when the peer is not connected in time, and changes nothing', () => {
  onNode((node) => {
    node.withMetadata().write('peer-queue', 'Unknown\n');
    const { status, stdout, stderr } = node.provision('initialize', '--wait', '12');
    expect(status).toBe(1);
    expect(stdout).toContain('waiting for the other node (10 of 12 s): queue');
    expect(stderr).toContain('not connected to the other node after 12 s: queue;');
    expect(node.changes()).toEqual([]);
  });
});

test.each([
  ['the other node', 'peer-imap-index'],
  ['this node', 'role-imap-index'],
])('leaves a group alone that runs on %s', (place, file) => {
  onNode((node) => {
    node.initialized().write(file, 'Primary\n');
    const { status, stdout } = node.provision('initialize');
    expect([status, stdout]).toEqual([0, `tandem-provision: group groupware runs on ${place} and is left alone\n`]);
    expect(node.changes()).toEqual([]);
  });
});

test('fails when a group runs with a resource that is new, and says what to do', () => {
  onNode((node) => {
    node.initialized().write('role-ldap', 'Primary\n');
    node.write('metadata-queue', '0000000000000004:0\n');
    const { status, stderr } = node.provision('initialize');
    expect([status, stderr]).toEqual([1, expect.stringMatching(/queue\/0 was never initialized; stop heartbeat/)]);
    expect(node.changes()).toEqual([]);
  });
});

test('fails while heartbeat runs and the group does not', () => {
  onNode((node) => {
    node.initialized().write('heartbeat', 'all\n');
    expect(node.provision('initialize').stderr).toContain('heartbeat runs here (resources: all), but group groupware');
    expect(node.changes()).toEqual([]);
  });
});

test.each([
  ['one was in use before', 'metadata-queue', '573B5AA0B1957049:0\n', 'Inconsistent/Inconsistent'],
  ['something is copied', 'connection-queue', 'SyncTarget\n', 'Inconsistent/Inconsistent'],
  ['a copy is outdated', 'disks-queue', 'Outdated/Inconsistent\n', 'Outdated/Inconsistent'],
])('fails to declare replicas equal when %s, before the first is', (_what, file, content, state) => {
  onNode((node) => {
    node.withMetadata().write(file, content);
    const { status, stderr } = node.provision('initialize');
    expect(status).toBe(1);
    expect(stderr).toContain(`queue/0: its disks are ${state}, and at least one of them was in use before`);
    expect(node.changes()).toEqual([]);
  });
});

test('fails when mkfs fails, with the resource secondary again', () => {
  onNode((node) => {
    node.withMetadata().write('mkfs-fails', '');
    expect(node.provision('initialize')).toMatchObject({
      status: 1,
      stderr: 'tandem-provision: ERROR: /dev/drbd0: mkfs failed\n',
    });
    expect(node.calls('drbdadm').at(-1)).toBe('drbdadm secondary ldap');
    expect(node.read('role-ldap')).toBe('Secondary\n');
  });
});

test('fails when a directory can not be made, with everything unmounted; the next run goes on with it', () => {
  onNode((node) => {
    node.withMetadata().write('install-fails', '');
    expect(node.provision('initialize').status).toBe(1);
    expect([node.has('mounted'), node.read('role-ldap')]).toEqual([false, 'Secondary\n']);
    node.remove('install-fails');
    const again = node.provision('initialize');
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('an earlier run did not complete the file system of /dev/drbd0; going on with it');
    expect(node.calls('mkfs.ext4').filter((call) => call.endsWith('/dev/drbd0'))).toHaveLength(1);
    expect(node.has('label-drbd0')).toBe(false);
  });
});

test('fails over something else on a volume than its file system', () => {
  onNode((node) => {
    node.initialized().write('type-drbd3', 'LVM2_member\n');
    expect(node.provision('initialize').stderr).toMatch(/drbd3: \/var\/spool\/imap wants ext4, .*LVM2_member/);
    expect(node.calls().some((call) => call.startsWith('mkfs'))).toBe(false);
    expect(node.read('role-imap-spool')).toBe('Secondary\n');
  });
});

test.each([
  ['a user', 'unknown-openldap', '/dev/drbd0: there is no user openldap for data'],
  ['initdb', 'usr/lib/postgresql/15/bin/initdb', 'install PostgreSQL 15 first'],
])('fails without %s before the file system is made', (_what, file, message) => {
  onNode((node) => {
    node.withMetadata();
    if (node.has(file)) node.remove(file);
    else node.write(file, '');
    expect(node.provision('initialize').stderr).toContain(message);
    expect(node.calls('mkfs.ext4')).toHaveLength(file.startsWith('usr') ? 1 : 0);
  });
});

const withFileSystem = (fileSystem: string): Topology => {
  const pair = groupwarePair();
  return {
    ...pair,
    clusters: pair.clusters.map((cluster) => ({
      ...cluster,
      groups: cluster.groups.map((group) => ({
        ...group,
        members: group.members.map((member) => (member.kind === 'mount' ? { ...member, fileSystem } : member)),
      })),
    })),
  };
};

test('xfs is made with its own programs', () => {
  onNode((node) => {
    node.withMetadata();
    expect(node.provision('initialize')).toMatchObject({ status: 0, stderr: '' });
    expect(node.calls('xfs_admin')[0]).toBe('xfs_admin -L -- /dev/drbd0');
    expect(node.has('label-drbd0')).toBe(false);
  }, withFileSystem('xfs'));
});

test('fails to make a file system of another type', () => {
  onNode((node) => {
    node.withMetadata();
    expect(node.provision('initialize').stderr).toContain('one of type btrfs is not made here');
    expect(node.read('role-ldap')).toBe('Secondary\n');
  }, withFileSystem('btrfs'));
});

test('a node that no group prefers has nothing to do', () => {
  onNode((node) => {
    node.withMetadata();
    node.fake('uname', 'echo ox2');
    const { status, stdout } = node.provision('initialize');
    expect([status, stdout]).toEqual([0, 'tandem-provision: no group prefers this node: nothing to do\n']);
  });
});
