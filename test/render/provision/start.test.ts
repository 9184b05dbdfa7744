import { onNode } from './fake-drbd';

test('heartbeat starts where it is enabled', () => {
  onNode((node) => {
    node.write('enabled', '');
    expect(node.provision('start')).toMatchObject({ status: 0, stderr: '' });
    expect(node.calls('systemctl')).toContain('systemctl start --no-block heartbeat.service');
  });
});

test('it does not wait for an answer when told so: that comes when the peer has started too', () => {
  onNode((node) => {
    node.write('enabled', '');
    node.write('silent', '');
    expect(node.provision('start', '--no-wait')).toMatchObject({ status: 0, stderr: '' });
    expect(node.calls('cl_status')).toEqual([]);
  });
});

test.each([
  ['it is not enabled', []],
  ['it runs', ['enabled', 'heartbeat']],
])('heartbeat is left alone when %s', (_what, present) => {
  onNode((node) => {
    for (const file of present) node.write(file, 'none\n');
    expect(node.provision('start')).toMatchObject({ status: 0, stderr: '' });
    expect(node.calls('systemctl').filter((call) => /start|stop|reload/.test(call))).toEqual([]);
  });
});

test.each([
  ['fails', 'failed', 'heartbeat failed'],
  ['does not answer', 'silent', 'heartbeat does not answer after 3 s'],
])('fails when heartbeat %s', (_what, file, message) => {
  onNode((node) => {
    node.write('enabled', '');
    node.write(file, '');
    const { status, stderr } = node.provision('start', '--wait', '3');
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  });
});

test('the status tells what there is and changes nothing', () => {
  onNode((node) => {
    node.initialized().write('role-ldap', 'Primary\n');
    node.remove('up-queue');
    node.remove('metadata-queue');
    node.remove('type-sdb6');
    const { status, stdout } = node.provision('status');
    expect(status).toBe(0);
    expect(stdout).toContain(
      'ldap/0: /dev/drbd0 on /dev/sdb1, metadata present, role Primary/Secondary, connection Connected, disk UpToDate/UpToDate, file system ext4\n',
    );
    expect(stdout).toMatch(/^queue\/0: .* metadata none, role Unconfigured.* file system no ext4$/m);
    expect(node.changes()).toEqual([]);
  });
});
