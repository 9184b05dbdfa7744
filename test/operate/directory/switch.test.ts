import { forcedDirectorySwitch } from '../../../lib/operate/directory/switch/forced';
import { plannedDirectorySwitch } from '../../../lib/operate/directory/switch/planned';
import { LdapError } from '../../../lib/operate/ldap/session';
import type { Topology } from '../../../lib/topology/topology';
import { failoverWithShadow } from '../../support/open-ldap-directories';
import { workOn, type FakeServer } from './fake-servers';

const topology = failoverWithShadow().topology();
const csn = (second: number): string => `202611272116${String(second).padStart(2, '0')}.000000Z#000000#001#000000`;
const line = (from: string): string => `{0}rid=001 provider=ldaps://${from}-host tls_reqcert=demand`;

type Servers = Record<'one' | 'two' | 'three' | 'four', FakeServer>;

const group = (): Servers => {
  const server = (name: string): FakeServer => ({
    database: {
      olcReadOnly: [name === 'one' ? 'FALSE' : 'TRUE'],
      olcUpdateRef: ['ldaps://one-host'],
      olcSyncrepl: [line(name === 'one' ? 'two' : 'one')],
    },
    context: [csn(10)],
  });
  return { one: server('one'), two: server('two'), three: server('three'), four: server('four') };
};

const masters = (servers: Servers): readonly string[] =>
  Object.entries(servers).flatMap(([name, { database }]) => (database['olcReadOnly']?.[0] === 'FALSE' ? [name] : []));

test.each([
  ['two', 'three'],
  ['three', 'two'],
] as const)(
  'the new master %s opens, the old one refers to it, and a consumer reads from it (F10)',
  async (to, other) => {
    const servers = group();
    await plannedDirectorySwitch(workOn(topology, servers).work, { to });
    expect(masters(servers)).toEqual([to]);
    expect(Object.values(servers).map(({ database }) => database['olcUpdateRef'])).toEqual(
      Array.from({ length: 4 }, () => [`ldaps://${to}-host`]),
    );
    expect(servers.four.database['olcSyncrepl']).toEqual([`rid=001 provider=ldaps://${to}-host tls_reqcert=demand`]);
    expect(servers[other].database['olcSyncrepl']).toEqual([line('one')]);
  },
);

test('fails when the target falls behind after the master was closed: the master takes writes again', async () => {
  const servers = group();
  servers.one.refuse = (changes) => {
    // The last write comes before the master is closed.
    if (changes[0]?.values[0] === 'TRUE') servers.one.context = [csn(11)];
    return undefined;
  };
  await expect(plannedDirectorySwitch(workOn(topology, servers).work, { to: 'two', timeout: 1 })).rejects.toThrow(
    /one takes writes again\n.*two lacks changes of server ids 1 after 1 s \(1.0 s behind\)/,
  );
  expect(servers).toEqual({ ...group(), one: { ...group().one, context: [csn(11)], refuse: servers.one.refuse } });
});

test('fails when the target refuses: the master takes writes again', async () => {
  const servers = group();
  servers.two.refuse = () => new LdapError('no', 50);
  await expect(plannedDirectorySwitch(workOn(topology, servers).work, { to: 'two' })).rejects.toThrow(
    'the switch was called off, and one takes writes again',
  );
  expect(masters(servers)).toEqual(['one']);
});

test('fails when the target does not say what became of it: two masters are worse than none', async () => {
  const servers = group();
  servers.two.refuse = () => new LdapError('timeout');
  await expect(plannedDirectorySwitch(workOn(topology, servers).work, { to: 'two' })).rejects.toThrow(
    'two did not say whether it takes writes',
  );
  expect(masters(servers)).toEqual([]);
});

const retiring: Topology = {
  ...topology,
  replicas: topology.replicas.map((one) =>
    topology.directoryServers.find(({ id }) => id === one.server)?.name === 'two' ? { ...one, retiring: true } : one,
  ),
};

test.each<[string, Topology, string, (servers: Servers) => void, RegExp]>([
  ['is retiring', retiring, 'two', () => undefined, /two is retiring/],
  ['is no member', topology, 'four', () => undefined, /four is no member/],
  ['is nobody', topology, 'five', () => undefined, /there is no directory server 'five'/],
  ['is closed', topology, 'two', ({ two }) => (two.database['olcRestrict'] = ['all']), /two is closed/],
  ['is down', topology, 'two', ({ two }) => (two.down = true), /two does not answer: connection refused/],
  ['has no master beside it', topology, 'two', ({ one }) => (one.down = true), /--forced --to two/],
])('fails when the target %s', async (_name, facts, to, change, expected) => {
  const servers = group();
  change(servers);
  await expect(plannedDirectorySwitch(workOn(facts, servers).work, { to })).rejects.toThrow(expected);
  expect(servers.one.database).toEqual(group().one.database);
});

test('a second switch to the master tells those that do not know', async () => {
  const servers = group();
  servers.four.database['olcUpdateRef'] = ['ldaps://two-host'];
  const { work, said } = workOn(topology, servers);
  await plannedDirectorySwitch(work, { to: 'one' });
  expect(said.slice(-1)).toEqual(['told four']);
  expect(servers).toEqual(group());
});

describe('forced', () => {
  const lost = (): Servers => {
    const servers = group();
    servers.one.down = true;
    return servers;
  };
  const forced = (servers: Servers, to: string, acceptLoss = false): Promise<void> =>
    forcedDirectorySwitch(workOn(topology, servers).work, { to, acceptLoss });

  test('fails when the master answers', async () => {
    await expect(forced(group(), 'two')).rejects.toThrow('one answers and takes writes: switch without --forced');
  });

  test('fails for a member that lacks what another one has, unless the loss is accepted (E28)', async () => {
    const servers = lost();
    servers.two.context = [csn(4)];
    await expect(forced(servers, 'two')).rejects.toThrow('two lacks changes that three has');
    expect(masters(servers)).toEqual(['one']);
    await forced(servers, 'two', true);
    expect(masters(servers)).toEqual(['one', 'two']);
  });

  test('opens the log of changes of a closed member, before the member itself', async () => {
    const servers = lost();
    const log: Record<string, string[]> = { olcRestrict: ['all'] };
    servers.two = { ...servers.two, log };
    servers.two.database['olcRestrict'] = ['all'];
    const seen: unknown[] = [];
    servers.two.refuse = (changes) => void seen.push([changes.map(({ attribute }) => attribute), log['olcRestrict']]);
    await forced(servers, 'two', true);
    expect(seen).toEqual([
      [['olcRestrict'], ['all']],
      [['olcUpdateRef', 'olcReadOnly', 'olcRestrict'], []],
    ]);
  });

  test('says what may be lost, and who was not told (E28)', async () => {
    const servers = lost();
    const { work, said } = workOn(topology, servers);
    await forcedDirectorySwitch(work, { to: 'two', acceptLoss: false });
    expect(said.slice(1)).toEqual([
      'three holds all that the members which answer have',
      'two holds all that the members which answer have',
      'what one acknowledged after 2026-11-27 21:16:10 UTC and sent to nobody is not there until it comes back, and then to be looked through (tandem rejoin)',
      'not asked, and not told: one; one of them may hold more',
      'two: takes writes as ldaps://two-host',
      'all that answer follow two',
      'not told: one; when it is back: tandem switch openldap-failover --to two',
    ]);
    expect(servers.four.database['olcSyncrepl']).toEqual(['rid=001 provider=ldaps://two-host tls_reqcert=demand']);
  });
});
