import { resourceScript } from '../../../lib/render/monitoring/resource-script';
import { FakeNode } from '../shell/fake-node';

const SCRIPT = resourceScript('groupware');
let node: FakeNode;
beforeEach(() => {
  node = new FakeNode({ systemctl: 'test "$1" != is-active || test -e "$node/running"' });
});
afterEach(() => node.close());

test.each(['start', 'stop'])('Heartbeat can %s the watcher of a group', (action) => {
  expect(node.run(SCRIPT, ['mail', action]).status).toBe(0);
  expect(node.calls()).toEqual([`systemctl ${action} tandem-monitor@mail.service`]);
});

test('its status is in the words that Heartbeat looks for', () => {
  expect(node.run(SCRIPT, ['mail', 'status'])).toMatchObject({ status: 3, stdout: 'stopped\n' });
  node.write('running', '');
  expect(node.run(SCRIPT, ['mail', 'status'])).toMatchObject({ status: 0, stdout: 'running\n' });
});

test('fails when the watcher can not be started', () => {
  node.fake('systemctl', 'exit 1');
  expect(node.run(SCRIPT, ['mail', 'start']).status).toBe(1);
});

test.each([[[]], [['mail']], [['../x', 'start']], [['mail', 'restart']]])('fails with its usage for %j', (args) => {
  expect(node.run(SCRIPT, args)).toMatchObject({ status: 64, stderr: expect.stringContaining('Usage:') });
  expect(node.calls()).toEqual([]);
});
