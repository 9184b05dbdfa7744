import { failoverWithShadow } from '../../../support/open-ldap-directories';
import { powerCutExpectation } from './expectation';

const topology = failoverWithShadow().topology();
const [directory] = topology.directories;
if (!directory) throw new Error('there is no directory');
const server = (name: string) => {
  const found = topology.directoryServers.find((one) => one.name === name);
  if (!found) throw new Error(`there is no server ${name}`);
  return found;
};
const told = (victim: string, master: string, took?: number) => {
  const returns = took === undefined ? [] : [{ server: server('three').id, took }];
  return powerCutExpectation({ topology, directory }, { victim: server(victim), master: server(master) }, 15, returns);
};

test('the client that writes waits for the master of now, not for the declared one', () => {
  expect(told('one', 'one')[0]).toMatchObject({ client: 'writes', state: 'interrupted' });
  expect(told('one', 'two')[0]).toMatchObject({ client: 'writes', state: 'works' });
  expect(told('two', 'two')[0]).toMatchObject({ client: 'writes', state: 'interrupted' });
});

test('a return that was measured is what the next one is held to', () => {
  const [{ lower = 0, upper = 0 } = {}] = told('one', 'one', 30_000);
  expect((lower + upper) / 2).toBeCloseTo(45_000, -1);
  expect(upper).toBeLessThanOrEqual(2 * lower + 5_000);
});
