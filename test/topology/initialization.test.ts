import { ds389Agreements } from '../../lib/topology/ds389-agreements';
import { firstServer, initializationOrder } from '../../lib/topology/initialization';
import type { Topology } from '../../lib/topology/topology';
import { failover, mesh } from '../support/ds389-directories';

const people = 'people';
const order = (topology: Topology): readonly string[] =>
  initializationOrder(topology, people, ds389Agreements(topology, people)).map(
    ({ supplier, consumer }) => `${supplier} to ${consumer}`,
  );

test('members of a failover group feed each other, and all of them feed what follows the group (F12)', () => {
  const pairs = ds389Agreements(failover().topology(), people).map((one) => `${one.supplier} to ${one.consumer}`);
  expect(pairs).toEqual([
    'one to four',
    'one to three',
    'one to two',
    'three to four',
    'three to one',
    'three to two',
    'two to four',
    'two to one',
    'two to three',
  ]);
});

test('initialisation begins at the preferred writer or the master', () => {
  expect([firstServer(mesh().topology(), people), firstServer(failover().topology(), people)]).toEqual(['one', 'two']);
});

test('each replica is initialised once, by one that was initialised before', () => {
  expect(order(mesh().topology())).toEqual(['one to hub', 'one to two', 'hub to reader']);
  expect(order(failover().topology())).toEqual(['two to four', 'two to one', 'two to three']);
});

test('a cycle ends, and a replica that nobody feeds is left out', () => {
  const agreements = [
    { supplier: 'one', consumer: 'two' },
    { supplier: 'two', consumer: 'one' },
    { supplier: 'hub', consumer: 'reader' },
  ];
  expect(initializationOrder(mesh().topology(), people, agreements)).toEqual([{ supplier: 'one', consumer: 'two' }]);
});

test('a directory that nobody writes to has no order', () => {
  const topology = { ...mesh().topology(), multiMasterGroups: [], replicas: [] };
  expect(order(topology)).toEqual([]);
});
