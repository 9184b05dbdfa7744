import { spawnSync } from 'node:child_process';
import { standbyRequest } from '../../lib/topology/standby-request';
import { FakeNode } from '../render/shell/fake-node';

test('a request reaches the fifo of heartbeat in one write', () => {
  const node = new FakeNode();
  try {
    const fifo = node.path('fifo');
    expect(spawnSync('mkfifo', [fifo]).status).toBe(0);
    // The one read that dd does must find the whole message.
    const script = `dd if="$HA_FIFO" bs=4096 count=1 2>/dev/null &\n${standbyRequest('local')}\nwait\n`;
    for (let count = 0; count < 20; count += 1)
      expect(node.run(script, [], { HA_FIFO: fifo })).toMatchObject({
        status: 0,
        stdout: '>>>\nt=ask_resources\nrsc_hold=local\ninfo=me\n<<<\n',
        stderr: '',
      });
  } finally {
    node.close();
  }
});
