import { siteMoveOf } from '../../../lib/operate/site/site-move';
import { siteSwitch, type SiteSwitchRequest } from '../../../lib/operate/site/site-switch';
import type { Topology } from '../../../lib/topology/topology';
import { fakeServers, type FakeServer } from '../directory/fake-servers';
import { FakeHosts } from '../mail/fake-hosts';
import { topology as inContainers } from '../mail/looks';

const csn = (second: number): string => `202611272116${String(second).padStart(2, '0')}.000000Z#000000#001#000000`;
const NAMES = ['ldap-hq-mail1', 'ldap-hq-mail2', 'ldap-dr-mail1', 'ldap-dr-mail2'] as const;
type Name = (typeof NAMES)[number];

const urlOf = (name: string): string => {
  const server = inContainers.directoryServers.find((one) => one.name === name);
  return `ldaps://${server?.hostname}`;
};

/** Two sites: all works at `hq`, and `dr` has a mirror of everything. */
class TwoSites extends FakeHosts {
  readonly directory = Object.fromEntries(NAMES.map((name) => [name, this.member(name)])) as Record<Name, FakeServer>;
  readonly kept: string[] = [];

  switchTo(site: string, more: Partial<SiteSwitchRequest> = {}): Promise<void> {
    const { operation, topology } = this;
    const request = { forced: false, cutOff: false, acceptLoss: false, fence: false, acceptInconsistent: false };
    return siteSwitch(
      {
        ...{ operation, topology },
        directories: {
          ...{ operation, topology, servers: fakeServers(topology, this.directory) },
          ...{ secrets: () => 'password', rendered: () => undefined },
        },
        save: (server) => {
          this.kept.push(server);
          return `${server}.ldif`;
        },
      },
      { ...request, site, ...more },
    );
  }

  get masters(): readonly string[] {
    return NAMES.filter(
      (name) => this.directory[name].database['olcReadOnly']?.[0] === 'FALSE' && !this.directory[name].down,
    );
  }

  siteDies(): void {
    for (const host of this.topology.hosts.filter(({ site }) => site === 'hq')) this.dies(host.name);
    for (const name of NAMES.slice(0, 2)) this.directory[name as Name].down = true;
  }

  private member(name: Name): FakeServer {
    const [master] = NAMES;
    return {
      database: {
        olcReadOnly: [name === master ? 'FALSE' : 'TRUE'],
        olcUpdateRef: [urlOf(master)],
        olcSyncrepl: [`{0}rid=001 provider=${urlOf(name === master ? NAMES[1] : master)} tls_reqcert=demand`],
      },
      context: [csn(10)],
    };
  }
}

describe('a forced switch to the disaster-recovery site', () => {
  test('moves the directory first, looks at mail and load balancers, and says what waits and what is by hand', async () => {
    const sites = new TwoSites();
    sites.siteDies();
    sites.directory['ldap-dr-mail1'].context = [csn(4)];
    await sites.switchTo('dr', { forced: true });
    expect(sites.masters).toEqual(['ldap-dr-mail2']);
    const said = sites.said.filter((line) => !/holds all|lacks|acknowledged|told|follow/.test(line));
    expect(said).toEqual([
      'looking at site dr, and whether hq answers',
      expect.stringMatching(
        /^what lies in the queues of mx-hq-mail1 and mx-hq-mail2 waits there until site hq is back/,
      ),
      'a message goes back to its sender when it is 5 d old and its server works again; promised is 1 d',
      'step 1 of 2: the master of directory people',
      'looking at the servers of directory people',
      expect.stringMatching(/^ldap-dr-mail2: takes writes/),
      'step 2 of 2: mail and load balancers',
      'mx-dr-mail1: takes mail on dr-mail1; nothing waits',
      'mx-dr-mail2: takes mail on dr-mail2; nothing waits',
      'front-dr: dr-lb1 has 198.51.100.100',
      expect.stringMatching(/^mail: senders find .* by themselves, by the next MX/),
      'DNS: dr-ns answers; see that it does: dig @ADDRESS MX',
      'site dr serves',
    ]);
    expect(sites.questions[0]).toBe('let site dr serve without hq?');
  });

  test('can be run again: what is done is left as it is', async () => {
    const sites = new TwoSites();
    sites.siteDies();
    await sites.switchTo('dr', { forced: true });
    const { masters } = sites;
    await sites.switchTo('dr', { forced: true });
    expect(sites.masters).toEqual(masters);
    expect(sites.said).toContainEqual(expect.stringMatching(/is master of people already; nothing to do/));
  });

  test.each<[string, (sites: TwoSites) => void, RegExp]>([
    ['a host', (sites) => sites.lost.delete('hq-mail2'), /host hq-mail2 of site hq answers: switch without --forced/],
    [
      'a directory server',
      (sites) => void (sites.directory['ldap-hq-mail2'].down = false),
      /directory server ldap-hq-mail2 of site hq answers/,
    ],
  ])('fails while %s of the primary site answers', async (_, change, message) => {
    const sites = new TwoSites();
    sites.siteDies();
    change(sites);
    await expect(sites.switchTo('dr', { forced: true })).rejects.toThrow(message);
    expect(sites.questions).toEqual([]);
    expect(sites.masters).toEqual([]);
  });

  test('goes on when the primary site is cut off from its clients, and loses nothing of a master that answers', async () => {
    const sites = new TwoSites();
    await sites.switchTo('dr', { forced: true, cutOff: true });
    expect(sites.masters).toEqual(['ldap-dr-mail1']);
    expect(sites.directory['ldap-hq-mail1'].database['olcUpdateRef']).toEqual([urlOf('ldap-dr-mail1')]);
  });

  test('goes on with mail when a directory does not move, and says at the end what does not serve', async () => {
    const sites = new TwoSites();
    sites.siteDies();
    sites.directory['ldap-dr-mail1'].down = true;
    sites.directory['ldap-dr-mail2'].down = true;
    await expect(sites.switchTo('dr', { forced: true })).rejects.toThrow(
      /site dr does not serve all of it\n {2}the master of directory people: no member of people on the site can be master/,
    );
    expect(sites.said).toContain('front-dr: dr-lb1 has 198.51.100.100');
  });

  test('waits for mail servers that do not take mail, and fails in the end', async () => {
    const sites = new TwoSites();
    sites.siteDies();
    sites.serving['mx-dr-mail1'] = undefined;
    await expect(sites.switchTo('dr', { forced: true, timeout: 10 })).rejects.toThrow(
      /mail and load balancers: not everything serves/,
    );
    expect(sites.said).toContain('mx-dr-mail1: takes no mail (nowhere); nothing waits');
    expect(sites.masters).toHaveLength(1);
  });

  test('changes nothing when the person says no', async () => {
    const sites = new TwoSites();
    sites.siteDies();
    sites.answer = 'no';
    await expect(sites.switchTo('dr', { forced: true })).rejects.toThrow('nothing was changed');
    expect(sites.masters).toEqual([]);
  });
});

describe('a switch while both sites live', () => {
  test('moves the master without a loss, with one question', async () => {
    const sites = new TwoSites();
    await sites.switchTo('dr');
    expect(sites.masters).toEqual(['ldap-dr-mail1']);
    expect(sites.questions).toEqual(['let site dr serve instead of hq?']);
  });

  test('refuses to force what is lost, and names the command', async () => {
    const sites = new TwoSites();
    sites.siteDies();
    await expect(sites.switchTo('dr')).rejects.toThrow(/the master of directory people: /);
    expect(sites.said).toContainEqual(expect.stringMatching(/--forced --to ldap-dr-mail1/));
    expect(sites.masters).toEqual([]);
  });
});

describe('the way back to the primary site', () => {
  const moved = async (): Promise<TwoSites> => {
    const sites = new TwoSites();
    sites.siteDies();
    await sites.switchTo('dr', { forced: true });
    for (const name of NAMES.slice(0, 2)) sites.directory[name as Name].down = false;
    for (const host of [...sites.lost]) sites.lost.delete(host);
    for (const host of ['hq-mail1', 'hq-mail2']) sites.serving[`mx-${host}`] = host;
    sites.said.length = 0;
    sites.commands.length = 0;
    return sites;
  };

  test('moves the master, and has the queues of the site delivered', async () => {
    const sites = await moved();
    Object.assign(sites.directory['ldap-hq-mail1'].database, {
      olcReadOnly: ['TRUE'],
      olcUpdateRef: [urlOf('ldap-dr-mail1')],
    });
    sites.deferred['mx-hq-mail1'] = 7;
    await sites.switchTo('primary');
    expect(sites.masters).toEqual(['ldap-hq-mail1']);
    expect(sites.commands).toEqual([
      "hq-mail1: postqueue -c '/etc/postfix-mx-hq-mail1' -f",
      "hq-mail2: postqueue -c '/etc/postfix-mx-hq-mail2' -f",
    ]);
    expect(sites.said).toContain('mx-hq-mail1: takes mail on hq-mail1; 7 wait');
    expect(sites.said.at(-1)).toBe('site hq serves');
    expect(sites.said).toContain('queue of mx-hq-mail1: nothing waits');
  });

  test('makes a master that returned a mirror first: it is never a second one', async () => {
    const sites = await moved();
    // As its gate leaves it: closed, with itself as master.
    Object.assign(sites.directory['ldap-hq-mail1'].database, { olcRestrict: ['all'] });
    await expect(sites.switchTo('hq')).rejects.toThrow(/the master of directory people: /);
    expect(sites.said).toContainEqual(
      expect.stringMatching(/^reading what ldap-hq-mail1 and ldap-dr-mail1 hold, on their hosts/),
    );
    expect(sites.masters.filter((name) => name !== 'ldap-hq-mail1')).toEqual(['ldap-dr-mail1']);
    expect(sites.directory['ldap-hq-mail1'].database['olcRestrict']).toEqual(['all']);
  });
});

test.each<[string, string, Topology, RegExp]>([
  ['a site that nothing is declared for', 'third', inContainers, /--site takes one site .* \(dr, hq\), got 'third'/],
  [
    'without a disaster-recovery site',
    'dr',
    { ...inContainers, disasterRecoverySites: [] },
    /no DisasterRecoverySite is declared/,
  ],
])('fails for %s', (_, site, topology, message) => {
  expect(() => siteMoveOf(topology, site)).toThrow(message);
});

test('what is by hand is told: volumes, devices, and a directory whose master does not move', async () => {
  const sites = new TwoSites({
    ...inContainers,
    failoverGroups: [],
    loadBalancers: inContainers.loadBalancers.map((one) => ({
      ...one,
      balancer: { kind: 'external' as const, site: one.name.slice(6), units: 2 },
    })),
    disasterRecoverySites: inContainers.disasterRecoverySites.map((one) => ({
      ...one,
      volumes: ['volume-mx-dr-mail1'],
      failover: { ...one.failover, mail: 'operator' as const },
    })),
  });
  sites.siteDies();
  await sites.switchTo('dr', { forced: true });
  expect(sites.said).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^mail: by hand, let the MX of example\.com and example\.net name /),
      'front-dr: a device that is set up by hand; see that it sends to the servers of site dr',
      'volume volume-mx-dr-mail1: by hand on dr-mail1: mount mx-dr-mail1, start what uses it',
      'directory people: its master does not move by this command',
    ]),
  );
});
