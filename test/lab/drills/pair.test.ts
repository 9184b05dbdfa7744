import { lookup } from '../../../lib/topology/lookup';
import { groupwarePair } from '../../support/pair';
import type { Lab } from '../lab';
import type { NodeFacts } from './node-facts';
import { hasSplit, Pair } from './pair';

const topology = groupwarePair();
const lab = {} as Lab;
const pair = new Pair(lab, topology);
const [one = '', two = ''] = pair.nodes;
const minors = topology.drbdResources.flatMap(({ volumes }) => volumes.map(({ minor }) => minor));

function facts(node: string, active: boolean): NodeFacts {
  const [role, peerRole] = active ? ['Primary', 'Secondary'] : ['Secondary', 'Primary'];
  const volume = { connection: 'Connected', role, peerRole, disk: 'UpToDate', peerDisk: 'UpToDate', outOfSync: 0 };
  return {
    node,
    boot: `boot of ${node}`,
    heartbeat: true,
    claims: active ? 'all' : 'none',
    members: Object.fromEntries(pair.nodes.map((name) => [name, 'active'])),
    volumes: Object.fromEntries(minors.map((minor) => [minor, volume])),
    addresses: active ? pair.groups.map(({ place }) => place) : [],
    mounted: [],
    active: active ? topology.services.map(({ unit }) => unit) : [],
    busy: false,
  };
}

const whole = [facts(one, true), facts(two, false)] as const;

test('a pair with one active node and current copies is whole', () => {
  expect(pair.troubles(whole)).toEqual([]);
  expect(pair.placement(whole)).toEqual({ groupware: one });
  expect(pair.troubles(whole, pair.allOn(two))).toEqual([`${two} does not run groupware`]);
});

const volume = (change: object): NodeFacts => {
  const good = whole[1];
  const [minor = 0] = minors;
  return { ...good, volumes: { ...good.volumes, [minor]: { ...good.volumes[minor], ...change } as never } };
};

test.each([
  ['a node is silent', [whole[0]], `${two} does not answer`],
  ['the address is on both', [whole[0], facts(two, true)], `the address of groupware is on ${one} and ${two}`],
  ['the address is on none', [facts(one, false), whole[1]], 'the address of groupware is on no node'],
  ['heartbeat is off', [whole[0], { ...whole[1], heartbeat: false }], `heartbeat does not run on ${two}`],
  ['a member is dead', [{ ...whole[0], members: { [one]: 'active', [two]: 'dead' } }, whole[1]], `sees ${two} as dead`],
  ['a takeover goes on', [{ ...whole[0], busy: true }, whole[1]], `${one} starts or stops resources`],
  ['a copy is behind', [whole[0], volume({ disk: 'Outdated' })], `on ${two} is Connected Secondary Outdated/UpToDate`],
  ['a connection is away', [whole[0], volume({ connection: 'StandAlone' })], 'is StandAlone'],
  ['a current copy lacks blocks', [whole[0], volume({ outOfSync: 36864 })], 'lacks 36864 KiB and is called UpToDate'],
  ['a standby is primary', [whole[0], volume({ role: 'Primary' })], 'is Connected Primary'],
  ['a service is away', [{ ...whole[0], active: [] }, whole[1]], `does not run on ${one}`],
])('fails when %s', (_, told, trouble) => {
  expect(pair.troubles(told).join('\n')).toContain(trouble);
});

test('copies that have split are told from copies that are behind', () => {
  expect(hasSplit([volume({ connection: 'StandAlone' })])).toBe(true);
  expect(hasSplit([whole[0], volume({ connection: 'WFConnection' })])).toBe(false);
});

test('fails on a deployment that has nothing to drill', () => {
  expect(() => new Pair(lab, { ...topology, clusters: [] })).toThrow(
    /has no cluster whose groups all have a virtual address/,
  );
});

describe('a hot standby', () => {
  const [cluster] = topology.clusters;
  const [group] = cluster?.groups ?? [];
  if (!cluster || !group) throw new Error('the pair has no group');
  const [first, second] = cluster.nodes;
  const members = group.members.map((member) =>
    member.kind === 'address' ? { ...member, id: 'other', address: '192.168.1.159' } : member,
  );
  const [, cut = 0] = members.flatMap(({ kind }, place) => (kind === 'activation' ? [place] : []));
  const address = members.filter(({ kind }) => kind === 'address');
  const other = [...members.slice(cut).filter(({ kind }) => kind !== 'address'), ...address];
  const left = group.members.filter((member, place) => place < cut || member.kind === 'address');
  const hot = new Pair(lab, {
    ...topology,
    clusters: [
      {
        ...cluster,
        groups: [
          { ...group, members: left, preferred: first ?? '' },
          { ...group, id: 'mail', name: 'mail', members: other, preferred: second ?? '' },
        ],
      },
    ],
  });
  const minorsOf = (all: typeof members): readonly number[] =>
    all.flatMap((member) =>
      member.kind === 'activation'
        ? lookup(topology)
            .drbdResource(member.resource)
            .volumes.map(({ minor }) => minor)
        : [],
    );
  const rest = minorsOf(other);
  const serving = (node: string, own: readonly number[], addresses: readonly string[]): NodeFacts => {
    const told = facts(node, false);
    const volumes = Object.fromEntries(
      minors.map((minor) => {
        const [role, peerRole] = own.includes(minor) ? ['Primary', 'Secondary'] : ['Secondary', 'Primary'];
        return [minor, { ...(told.volumes[minor] as object), role, peerRole } as never];
      }),
    );
    return { ...told, volumes, addresses, active: topology.services.map(({ unit }) => unit) };
  };
  const home = [serving(one, minorsOf(left), ['192.168.1.160']), serving(two, rest, ['192.168.1.159'])];

  test('is whole with a group on each node, and knows where each is at home', () => {
    expect(hot.groups.map(({ facts: { name }, place: own }) => [name, own])).toEqual([
      ['groupware', '192.168.1.160'],
      ['mail', '192.168.1.159'],
    ]);
    expect(hot.atHome).toEqual({ groupware: one, mail: two });
    expect(hot.placement(home)).toEqual(hot.atHome);
    expect(hot.troubles(home, hot.atHome)).toEqual([]);
    expect(hot.troubles(home, hot.allOn(one))).toEqual([`${one} does not run mail`]);
  });

  test('has trouble where a volume is primary on the node that does not run its group', () => {
    const wrong = [serving(one, minors, ['192.168.1.160']), serving(two, [], ['192.168.1.159'])];
    expect(hot.troubles(wrong)).toHaveLength(2 * rest.length);
    expect(hot.groups.map((serves) => hot.primaries(wrong, serves))).toEqual([[one], [one]]);
  });

  test('is not for drills of one group', () => {
    expect(() => hot.group).toThrow(/has several groups; this drill is for one/);
  });
});
