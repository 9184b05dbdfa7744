import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { probeOf } from '../../../lib/render/monitoring/probe';
import { watchScript } from '../../../lib/render/monitoring/watch-script';
import type { ServiceFacts } from '../../../lib/topology/service';
import { groupwarePair } from '../../support/pair';
import { FakeNode } from '../shell/fake-node';

const SERVER = `
const greeting = process.argv[1];
require('node:net').createServer((socket) => { socket.on('error', () => {}); socket.end(greeting); })
  .listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

let node: FakeNode;
let server: ChildProcess | undefined;
beforeEach(() => {
  node = new FakeNode({ logger: '' });
});
afterEach(() => {
  server?.kill('SIGKILL');
  server = undefined;
  node.close();
});

/** A mail service that greets with a text, and the port it listens on. */
async function listening(greeting: string): Promise<number> {
  server = spawn(process.execPath, ['-e', SERVER, greeting], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(server.stdout!, 'data')) as [Buffer];
  return Number(port.toString());
}

function outcome(name: string, port: number, timeout = 10): string {
  const service = groupwarePair().services.find((candidate) => candidate.name === name);
  const ports: ServiceFacts['ports'] = [{ port, protocol: 'tcp', from: 'clients' }];
  node.write('mail.conf', `timeout ${timeout}\nservice it\nprobe ${probeOf({ ...service!, ports }, true)}\n`);
  const result = node.run(watchScript('groupware'), ['--check', 'mail'], {
    TANDEM_MONITOR_CONFIGURATIONS: node.directory,
  });
  expect(result.stderr).toBe('');
  return result.stdout;
}

test.each([
  ['cyrus-imapd', '* OK [CAPABILITY IMAP4rev1] ready\r\n'],
  ['postfix', '220 mail.example.com ESMTP\r\n'],
])('%s works when it greets', async (name, greeting) => {
  expect(outcome(name, await listening(greeting))).toBe('it: works\n');
});

test.each([
  ['cyrus-imapd', '* BYE shutting down\r\n'],
  ['postfix', '421 too many connections\r\n'],
  ['postfix', ''],
])('fails when %s greets with %j', async (name, greeting) => {
  expect(outcome(name, await listening(greeting))).toBe('it: fails\n');
});

test.each(['cyrus-imapd', 'postfix'])('fails when the process of %s stands still', async (name) => {
  const port = await listening('220 * OK\r\n');
  server?.kill('SIGSTOP');
  expect(outcome(name, port, 1)).toBe('it: does not answer\n');
});

test('fails when nothing listens', async () => {
  const port = await listening('220 mail\r\n');
  const ended = once(server!, 'exit');
  server?.kill('SIGKILL');
  await ended;
  expect(outcome('postfix', port)).toBe('it: fails\n');
});
