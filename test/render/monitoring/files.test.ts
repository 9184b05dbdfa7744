import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { files } from '../../../lib/render/monitoring/files';
import { print } from '../../../lib/render/monitoring/print';
import { probeOf } from '../../../lib/render/monitoring/probe';
import type { WatchedGroup } from '../../../lib/render/monitoring/build';
import type { ServiceFacts } from '../../../lib/topology/service';
import { groupwarePair } from '../../support/pair';

const pair = groupwarePair();
const CONFIGURATION = '/etc/tandem/monitor/groupware.conf';

function configuration(host: string): string[] {
  const file = files(pair, host).find(({ path }) => path === CONFIGURATION);
  return file?.content.split('\n') ?? [];
}

function service(name: string): ServiceFacts {
  const found = pair.services.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no service ${name}`);
  return found;
}

test('a monitored cluster has the watcher, its resource script and unit, and a list of services per group', () => {
  expect(files(pair, 'hq/ox1').map(({ path, mode }) => `${mode} ${path}`)).toEqual([
    '0755 /etc/ha.d/resource.d/tandem-monitor',
    '0755 /usr/local/sbin/tandem-monitor',
    '0644 /etc/systemd/system/tandem-monitor@.service',
    '0600 /etc/tandem/monitor/groupware.conf',
  ]);
});

test('a cluster without monitoring has none of it', () => {
  const clusters = pair.clusters.map((cluster) => ({ ...cluster, monitoring: undefined }));
  expect(files({ ...pair, clusters }, 'hq/ox1')).toEqual([]);
});

test('nothing but Heartbeat starts the watcher', () => {
  const unit = files(pair, 'hq/ox1').find(({ path }) => path.endsWith('@.service'));
  expect(unit?.content).not.toContain('[Install]');
});

test('the watcher starts while heartbeat is being stopped, so that a takeover comes to its end', () => {
  const unit = files(pair, 'hq/ox1').find(({ path }) => path.endsWith('@.service'));
  expect(unit?.content).not.toMatch(/^(After|Before|Requires|PartOf|BindsTo|Requisite)=.*heartbeat/m);
});

test('lists the services in start order', () => {
  expect(configuration('hq/ox1').filter((line) => line.startsWith('service '))).toEqual([
    'service slapd',
    'service saslauthd',
    'service postgresql',
    'service cyrus-imapd',
    'service postfix',
    'service openexchange',
  ]);
});

test('each node knows the other, and its own word for the line of the group', () => {
  expect(configuration('hq/ox1')).toEqual(expect.arrayContaining(['peer ox2', 'standby local']));
  expect(configuration('hq/ox2')).toEqual(expect.arrayContaining(['peer ox1', 'standby foreign']));
});

test('asks for the data of DRBD on the peer in the words of its generation', () => {
  expect(configuration('hq/ox1')).toContain('dstate ldap');
  const drbdResources = pair.drbdResources.map((resource) => ({ ...resource, version: '0.7' as const }));
  const old = files({ ...pair, drbdResources }, 'hq/ox1').find(({ path }) => path === CONFIGURATION);
  expect(old?.content).toContain('cstate ldap\n');
});

test('a signal goes to the unit that holds the processes', () => {
  expect(configuration('hq/ox1')).toEqual(
    expect.arrayContaining([
      'unit postgresql.service',
      'process postgresql@15-main.service',
      'process postfix@-.service',
    ]),
  );
});

test.each([
  ['slapd', "ldapsearch -x -LLL -H ldap://127.0.0.1:389 -s base -b 'dc=example,dc=com' 1.1;"],
  ['postgresql', 'pg_isready -q -p 5432 && setpriv --reuid=postgres --regid=postgres --init-groups -- psql'],
  ['cyrus-imapd', "banner 143 '* OK' '. LOGOUT'"],
  ['postfix', 'banner 25 220 QUIT'],
  ['saslauthd', "grep -q '^0: '"],
  ['openexchange', 'systemctl is-active --quiet openexchange.service'],
])('asks %s itself', (name, text) => {
  expect(probeOf(service(name), true)).toContain(text);
});

test('a probe of the user takes the place of the question to systemd', () => {
  const settings = { kind: 'generic', probe: 'curl -fs http://127.0.0.1/' } as const;
  expect(probeOf({ ...service('openexchange'), settings }, true)).toBe('curl -fs http://127.0.0.1/');
});

test('a mail store that greets only behind TLS is asked through its unit', () => {
  const ports = [{ port: 993, protocol: 'tcp', from: 'clients' } as const];
  expect(probeOf({ ...service('cyrus-imapd'), ports }, true)).toBe('systemctl is-active --quiet cyrus-imapd.service');
});

function group(change: Partial<WatchedGroup['services'][number]>): WatchedGroup {
  return {
    source: 'a/b',
    name: 'mail',
    peer: 'ox2',
    standby: 'local',
    monitoring: { interval: 2500, timeout: 1500, restartsBeforeSwitch: 3 },
    resources: [],
    services: [{ name: 'web', unit: 'web.service', processes: ['web.service'], probe: 'true', ...change }],
  };
}

test('times are in seconds, the interval in whole ones', () => {
  expect(print(group({})).split('\n')).toEqual(expect.arrayContaining(['interval 3', 'timeout 1.5']));
});

test.each([{ probe: 'true\nservice x' }, { probe: ' ' }, { name: 'a b' }, { name: '../a' }, { unit: 'web' }])(
  'fails for %j, which would be another line or file',
  (change) => {
    expect(() => print(group(change))).toThrow(FormatError);
  },
);

test('a probe is the rest of its line or refused, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (probe) => {
      let text: string;
      try {
        text = print(group({ probe }));
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(text.split('\n').at(-2)).toBe(`probe ${probe}`);
      expect(text.split('\n')).toHaveLength(print(group({})).split('\n').length);
    }),
  );
});
