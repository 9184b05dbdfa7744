import { onNode, RESOURCES } from './fake-drbd';

test('empty disks get metadata, and their resources come up', () => {
  onNode((node) => {
    expect(node.provision('metadata')).toMatchObject({ status: 0, stderr: '' });
    expect(node.changes()).toEqual([
      ...RESOURCES.map((resource) => `drbdadm create-md --force ${resource}/0`),
      ...RESOURCES.map((resource) => `drbdadm up ${resource}`),
    ]);
    // The generation of the metadata is that of the module.
    expect(node.calls().findIndex((call) => call.startsWith('modprobe'))).toBeLessThan(
      node.calls().findIndex((call) => call.startsWith('drbdadm')),
    );
  });
});

test('a second run changes nothing', () => {
  onNode((node) => {
    node.provision('metadata');
    const before = node.changes().length;
    const again = node.provision('metadata');
    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(again.stdout).toContain('ldap/0: /dev/sdb1 has DRBD metadata and is left alone');
    expect(node.changes().slice(before)).toEqual(RESOURCES.map((resource) => `drbdadm adjust ${resource}`));
  });
});

test('a resource that was added gets metadata beside those that have it', () => {
  onNode((node) => {
    node.initialized();
    node.remove('metadata-queue');
    node.remove('up-queue');
    node.remove('type-sdb6');
    expect(node.provision('metadata').status).toBe(0);
    expect(node.calls('drbdadm').filter((call) => call.includes('create-md'))).toEqual([
      'drbdadm create-md --force queue/0',
    ]);
  });
});

test.each([
  [
    'a device with a file system',
    'type-sdb5',
    'xfs\n',
    /imap-spool\/0: \/dev\/sdb5 .*is not empty: .*TYPE="xfs".*wipefs -a/,
  ],
  ['a device with a signature', 'signature-sdb5', 'sdb5 0x1fe dos\n', /imap-spool\/0: .*not empty: sdb5 0x1fe dos\./],
  ['a missing device', 'gone-sdb7', '', /documents\/0: there is no block device \/dev\/sdb7/],
  ['metadata that can not be read', 'dump-queue', 'Input/output error\n', /queue\/0: it is not certain/],
])('fails over %s, and changes no other device either', (_what, file, content, message) => {
  onNode((node) => {
    node.write(file, content);
    const { status, stderr } = node.provision('metadata');
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('nothing was changed on any device');
    expect(node.changes()).toEqual([]);
  });
});

test.each(['blkid', 'wipefs'])('fails when %s can not read the device', (program) => {
  onNode((node) => {
    node.fake(program, 'echo "error: can not open" >&2; exit 2');
    expect(node.provision('metadata').stderr).toContain('can not open');
    expect(node.changes()).toEqual([]);
  });
});

test('fails on a host that is no peer', () => {
  onNode((node) => {
    node.fake('uname', 'echo ox3');
    expect(node.provision('metadata')).toMatchObject({ status: 1, stderr: expect.stringContaining("'ox3'") as string });
    expect(node.changes()).toEqual([]);
  });
});

test('fails for wrong arguments with the usage', () => {
  onNode((node) => {
    expect(node.provision('format').status).toBe(64);
    expect(node.provision('metadata', '--wait', 'long').status).toBe(64);
    expect(node.provision('start', 'status').status).toBe(64);
    expect(node.provision('--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Usage: /) as string });
  });
});
