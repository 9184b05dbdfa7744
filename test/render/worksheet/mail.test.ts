import { worksheets } from '../../../lib/render/worksheet/build';
import type { Topology } from '../../../lib/topology/topology';
import { mail } from '../../support/mail';
import { expectGolden } from './golden';

const topology = mail();
/** The pair at `hq` in M-Switch by tables, the balancer there in hardware. */
const byHand: Topology = {
  ...topology,
  mailServers: topology.mailServers.map((server) => ({
    ...server,
    software: server.name.startsWith('mx-hq') ? 'm-switch' : server.software,
  })),
  loadBalancers: topology.loadBalancers.map((one) =>
    one.name === 'front-hq' ? { ...one, balancer: { kind: 'external', site: 'hq', units: 2 } } : one,
  ),
};
const byTables: Topology = {
  ...byHand,
  mailPairs: byHand.mailPairs.map((pair) => ({
    ...pair,
    trustedNetworks: ['192.0.2.0/24'],
    takeover: { decision: 'operator', fenceFirst: false },
    configuration: {
      kind: 'table',
      recipients: ["o'neil|x@example.com"],
      aliases: [{ address: '@example.net', to: ['a@example.com', 'b@example.com'] }],
      transports: [{ domain: 'example.com', nextHop: '[store.example.com]:24' }],
    },
  })),
};
const ofPair = (of: Topology): string => worksheets(of).get('worksheets/mx-hq.md') ?? '';

test('what Tandem configures itself has no worksheet', () => {
  expect([...worksheets(topology).keys()]).toEqual(['worksheets/people.md']);
});

test('a balancer in hardware and a pair of M-Switch have one', () => {
  const names = ['worksheets/people.md', 'worksheets/front-hq.md', 'worksheets/mx-hq.md'];
  expect([...worksheets(byHand).keys()]).toEqual(names);
});

test.each(['worksheets/front-hq.md', 'worksheets/mx-hq.md'])('%s is the one that was read and approved', (name) => {
  expectGolden(worksheets(byHand).get(name) ?? '', name);
});

test('tables stand in it with the addresses as they are', () => {
  const text = ofPair(byTables);
  expect(text).toContain("o'neil\\|x@example.com");
  expect(text).toContain('| @example.net | a@example.com, b@example.com |');
  expect(text).toContain('[store.example.com\\]:24');
  expect(text).toContain('| networks that may send anywhere | 192.0.2.0/24 |');
});

test('the first step of a take-over is the fence, unless one kernel keeps the lock', () => {
  expect(ofPair(byHand)).toMatch(/^1\. Reset the host of the lost server/m);
  expect(ofPair(byTables)).toMatch(/^1\. Make its queue writable/m);
});
