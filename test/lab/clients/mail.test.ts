import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mail } from '../../support/mail';
import { arrivedTwice, readArrivals } from './arrivals';
import { planMailClients, recipientOf, serverOf, sinkOf } from './mail-plan';
import { readBack } from './operations';
import type { MailFacts } from './plan';
import { sink, type SinkMode } from './sink';
import { send } from './smtp';

const topology = mail();
const pair = topology.mailPairs.find(({ id }) => id === 'mx-hq')!;
const folder = mkdtempSync(join(tmpdir(), 'tandem-sink-'));
const file = join(folder, 'arrivals');
const plan = planMailClients(topology, pair, { senders: 4, arrivals: file });
const senders = plan.clients as readonly MailFacts[];

let mode: SinkMode = 'take';
let server: Server;
let port = 0;
beforeEach(async () => {
  rmSync(file, { force: true });
  server = sink(file, () => mode);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('senders go to both servers in turn, and do not begin at the same one', () => {
  const [first, second] = senders;
  const both = ['192.0.2.11', '192.0.2.12'];
  expect([1, 2].map((number) => serverOf(first!, number)).sort()).toEqual(both);
  expect(serverOf(first!, 1)).not.toBe(serverOf(second!, 1));
  expect(serverOf(first!, 1)).toBe(serverOf(first!, 3));
});

test('the sink is at the next hop of the pair, which must be an address', () => {
  expect(sinkOf({ ...pair, relayHost: '[192.0.2.30]:24' })).toEqual({ address: '192.0.2.30', port: 24 });
  expect(sinkOf({ ...pair, relayHost: '[192.0.2.30]' }).port).toBe(25);
  expect(() => sinkOf({ ...pair, relayHost: 'store.example.com' })).toThrow(/has a sink at an address only/);
});

test('the sink tells every message that it has taken, and by whom it came', async () => {
  mode = 'take';
  const [first, second] = senders;
  await send('127.0.0.1', port, recipientOf(first!, 'run', 1), 'run 1');
  await send('127.0.0.1', port, recipientOf(first!, 'run', 12), 'run 12');
  await send('127.0.0.1', port, recipientOf(second!, 'run', 3), 'run 3');
  const settings = { run: 'run', plan, ssh: [], administratorPassword: '', userPassword: '' };
  expect(await readBack(first!, settings)).toEqual([1, 12]);
  expect(await readBack(second!, settings)).toEqual([3]);
  expect(readArrivals(file)[0]).toMatchObject({ from: '127.0.0.1', recipient: 'run.sender1.1@example.com' });
});

test('a sink that defers takes nothing', async () => {
  mode = 'defer';
  await expect(send('127.0.0.1', port, 'a@example.com', 'run 1')).rejects.toThrow(/450 4\.2\.0/);
  expect(readArrivals(file)).toEqual([]);
});

test('a message that comes again is told with the time of its last arrival', () => {
  const at = (recipient: string, time: number) => ({ at: time, from: '', recipient });
  expect(arrivedTwice([at('a', 1), at('b', 2), at('a', 3), at('a', 4)])).toEqual([{ recipient: 'a', again: 4 }]);
});
