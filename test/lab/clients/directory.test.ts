import { failoverWithShadow } from '../../support/open-ldap-directories';
import { addToTaker, lastSettled } from './directory';
import { planDirectoryClients } from './directory-plan';
import type { DirectoryWriteFacts } from './plan';

const topology = failoverWithShadow().topology();
const [directory] = topology.directories;
const servers = topology.directoryServers;
const members = servers.filter(({ name }) => name !== 'four');
if (!directory) throw new Error('there is no directory');
const { clients } = planDirectoryClients(topology, directory, servers, members);
const writer = clients.find((client): client is DirectoryWriteFacts => client.kind === 'directory-write');
if (!writer) throw new Error('nobody writes');

test('one client writes to the members, and one reads on each server', () => {
  expect(writer.servers).toEqual(members.map(({ name }) => clients.find((client) => client.name === name)?.address));
  expect(clients.map(({ kind, name }) => [kind, name])).toEqual([
    ['directory-write', 'writes'],
    ...servers.map(({ name }) => ['directory-read', name]),
  ]);
});

test('the writer stays where it was served, and goes on to the next server where it was not', async () => {
  const asked: [string, boolean][] = [];
  let master = 'b';
  const operate = addToTaker({ ...writer, servers: ['a', 'b', 'c'] }, (address, _number, above) => {
    asked.push([address, above]);
    return address === master ? Promise.resolve() : Promise.reject(new Error('read only'));
  });
  await expect(operate(1)).rejects.toThrow('read only');
  await operate(2);
  await operate(3);
  master = 'a';
  await expect(operate(4)).rejects.toThrow();
  await expect(operate(5)).rejects.toThrow();
  await operate(6);
  expect(asked).toEqual([
    ['a', true],
    ['b', true],
    ['b', false],
    ['b', false],
    ['c', false],
    ['a', false],
  ]);
});

test('an entry must be everywhere some seconds after it was acknowledged', () => {
  const operation = (number: number, end: number, acknowledged = true): Parameters<typeof lastSettled>[0][number] => ({
    number,
    begin: end - 10,
    end,
    acknowledged,
  });
  const ledger = [operation(1, 1_000), operation(2, 2_000, false), operation(3, 3_000), operation(4, 9_000)];
  expect(lastSettled(ledger, 7_999)).toBe(1);
  expect(lastSettled(ledger, 8_000)).toBe(3);
  expect(lastSettled(ledger, 14_000)).toBe(4);
});
