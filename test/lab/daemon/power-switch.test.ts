import { connect } from 'node:net';
import { PowerSwitch } from './power-switch';

const on = new Set(['ox1']);
const log: string[] = [];
const device = { name: 'ipmi', address: '127.0.0.1', nodes: ['ox1'] };
const powerSwitch = new PowerSwitch(
  [device],
  {
    on: (node) => void on.add(node),
    off: (node) => Promise.resolve(on.delete(node)),
    isOn: (node) => on.has(node),
  },
  (text) => log.push(text),
  0,
);

beforeAll(() => powerSwitch.listen());
afterAll(() => powerSwitch.close());

function ask(line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(powerSwitch.ports[0] ?? 0, device.address);
    socket.on('error', reject);
    socket.on('data', (data) => (text += data.toString()));
    socket.on('close', () => resolve(text));
    socket.end(`${line}\n`);
  });
}

test('a reset takes the power away and gives it back', async () => {
  expect(await ask('status ha')).toBe('ok on\n');
  expect(await ask('reset ha')).toBe('ok on\n');
  expect(log[1]).toMatch(/^ipmi: reset of ox1 asked by .*: ok on$/);
});

test('off stays off until on', async () => {
  expect(await ask('off ha')).toBe('ok off\n');
  expect(await ask('status ha')).toBe('ok off\n');
  expect(await ask('on ha')).toBe('ok on\n');
});

test('fails on another word', async () => {
  expect(await ask('explode ha')).toBe('error\n');
});

test('a switch that is out of order says nothing', async () => {
  powerSwitch.works = false;
  expect(await ask('status ha')).toBe('');
  powerSwitch.works = true;
});
