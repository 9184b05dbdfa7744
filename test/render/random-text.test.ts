import fc from 'fast-check';
import {
  DrbdResource,
  FencingDevice,
  HeartbeatCluster,
  Host,
  ModelError,
  type Network,
  OpenLdap,
  Postfix,
  Service,
} from '../../lib/index';
import { parse as parseDrbdConf } from '../../lib/render/drbd-conf/parse';
import { FormatError } from '../../lib/render/format-error';
import { parse as parseHaCf } from '../../lib/render/ha-cf/parse';
import { parse as parseHaresources } from '../../lib/render/haresources/parse';
import { renderHost } from '../../lib/render/render';
import { type GroupwarePair, buildGroupwarePair } from '../support/pair';

/** Every property of the model that takes free text: a text that is fine, and how it is put into a pair. */
const properties: Readonly<Record<string, readonly [string, (pair: GroupwarePair, text: string) => void]>> = {
  'DRBD handler': ['true', (pair, text) => addResource(pair, { handlers: { 'split-brain': text } })],
  'DRBD extra option': [
    'sha1',
    (pair, text) => addResource(pair, { extraOptions: { net: { 'data-integrity-alg': text } } }),
  ],
  'DRBD on-io-error': ['pass_on', (pair, text) => addResource(pair, { onIoError: text })],
  'DRBD backing disk': ['/dev/sdc2', (pair, text) => addResource(pair, { disk: text })],
  'DRBD meta-disk': ['internal', (pair, text) => addResource(pair, { metaDisk: text })],
  'DRBD resource name': [
    'plain',
    ({ deployment, ox1, ox2, link }, text) =>
      void new DrbdResource(deployment, text, { hosts: [ox1, ox2], network: link, disk: '/dev/sdc1', port: 7900 }),
  ],
  'mount directory': ['/srv/plain', (pair, text) => pair.group.addMember(addResource(pair, {}).mountedAt(text))],
  'mount file system': ['xfs', (pair, text) => pair.group.addMember(addResource(pair, {}).mountedAt('/srv/x', text))],
  'mount options': [
    'noatime',
    (pair, text) => pair.group.addMember(addResource(pair, {}).mountedAt('/srv/x', 'ext4', { options: text })),
  ],
  'init script': [
    'plain',
    ({ deployment, group }, text) => group.addMember(new Service(deployment, 'more', { initScript: text })),
  ],
  'systemd unit': [
    'plain.service',
    ({ deployment, group }, text) => group.addMember(new Service(deployment, 'more', { unit: text })),
  ],
  probe: ['true', ({ deployment, group }, text) => group.addMember(new Service(deployment, 'more', { probe: text }))],
  'what state holds': [
    'plain',
    ({ deployment, group }, text) => group.addMember(new Service(deployment, 'more', { state: { '/srv/x': text } })),
  ],
  'state directory': [
    '/srv/plain',
    ({ deployment, group }, text) => group.addMember(new Service(deployment, 'more', { state: { [text]: 'state' } })),
  ],
  'directory suffix': [
    'dc=plain',
    (pair, text) => {
      const { cluster, lan, host } = secondPair(pair);
      const members = [new OpenLdap(pair.deployment, 'another', { suffix: text })];
      cluster.addGroup('more', { preferred: host, address: lan.virtualAddress('192.168.1.159'), members });
    },
  ],
  'mail host name': [
    'plain.example',
    ({ deployment }, text) => void new Postfix(deployment, 'more', { hostname: text }),
  ],
  'relay host': [
    'plain.example',
    ({ deployment }, text) => void new Postfix(deployment, 'more', { hostname: 'a.b', relayHost: text }),
  ],
  'fencing parameter': ['ox1', (pair, text) => void secondPair(pair, text)],
  'acknowledgement reason': ['plain', ({ ox1 }, text) => void ox1.acknowledge('host/clock', text)],
};

function addResource({ deployment, ox1, ox2, link }: GroupwarePair, props: object): DrbdResource {
  const base = { hosts: [ox1, ox2] as const, network: link, disk: '/dev/sdc1', port: 7900 };
  return new DrbdResource(deployment, 'more', { ...base, ...props });
}

/** Two more nodes, sorted before the others, with a cluster of their own. */
function secondPair(
  { deployment, site, lan, link }: GroupwarePair,
  hostlist = 'aa1',
): { readonly cluster: HeartbeatCluster; readonly lan: Network; readonly host: Host } {
  const node = (n: number): Host =>
    new Host(site, `aa${n}`, {
      interfaces: { eth0: lan.address(`192.168.1.20${n}`), eth1: link.address(`192.168.180.20${n}`) },
    });
  const hosts = [node(1), node(2)] as const;
  const device = new FencingDevice(site, 'more', { plugin: 'external/ssh', fences: hosts, parameters: { hostlist } });
  const cluster = new HeartbeatCluster(deployment, 'more', { hosts, links: [lan, link], fencing: [device] });
  return { cluster, lan, host: hosts[0] };
}

/** Faults and shape of the files of a host: what a text must not change. */
function shapeOf(pair: GroupwarePair): {
  readonly faults: readonly string[];
  readonly lines: readonly number[];
} {
  const topology = pair.deployment.topology();
  const files = renderHost(topology, topology.hosts[0]!.id);
  const content = (path: string): string => files.find((file) => file.path === path)?.content ?? '';
  const faults = [
    ...parseDrbdConf(content('/etc/drbd.conf')).errors,
    ...parseHaCf(content('/etc/ha.d/ha.cf')).errors,
    ...parseHaresources(content('/etc/ha.d/haresources')).errors,
  ];
  return {
    faults: faults.map((fault) => fault.message),
    // LDIF folds long lines; everywhere else a line more or less is text that got out of its place.
    lines: files
      .filter((file) => !file.path.endsWith('.ldif'))
      .map((file) => file.content.split('\n').length)
      .sort(),
  };
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'ab/.-_0 "\'\\$%#;{}()*&|<>`~!?=,:@\n\r\t\u0000\u2028'), maxLength: 30 }),
  fc.constantFrom(
    '\n',
    '";',
    '"\n}',
    '::',
    '${x}',
    '%{x}',
    '@@tandem-secret:x@@',
    '$(id)',
    '`id`',
    "'; id; '",
    '%n',
    '\\',
  ),
);

/** Of these the resource script of a group that starts together gets a file. */
const STARTED = ['mount directory', 'mount file system', 'mount options', 'systemd unit'];

const cases = Object.entries(properties).flatMap(([name, [plain, put]]) => [
  { name, start: 'in-turn' as const, plain, put },
  ...(STARTED.includes(name) ? [{ name, start: 'together' as const, plain, put }] : []),
]);

test.each(cases)(
  'any text as $name is refused, or changes no file but by itself, of a group that starts $start',
  ({ start, plain, put }) => {
    const shapeWith = (text: string): ReturnType<typeof shapeOf> => {
      const pair = buildGroupwarePair({}, {}, { start });
      put(pair, text);
      return shapeOf(pair);
    };
    const expected = shapeWith(plain);
    expect(expected.faults).toEqual([]);
    let judged = 0;
    fc.assert(
      fc.property(nasty, (text) => {
        try {
          expect(shapeWith(text)).toEqual(expected);
        } catch (error) {
          if (!(error instanceof ModelError || error instanceof FormatError)) throw error;
        }
        judged++;
      }),
      { numRuns: 60 },
    );
    expect(judged).toBe(60);
  },
);
