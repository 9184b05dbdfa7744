import { balancerStatuses } from '../../../lib/operate/balancer/balancer-status';
import { mailProbe } from '../../../lib/operate/mail/status/probe';
import { mailQuestions } from '../../../lib/operate/mail/status/questions';
import { uncoloured } from '../../../lib/operate/status/table';
import { reportText } from '../../../lib/operate/status/text';
import { lookup } from '../../../lib/topology/lookup';
import { ids, judged, looks, NOW, stat, topology, type HostProps } from './looks';

const WRITES = topology.loadBalancers[0]?.services.find(({ kind }) => kind === 'directory-writes')?.port;
const FIRST = 'mx-hq-mail1';
const SECOND = 'mx-hq-mail2';
const queue = (more: Readonly<Record<string, string | number>>): Readonly<Record<string, string | number>> => ({
  ...{ state: 'running', active: 1, incoming: 0, deferred: 7, hold: 0, maildrop: 0, size: 4096 },
  ...more,
});

test('mail that is served at home has no findings, and its queues are seen', () => {
  const report = judged({ 'hq-mail1': { queues: { [FIRST]: queue({ oldest: NOW - 90 }) } } });
  expect(ids(report)).toEqual([]);
  expect(report.mailServers.map(({ server, now, servedBy, greets }) => [server, now, servedBy.join(), greets])).toEqual(
    [
      ['mx-dr-mail1', 'home', 'dr-mail1', true],
      ['mx-dr-mail2', 'home', 'dr-mail2', true],
      [FIRST, 'home', 'hq-mail1', true],
      [SECOND, 'home', 'hq-mail2', true],
    ],
  );
  expect(report.mailServers.find(({ server }) => server === FIRST)?.queue).toEqual({
    ...{ server: FIRST, state: 'running', oldest: 90, size: 4096 },
    counts: { active: 1, incoming: 0, deferred: 7, hold: 0, maildrop: 0 },
  });
  expect(reportText(report, uncoloured)).toMatch(
    /^mx-hq-mail1 +mx-hq +hq-mail1 +hq-mail1 +yes +1 +0 +7 +0 +1 min 30 s +4 KiB$/m,
  );
});

describe('a queue', () => {
  test('that the peer delivers is degraded, and the way back is named', () => {
    const report = judged({
      'hq-mail1': { queues: { [FIRST]: 'held' }, hears: [SECOND] },
      'hq-mail2': { queues: { [FIRST]: queue({}) }, hears: [SECOND] },
    });
    expect(ids(report)).toEqual(['degraded mail/at-peer hq-mail2']);
    expect(report.findings.find(({ id }) => id === 'mail/at-peer')?.remedy).toContain(
      `tandem switch mail --mail ${FIRST} --to hq-mail1`,
    );
  });

  test('that nobody serves is failed', () => {
    const report = judged({
      'hq-mail1': { queues: { [FIRST]: 'stopped' }, hears: [SECOND] },
      'hq-mail2': { hears: [SECOND] },
    });
    expect(ids(report)).toEqual(['failed mail/nowhere']);
    expect(report.findings[0]?.remedy).toContain(`tandem switch mail --forced --mail ${FIRST} --to hq-mail2`);
  });

  test('that nobody serves while its host is lost is failed', () => {
    expect(ids(judged({ 'hq-mail1': { reached: false }, 'hq-mail2': { hears: [SECOND] } }))).toEqual([
      'failed mail/nowhere',
    ]);
  });

  test('of a host that can not be asked is unknown as long as its server greets', () => {
    const report = judged({ 'hq-mail1': { reached: false } });
    expect(ids(report)).toEqual(['unknown mail/unseen hq-mail1']);
    expect(report.mailServers.find(({ server }) => server === FIRST)).toMatchObject({
      now: 'unseen',
      greets: true,
      unreached: ['hq-mail1'],
    });
  });

  test('that two hosts run on is failed', () => {
    expect(ids(judged({ 'hq-mail2': { queues: { [FIRST]: 'running' } } }))).toEqual([
      'failed mail/twice hq-mail1,hq-mail2',
    ]);
  });

  test('of which nobody is asked is unknown', () => {
    expect(ids(judged({ 'hq-mail1': { reached: false }, 'hq-mail2': { reached: false } }))).toEqual([
      'unknown mail/not-asked',
      'unknown mail/not-asked',
    ]);
  });

  test.each([
    [86_400, []],
    [2 * 86_400, ['degraded mail/old hq-mail1']],
  ])('whose oldest message waits for %i s', (age, expected) => {
    expect(ids(judged({ 'hq-mail1': { queues: { [FIRST]: queue({ oldest: NOW - age }) } } }))).toEqual(expected);
  });

  test('with messages on hold has a notice', () => {
    expect(ids(judged({ 'hq-mail1': { queues: { [FIRST]: queue({ hold: 2 }) } } }))).toEqual([
      'notice mail/hold hq-mail1',
    ]);
  });
});

describe('an owner that has its lock and does not answer stands out', () => {
  test.each<[string, Readonly<Record<string, HostProps>>]>([
    [
      'its host answers',
      { 'hq-mail1': { hears: [SECOND] }, 'hq-mail2': { hears: [SECOND], queues: { [FIRST]: 'held' } } },
    ],
    [
      'its host is silent too',
      { 'hq-mail1': { reached: false }, 'hq-mail2': { hears: [SECOND], queues: { [FIRST]: 'held' } } },
    ],
    [
      'a watcher says so',
      { 'hq-mail1': { reached: false }, 'hq-mail2': { hears: [SECOND], watch: [`${FIRST} held 1795377000`] } },
    ],
  ])('%s', (_, different) => {
    const report = judged(different);
    expect(ids(report)).toEqual(['failed mail/hangs hq-mail1']);
    expect(reportText(report, uncoloured)).toMatch(/^mx-hq-mail1 .* HANGS +no /m);
  });
});

test('a server that only its own host hears is degraded', () => {
  expect(ids(judged({ 'hq-mail2': { hears: [SECOND] } }))).toEqual(['degraded mail/no-way hq-mail2']);
});

test('a pair without a server that greets is told of as a whole', () => {
  const silent = { hears: [], queues: { [FIRST]: 'stopped', [SECOND]: 'stopped' } } as const;
  expect(ids(judged({ 'hq-mail1': silent, 'hq-mail2': silent }))).toEqual([
    'failed mail/no-server',
    'failed mail/nowhere',
    'failed mail/nowhere',
  ]);
});

describe('a load balancer', () => {
  const ADDRESS = '192.0.2.100';

  test('shows its servers as its hosts see them', () => {
    const report = judged();
    expect(report.balancers.map(({ balancer, holders }) => [balancer, holders])).toEqual([
      ['front-dr', ['dr-lb1']],
      ['front-hq', ['hq-lb1']],
    ]);
    expect(reportText(report, uncoloured)).toMatch(
      /^BALANCER front-hq +hq-lb1 +hq-lb2\n {2}192\.0\.2\.100 +HERE +-\n {2}programs +active +active\n {2}front-hq-25 mx-hq-mail1 +UP, 3 sessions +UP, 3 sessions$/m,
    );
  });

  test.each<[string, Readonly<Record<string, HostProps>>, readonly string[]]>([
    ['both have the address', { 'hq-lb2': { addresses: [ADDRESS] } }, ['failed balancer/two-addresses hq-lb1,hq-lb2']],
    ['none has the address', { 'hq-lb1': { addresses: [] } }, ['failed balancer/no-address']],
    ['one that may have it is not seen', { 'hq-lb1': { reached: false } }, ['unknown balancer/unseen']],
    ['the one with the address hangs', { 'hq-lb1': { haproxy: '' } }, ['failed balancer/hangs hq-lb1']],
    ['the other one hangs', { 'hq-lb2': { haproxy: '' } }, ['degraded balancer/hangs hq-lb2']],
    [
      'keepalived of the other one is not there',
      { 'hq-lb2': { units: { 'keepalived.service': 'failed' } } },
      ['degraded balancer/not-running hq-lb2'],
    ],
    [
      'a server is down',
      { 'hq-lb1': { haproxy: stat(topology, 'front-hq', [FIRST]) } },
      ['degraded balancer/server-down hq-lb1'],
    ],
    [
      'all servers are down',
      { 'hq-lb1': { haproxy: stat(topology, 'front-hq', [FIRST, SECOND]) } },
      ['failed balancer/no-server hq-lb1'],
    ],
    [
      'one server alone takes writes, as it should be',
      {
        'hq-lb1': {
          haproxy: stat(
            topology,
            'front-hq',
            ['hq-mail2', 'dr-mail1', 'dr-mail2'].map((name) => `${WRITES}/ldap-${name}`),
          ),
        },
      },
      [],
    ],
  ])('of which %s', (_, different, expected) => {
    expect(ids(judged(different))).toEqual(expected);
  });

  test('says since when and why a server is down', () => {
    const report = judged({ 'hq-lb1': { haproxy: stat(topology, 'front-hq', [FIRST]) } });
    expect(report.findings.find(({ id }) => id === 'balancer/server-down')?.problem).toBe(
      `${FIRST} gets nothing of port 25 of front-hq (mail): DOWN (L4TOUT) since 1 min 30 s, says hq-lb1`,
    );
  });

  test('in hardware is not asked', () => {
    const external = topology.loadBalancers.map((one) => ({
      ...one,
      balancer: { kind: 'external' as const, site: 'hq', units: 2 },
    }));
    expect(balancerStatuses({ ...topology, loadBalancers: external }, looks())).toEqual([]);
  });
});

test('hosts are asked for both queues of their pair, and for greetings all at once', () => {
  const script = mailProbe(mailQuestions(topology, lookup(topology).host('hq/hq-mail1'))).join('\n');
  expect(script).toContain(`tandem-mail-queue show '${FIRST}'`);
  expect(script).toContain(`tandem-mail-queue show '${SECOND}'`);
  expect(script.match(/ 25 &$/gm)).toHaveLength(2);
  expect(mailProbe(mailQuestions(topology, lookup(topology).host('hq/hq-lb1')))).toEqual([]);
});
