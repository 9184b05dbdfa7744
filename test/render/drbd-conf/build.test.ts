import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { build } from '../../../lib/render/drbd-conf/build';
import { files } from '../../../lib/render/drbd-conf/files';
import { parse } from '../../../lib/render/drbd-conf/parse';
import { print } from '../../../lib/render/drbd-conf/print';
import { headOf, textOf, type DrbdConf, type DrbdItem } from '../../../lib/render/drbd-conf/syntax';
import { FormatError } from '../../../lib/render/format-error';
import { withoutLocations } from '../../../lib/render/source';
import type { DrbdResourceFacts, DrbdVersion } from '../../../lib/topology/drbd';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';
import { nastyText } from '../nasty-text';

const HOST = 'hq/ox1';

/** Every setting as `section/section/option = value`. */
function settings(conf: DrbdConf): string[] {
  const walk = (items: readonly DrbdItem[], path: string): string[] =>
    items.flatMap((item) => {
      if (item.kind === 'section') return walk(item.body, `${path}${headOf(item)}/`);
      return item.kind === 'option' ? [`${path}${item.name} = ${item.values.map(textOf).join(' ')}`] : [];
    });
  return walk(conf.items, '');
}

const topologies = new Map<DrbdVersion, Topology>();
function pair(version: DrbdVersion): Topology {
  const made = topologies.get(version) ?? groupwarePair({ drbdVersion: version });
  topologies.set(version, made);
  return made;
}

/** A pair whose only resource is the one that waits for no other, changed. */
function withResource(version: DrbdVersion, change: Partial<DrbdResourceFacts>): Topology {
  const topology = pair(version);
  const first = topology.drbdResources.find((resource) => resource.disk.resyncAfter === undefined);
  if (!first) throw new Error('the pair has no DRBD resource');
  return { ...topology, drbdResources: [{ ...first, ...change }] };
}

const render = (version: DrbdVersion, change: Partial<DrbdResourceFacts>): string[] =>
  settings(build(withResource(version, change), HOST));

describe('drbd.conf of 8.4 and 9', () => {
  test('hoists options that all resources share, and leaves the others with their resource', () => {
    const written = settings(build(pair('8.4'), HOST));
    expect(written.filter((line) => line.startsWith('common/disk/'))).toEqual([
      'common/disk/on-io-error = detach',
      'common/disk/fencing = resource-and-stonith',
      'common/disk/resync-rate = 30M',
      'common/disk/c-plan-ahead = 0',
    ]);
    expect(written).toContain('resource database/disk/resync-after = ldap');
    expect(written.filter((line) => line.includes('resource ldap/'))).toEqual(
      ['ox1', 'ox2'].flatMap((host, index) => [
        `resource ldap/on ${host}/address = 192.168.180.${(index + 1) * 10}:7788`,
        `resource ldap/on ${host}/device = /dev/drbd0`,
        `resource ldap/on ${host}/disk = /dev/sdb1`,
        `resource ldap/on ${host}/meta-disk = internal`,
      ]),
    );
  });

  test('has no common section for one resource', () => {
    expect(render('8.4', {}).filter((line) => line.startsWith('common/'))).toEqual([]);
  });

  test('puts fencing into disk for 8.4 and into net for 9', () => {
    expect(render('8.4', {}).filter((line) => line.includes('fencing'))).toEqual([
      expect.stringMatching(/\/disk\/fencing = resource-and-stonith$/u),
    ]);
    expect(render('9', {}).filter((line) => line.includes('fencing'))).toEqual([
      expect.stringMatching(/\/net\/fencing = resource-and-stonith$/u),
    ]);
  });

  test('gives 9 node ids and a connection mesh', () => {
    const written = render('9', { name: 'ldap' });
    expect(written).toEqual(
      expect.arrayContaining([
        'resource ldap/on ox1/node-id = 0',
        'resource ldap/on ox2/node-id = 1',
        'resource ldap/connection-mesh/hosts = ox1 ox2',
      ]),
    );
  });

  test('writes several volumes as volumes, with the minor where the device does not tell it', () => {
    const volume = (number: number, device: string): DrbdResourceFacts['volumes'][number] => ({
      number,
      minor: 10 + number,
      device,
      disks: [HOST, 'hq/ox2'].map((host) => ({
        host,
        disk: `/dev/sdc${number}`,
        physicalDisk: '/dev/sdc',
        metaDisk: '/dev/sdd1[0]',
      })),
    });
    const written = render('8.4', { name: 'mail', volumes: [volume(0, '/dev/drbd10'), volume(1, '/dev/drbd_spool')] });
    expect(written.filter((line) => line.includes('on ox1/volume'))).toEqual([
      'resource mail/on ox1/volume 0/device = /dev/drbd10',
      'resource mail/on ox1/volume 0/disk = /dev/sdc0',
      'resource mail/on ox1/volume 0/meta-disk = /dev/sdd1 [0]',
      'resource mail/on ox1/volume 1/device = /dev/drbd_spool minor 11',
      'resource mail/on ox1/volume 1/disk = /dev/sdc1',
      'resource mail/on ox1/volume 1/meta-disk = /dev/sdd1 [0]',
    ]);
  });

  test('writes times in the units of drbd.conf and an endless wait as 0', () => {
    const written = render('8.4', {
      name: 'a',
      startup: { wfcTimeout: 'infinite', degrWfcTimeout: 120_000, extraOptions: {} },
      net: { timeout: 6000, pingTimeout: 500, connectInt: 10_000, sndbufSize: 524_288, extraOptions: {} },
    });
    expect(written).toEqual(
      expect.arrayContaining([
        'resource a/startup/wfc-timeout = 0',
        'resource a/startup/degr-wfc-timeout = 120',
        'resource a/net/timeout = 60',
        'resource a/net/ping-timeout = 5',
        'resource a/net/connect-int = 10',
        'resource a/net/sndbuf-size = 512K',
      ]),
    );
  });

  test('rounds a rate down to whole KiB, and keeps whole MiB', () => {
    const rate = (bytes: number): string[] =>
      render('8.4', { disk: { resyncRate: bytes, extraOptions: {} } }).filter((line) => line.includes('resync-rate'));
    expect(rate(5_000_000)[0]).toMatch(/ = 4882K$/u);
    expect(rate(5 * 1024 * 1024)[0]).toMatch(/ = 5M$/u);
  });

  test('writes extra options sorted, and one without a value as a flag', () => {
    const written = render('8.4', {
      name: 'a',
      net: { extraOptions: { 'tcp-cork': 'no', 'allow-two-primaries': '', 'after-sb-0pri': 'discard-zero-changes' } },
    });
    expect(written.filter((line) => line.startsWith('resource a/net/') && !line.includes('protocol'))).toEqual([
      'resource a/net/after-sb-0pri = discard-zero-changes',
      'resource a/net/allow-two-primaries = ',
      'resource a/net/tcp-cork = no',
    ]);
  });

  test('writes IPv6 endpoints with their family, and quotes what drbdadm would read as a keyword', () => {
    const [first, second] = withResource('8.4', {}).drbdResources[0]?.peers ?? [];
    if (!first || !second) throw new Error('the resource has no peers');
    const topology = withResource('8.4', { name: 'net', peers: [{ ...first, address: 'fd00::1' }, second] });
    expect(print(build(topology, HOST))).toMatch(/resource "net" \{[\s\S]*address ipv6 \[fd00::1\]:7788;/u);
  });

  test.each<[string, Partial<DrbdResourceFacts>, RegExp]>([
    [
      'a wait of 0',
      { startup: { wfcTimeout: 0, extraOptions: {} } },
      /wfc-timeout' is 0, which drbd.conf reads as for ever/u,
    ],
    [
      'a time finer than the unit',
      { net: { timeout: 6050, extraOptions: {} } },
      /timeout' is not given in whole tenths/u,
    ],
    ['a rate below 1 KiB/s', { disk: { resyncRate: 1000, extraOptions: {} } }, /less than 1 KiB\/s/u],
    ['the command of 0.7', { inconDegrCmd: 'halt -f' }, /incon-degr-cmd' is not known to DRBD 8.4/u],
    ['a resync group of 0.7', { disk: { resyncGroup: 1, extraOptions: {} } }, /group' is not known to DRBD 8.4/u],
  ])('fails on %s and names the resource', (_what, change, message) => {
    const topology = withResource('8.4', change);
    expect(() => build(topology, HOST)).toThrow(message);
    expect(() => build(topology, HOST)).toThrow(`[${topology.drbdResources[0]?.path}] format/drbd.conf:`);
  });

  test('fails on two generations of DRBD on one host', () => {
    const topology = pair('8.4');
    const resources = topology.drbdResources.map((facts, index) =>
      index === 0 ? { ...facts, version: '9' as const } : facts,
    );
    expect(() => build({ ...topology, drbdResources: resources }, HOST)).toThrow(/use one generation of DRBD/u);
  });
});

describe('drbd.conf of 0.7 (X22-X25)', () => {
  const published = parse(readFileSync(resolve(__dirname, 'fixtures/as-published.drbd.conf'), 'utf8')).tree;
  const names = ['r0', 'r1', 'r2', 'r3'];
  const resources = names.map((name, index): DrbdResourceFacts => {
    const [disk, minor] = [`/dev/sdb${index + 1}`, index];
    return {
      id: name,
      path: `groupware/${name}`,
      name,
      version: '0.7',
      protocol: 'C',
      volumes: [
        {
          number: 0,
          minor,
          device: `/dev/drbd${minor}`,
          disks: [HOST, 'hq/ox2'].map((host) => ({ host, disk, physicalDisk: '/dev/sdb', metaDisk: 'internal' })),
        },
      ],
      peers: [
        { host: HOST, nodeId: 0, address: '192.168.180.20', port: 7788 + index },
        { host: 'hq/ox2', nodeId: 1, address: '192.168.180.10', port: 7788 + index },
      ],
      inconDegrCmd: "echo '!DRBD! pri on incon-degr' | wall ; sleep 60 ; halt -f",
      startup: {
        ...(index === 0 ? {} : { wfcTimeout: 'infinite' as const }),
        degrWfcTimeout: 120_000,
        extraOptions: {},
      },
      disk: {
        onIoError: 'detach',
        resyncRate: 5 * 1024 * 1024,
        resyncGroup: 1,
        ...(index === 0 ? { alExtents: 257 } : {}),
        extraOptions: {},
      },
      net: { extraOptions: {} },
      handlers: [],
    };
  });
  const topology: Topology = { ...pair('8.4'), drbdVersion: '0.7', drbdResources: resources };

  test('renders every published value and nothing else', () => {
    expect(settings(build(topology, HOST))).toEqual(settings(published));
  });

  test('is read back by the parser without a fault', () => {
    const tree = build(topology, HOST);
    const read = parse(print(tree));
    expect(read.errors).toEqual([]);
    expect(withoutLocations(read.tree)).toEqual(tree);
  });

  test.each([
    ['sndbuf-size', '512k'],
    ['timeout', '60'],
    ['connect-int', '10'],
    ['ping-int', '10'],
    ['max-buffers', '2048'],
    ['max-epoch-size', '2048'],
    ['ko-count', '4'],
    ['on-disconnect', 'reconnect'],
  ])('renders the commented default %s %s as published (X23)', (name, value) => {
    const net = {
      sndbufSize: 524_288,
      timeout: 6000,
      connectInt: 10_000,
      pingInt: 10_000,
      maxBuffers: 2048,
      maxEpochSize: 2048,
      koCount: 4,
      onDisconnect: 'reconnect',
      extraOptions: {},
    };
    const [first] = resources;
    const written = settings(build({ ...topology, drbdResources: first ? [{ ...first, net }] : [] }, HOST));
    expect(written).toContain(`resource r0/net/${name} = ${value}`);
  });

  test.each<[string, Partial<DrbdResourceFacts>, RegExp]>([
    ['fencing', { fencing: 'resource-only' }, /does not know fencing/u],
    ['handlers', { handlers: [{ event: 'split-brain', command: '/x' }] }, /does not know handlers/u],
    ['a secret of the peers', { net: { sharedSecret: 'x', extraOptions: {} } }, /does not know authentication/u],
    ['resync-after', { disk: { resyncAfter: 'r1', extraOptions: {} } }, /does not know resync-after/u],
  ])('fails on %s, which 0.7 has no words for', (_what, change, message) => {
    const changed = resources.map((facts, index) => (index === 0 ? { ...facts, ...change } : facts));
    expect(() => build({ ...topology, drbdResources: changed }, HOST)).toThrow(message);
  });
});

describe('the file drbd.conf', () => {
  test('is the same on both nodes and begins with the construct it comes from', () => {
    const [one, two] = ['hq/ox1', 'hq/ox2'].flatMap((host) => files(pair('8.4'), host));
    expect(one?.content).toBe(two?.content);
    expect(one?.content).toMatch(/^# Tandem: groupware; /u);
    expect(parse(one?.content ?? '').errors).toEqual([]);
  });

  test('holds a marker for the secret, and only root and the peer outdater read it', () => {
    const [file] = files(pair('8.4'), HOST);
    expect(file).toMatchObject({ path: '/etc/drbd.conf', mode: '0640', owner: 'root', group: 'haclient' });
    expect(file?.secrets).toEqual(['groupware_drbd']);
    expect(file?.content).toContain('shared-secret "@@tandem-secret:groupware_drbd@@";');
  });

  test('is not there on a host without DRBD', () => {
    expect(files({ ...pair('8.4'), drbdResources: [] }, HOST)).toEqual([]);
  });

  test('either refuses nasty text or holds it as it is', () => {
    fc.assert(
      fc.property(nastyText(), nastyText(), fc.constantFrom<DrbdVersion>('8.4', '9'), (text, name, version) => {
        const topology = withResource(version, {
          name,
          handlers: [{ event: 'split-brain', command: text }],
          disk: { onIoError: text, extraOptions: { size: text } },
        });
        let content: string;
        try {
          content = print(build(topology, HOST));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          return;
        }
        expect(withoutLocations(parse(content).tree)).toEqual(build(topology, HOST));
      }),
      { numRuns: 300 },
    );
  });
});
