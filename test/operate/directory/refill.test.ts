import { refill, type RefillRequest } from '../../../lib/operate/directory/refill/refill';
import type { Topology } from '../../../lib/topology/topology';
import { failoverWithShadow, severalDirectories, threeSuppliers } from '../../support/open-ldap-directories';
import { workOn, type FakeServer } from './fake-servers';

const csn = (second: number, server: number): string => `202611272050${second}.000000Z#000000#00${server}#000000`;

const open = (context: readonly string[] = [csn(10, 1)], more: Record<string, string[]> = {}): FakeServer => ({
  database: { olcReadOnly: ['FALSE'], ...more },
  context: [...context],
});

/** What a refill says when it ends; no host is there to be reached. */
async function refusal(
  topology: Topology,
  servers: Readonly<Record<string, FakeServer>>,
  request: Partial<RefillRequest> = {},
): Promise<string> {
  try {
    await refill(workOn(topology, servers).work, { server: 'three', from: 'one', ...request });
    return 'done';
  } catch (error) {
    return (error as Error).message;
  }
}

const suppliers = threeSuppliers({ partitionPolicy: 'available' }).topology();
const all = { one: open(), two: open(), three: open() };

test.each<[string, Readonly<Record<string, FakeServer>>, RegExp]>([
  ['does not answer', { ...all, three: { ...open(), down: true } }, /three does not answer: connection refused/],
  ['is closed', { ...all, three: open(undefined, { olcRestrict: ['all'] }) }, /three is closed/],
  [
    'would be filled from one that is closed',
    { ...all, one: open(undefined, { olcRestrict: ['all'] }) },
    /one is closed/,
  ],
  [
    'has changes that the other one lacks',
    { ...all, three: open([csn(10, 1), csn(20, 3)]) },
    /has changes that one has not/,
  ],
])('a copy stays where its server %s', async (_case, servers, expected) => {
  const message = await refusal(suppliers, servers);
  expect(message).toMatch(/^three can not be filled anew; nothing was changed/);
  expect(message).toMatch(expected);
});

test('the master of a group is not emptied', async () => {
  const group = failoverWithShadow().topology();
  const mirror = open(undefined, { olcReadOnly: ['TRUE'] });
  const servers = { one: mirror, two: mirror, three: open(), four: mirror };
  expect(await refusal(group, servers)).toContain('tandem switch openldap-failover --to SERVER first');
});

test.each<[Partial<RefillRequest>, RegExp]>([
  [{ from: 'three' }, /three can not be filled from itself/],
  [{ from: 'nobody' }, /no directory has copies on three and nobody[^]*people is on one, three, two/],
  [{ directory: 'cars' }, /directory cars has no copies on three and one/],
])('nothing is done for %j', async (request, expected) => {
  expect(await refusal(suppliers, all, request)).toMatch(expected);
});

test('of several directories one has to be named', async () => {
  const message = await refusal(severalDirectories().topology(), {}, { server: 'two', from: 'one' });
  expect(message).toMatch(/several directories \(a-upper, b-lower\); name one with --directory/);
});
