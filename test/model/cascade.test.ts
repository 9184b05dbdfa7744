import {
  Cascade,
  type CascadeProps,
  DataRate,
  Deployment,
  Directory,
  DirectoryServer,
  Duration,
  FailoverGroup,
  Host,
  MultiMasterGroup,
  Network,
  Site,
  SiteLink,
  UpdateMode,
  ds389,
} from '../../lib/index';
import type { Topology } from '../../lib/topology/topology';

type Lines = Readonly<Record<string, number>>;

/** Servers `a1`, `a2`, `b1` … on sites `a`, `b` …, lines between sites by their speed in Mbit/s, and a cascade from `a`. */
function cascade(
  lines: Lines,
  copies: readonly string[],
  props: Partial<CascadeProps> & { readonly failover?: boolean } = {},
): Topology {
  const d = new Deployment(undefined, 'd');
  const people = new Directory(d, 'people', { suffix: 'dc=example,dc=com' });
  const sites = new Map<string, { site: Site; lan: Network }>();
  let network = 0;
  const place = (name: string): { site: Site; lan: Network } => {
    const known = sites.get(name);
    if (known) return known;
    const site = new Site(d, name);
    const made = { site, lan: new Network(site, 'lan', { cidr: `10.0.${(network += 1)}.0/24` }) };
    sites.set(name, made);
    return made;
  };
  const server = (name: string): DirectoryServer => {
    const { site, lan } = place(name.slice(0, 1));
    const eth0 = lan.address(lan.cidr.replace('0/24', name.slice(1)));
    return new DirectoryServer(d, name, {
      host: new Host(site, `${name}-host`, { interfaces: { eth0 } }),
      engine: ds389(),
    });
  };
  const [master, mirror] = [server('a1'), server('a2')];
  const { failover = false, ...more } = props;
  const from = failover
    ? new FailoverGroup(people, 'group', { master, mirrors: [mirror] })
    : new MultiMasterGroup(people, 'group', { suppliers: [master, mirror] });
  new Cascade(people, 'copies', { from, servers: copies.map(server), ...more });
  // Lines that are described after the cascade count too.
  for (const [ends, speed] of Object.entries(lines))
    new SiteLink(d, ends, {
      sites: [place(ends.slice(0, 1)).site, place(ends.slice(1)).site],
      speed: DataRate.megabitsPerSecond(speed),
      roundTripTime: Duration.milliseconds(20),
    });
  return d.topology();
}

const feeds = (topology: Topology): readonly string[] =>
  topology.replicationAgreements
    .filter(({ id }) => id.startsWith('people/copies/'))
    .map(({ supplier, consumer }) => `${supplier.kind === 'server' ? supplier.server : supplier.group} > ${consumer}`)
    .sort();

const roles = (topology: Topology): Readonly<Record<string, string>> =>
  Object.fromEntries(
    topology.replicas.filter(({ group }) => group === undefined).map(({ server, role }) => [server, role]),
  );

test('goes over two good lines and a hub rather than over a bad one, whatever the order of the servers (R17)', () => {
  const lines = { ab: 100, ac: 0.064, bc: 1 };
  const expected = ['a1 > b1', 'a2 > b1', 'b1 > c1'];
  expect(feeds(cascade(lines, ['b1', 'c1']))).toEqual(expected);
  expect(feeds(cascade(lines, ['c1', 'b1']))).toEqual(expected);
  expect(roles(cascade(lines, ['c1', 'b1']))).toEqual({ b1: 'hub', c1: 'consumer' });
});

test('goes straight where the line is no worse than the way around', () => {
  const topology = cascade({ ab: 1, ac: 1, bc: 1 }, ['b1', 'c1']);
  expect(feeds(topology)).toEqual(['a1 > b1', 'a1 > c1', 'a2 > b1', 'a2 > c1']);
  expect(roles(topology)).toEqual({ b1: 'consumer', c1: 'consumer' });
});

test('passes through a site without a copy', () => {
  expect(feeds(cascade({ ab: 100, bc: 100, cd: 100 }, ['c1', 'd1']))).toEqual(['a1 > c1', 'a2 > c1', 'c1 > d1']);
});

test('feeds a site once: its first server feeds the others (R36)', () => {
  const topology = cascade({ ab: 10 }, ['b1', 'b2', 'b3']);
  expect(feeds(topology)).toEqual(['a1 > b1', 'a2 > b1', 'b1 > b2', 'b1 > b3']);
  expect(roles(topology)).toEqual({ b1: 'hub', b2: 'consumer', b3: 'consumer' });
});

test('follows a failover group through a switch', () => {
  expect(feeds(cascade({ ab: 10 }, ['b1'], { failover: true }))).toEqual(['people/group > b1']);
});

test('sends at night from site to site, and at once within a site (R32)', () => {
  const topology = cascade({ ab: 10 }, ['b1', 'b2'], {
    updateMode: UpdateMode.during([{ from: '01:00', to: '05:00' }]),
  });
  const modes = topology.replicationAgreements
    .filter(({ id }) => id.startsWith('people/copies/'))
    .map(({ consumer, updateMode }) => [consumer, updateMode.when]);
  expect(modes).toEqual([
    ['b1', 'windows'],
    ['b1', 'windows'],
    ['b2', 'on-change'],
  ]);
});

test('leaves a site that no line leads to to the group, for the rules to judge', () => {
  expect(feeds(cascade({ ab: 10 }, ['c1']))).toEqual(['a1 > c1', 'a2 > c1']);
});

test('only a server that feeds others may pass on what it gets (X.525, secondaryShadows)', () => {
  const { replicationAgreements } = cascade({ ab: 10, bc: 10 }, ['b1', 'c1']);
  const may = replicationAgreements.filter(({ secondaryShadows }) => secondaryShadows).map(({ consumer }) => consumer);
  expect(new Set(may)).toEqual(new Set(['a1', 'a2', 'b1']));
});

test('fails for a server that is named twice, or that is a member of the group', () => {
  const d = new Deployment(undefined, 'd');
  const site = new Site(d, 'a');
  const lan = new Network(site, 'lan', { cidr: '10.0.0.0/24' });
  const [one, two] = [1, 2].map((n) => {
    const host = new Host(site, `host${n}`, { interfaces: { eth0: lan.address(`10.0.0.${n}`) } });
    return new DirectoryServer(d, `s${n}`, { host });
  }) as [DirectoryServer, DirectoryServer];
  const people = new Directory(d, 'people', { suffix: 'dc=example,dc=com' });
  const from = new MultiMasterGroup(people, 'group', { suppliers: [one] });
  expect(() => new Cascade(people, 'twice', { from, servers: [two, two] })).toThrow(
    '[d/people/twice] directory/member: servers: a server stands twice ("s2")',
  );
  expect(() => new Cascade(people, 'member', { from, servers: [one] })).toThrow(
    '[d/people/member] directory/member: servers: a server is a member of the group ("s1")',
  );
});
