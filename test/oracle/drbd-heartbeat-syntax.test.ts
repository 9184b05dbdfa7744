import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { files as authkeys } from '../../lib/render/authkeys/files';
import { build as buildDrbd } from '../../lib/render/drbd-conf/build';
import { files as drbdConf } from '../../lib/render/drbd-conf/files';
import { print as printDrbd } from '../../lib/render/drbd-conf/print';
import { FormatError } from '../../lib/render/format-error';
import { files as haCf } from '../../lib/render/ha-cf/files';
import { parse as parseHaCf } from '../../lib/render/ha-cf/parse';
import { parseTime } from '../../lib/render/ha-cf/time';
import { files as haresources } from '../../lib/render/haresources/files';
import type { DrbdResourceFacts } from '../../lib/topology/drbd';
import { lookup } from '../../lib/topology/lookup';
import type { Topology } from '../../lib/topology/topology';
import type { EntityId } from '../../lib/topology/units';
import { nastyText } from '../render/nasty-text';
import { groupwarePair } from '../support/pair';
import { DRBDADM, drbdadmAccepts, type DrbdHost } from './drbdadm';
import { pluginsOf } from './host-files';
import { files as stonith } from '../../lib/render/stonith/files';
import { HEARTBEAT, heartbeatAccepts, type HeartbeatFiles, type HeartbeatNode } from './heartbeat';
import { oracle } from './support';

const NODES = ['hq/ox1', 'hq/ox2'];

function drbdHost(topology: Topology, id: EntityId): DrbdHost {
  const { name, interfaces } = lookup(topology).host(id);
  return { hostname: name, addresses: interfaces.map((one) => one.address) };
}

function heartbeatNode(topology: Topology, id: EntityId): HeartbeatNode {
  const { name, interfaces, serialPorts } = lookup(topology).host(id);
  return {
    hostname: name,
    interfaces: interfaces.map((one) => ({ interface: one.name, address: `${one.address}/${one.prefixLength}` })),
    serialPorts,
  };
}

function heartbeatFiles(topology: Topology, id: EntityId): HeartbeatFiles {
  const content = (files: typeof haCf): string => files(topology, id)[0]?.content ?? '';
  return {
    haCf: content(haCf),
    haresources: content(haresources),
    authkeys: content(authkeys),
    plugins: pluginsOf(stonith(topology, id)),
  };
}

describe.each(['8.4', '9'] as const)('drbdadm of DRBD %s', (version) => {
  const topology = groupwarePair({ drbdVersion: version });
  const first = topology.drbdResources.find((resource) => resource.disk.resyncAfter === undefined);

  oracle(DRBDADM[version], 'accepts drbd.conf of both nodes', () => {
    for (const id of NODES) {
      const verdict = drbdadmAccepts(drbdConf(topology, id)[0]?.content ?? '', version, drbdHost(topology, id));
      expect(verdict.complaints).toEqual([]);
      expect(verdict.output).toContain('resource documents');
    }
  });

  oracle(DRBDADM[version], 'accepts several volumes, IPv6, by-path devices and names that are keywords', () => {
    const volume = (number: number): DrbdResourceFacts['volumes'][number] => ({
      number,
      minor: 20 + number,
      device: `/dev/drbd${20 + number}`,
      disks: NODES.map((host) => ({
        host,
        disk: `/dev/disk/by-path/pci-0000:00:1f.2-ata-${number}`,
        physicalDisk: '/dev/sdc',
        metaDisk: `/dev/sdd1[${number}]`,
      })),
    });
    const resource = (name: string, port: number, change: Partial<DrbdResourceFacts>): DrbdResourceFacts[] =>
      first ? [{ ...first, id: name, name, peers: first.peers.map((peer) => ({ ...peer, port })), ...change }] : [];
    const peers = (first?.peers ?? []).map((peer, index) => ({ ...peer, port: 7002, address: `fd00::${index + 1}` }));
    const odd: Topology = {
      ...topology,
      drbdResources: [
        ...resource('net', 7001, { volumes: [volume(0), volume(1)] }),
        ...resource('size', 7002, { peers, disk: { resyncAfter: 'net', extraOptions: {} } }),
      ],
    };
    const host = { hostname: 'ox1', addresses: ['fd00::1', '192.168.180.10'] };
    const verdict = drbdadmAccepts(printDrbd(buildDrbd(odd, 'hq/ox1')), version, host);
    expect(verdict.complaints).toEqual([]);
    expect(verdict.output).toContain('volume 1');
  });

  oracle(DRBDADM[version], 'accepts any text that a handler could be given', () => {
    const resources = first ? [first] : [];
    fc.assert(
      fc.property(fc.array(nastyText(), { minLength: 1, maxLength: 8 }), (texts) => {
        const events = ['split-brain', 'pri-lost', 'out-of-sync', 'local-io-error', 'fence-peer', 'pri-on-incon-degr'];
        const handlers = events.flatMap((event, index) =>
          texts[index] === undefined ? [] : [{ event, command: texts[index] }],
        );
        const changed = { ...topology, drbdResources: resources.map((one) => ({ ...one, handlers })) };
        let text: string;
        try {
          text = printDrbd(buildDrbd(changed, 'hq/ox1'));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          return;
        }
        expect(drbdadmAccepts(text, version, drbdHost(topology, 'hq/ox1')).complaints).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  oracle(DRBDADM[version], 'fails on the published file and on a mended one in the words of 0.7', () => {
    const published = readFileSync(resolve(__dirname, '../render/drbd-conf/fixtures/as-published.drbd.conf'), 'utf8');
    const host = { hostname: 'ox1', addresses: ['192.168.180.20'] };
    expect(drbdadmAccepts(published, version, host).accepted).toBe(false);
    const old = drbdAdm07(groupwarePair({ drbdVersion: '0.7' }));
    expect(drbdadmAccepts(old, version, drbdHost(topology, 'hq/ox1')).complaints.join('\n')).toMatch(
      /incon-degr-cmd|group/u,
    );
  });

  oracle(
    DRBDADM[version],
    'fails on a host that has none of the addresses, so that the sandbox is what it says',
    () => {
      const conf = drbdConf(topology, 'hq/ox1')[0]?.content ?? '';
      expect(drbdadmAccepts(conf, version, { hostname: 'ox1', addresses: [] }).accepted).toBe(false);
    },
  );
});

/** A file in the words of 0.7, syntactically sound. */
function drbdAdm07(topology: Topology): string {
  const resources = topology.drbdResources.map((one) => ({ ...one, inconDegrCmd: 'halt -f' }));
  return printDrbd(buildDrbd({ ...topology, drbdResources: resources }, 'hq/ox1'));
}

describe('heartbeat', () => {
  const topology = groupwarePair();
  const full = heartbeatFiles(topology, 'hq/ox1');
  // Asking the STONITH plugins takes two of three seconds; one test asks them.
  const sound = { ...full, haCf: full.haCf.replaceAll(/^stonith_host .*\n/gmu, '') };
  const node = heartbeatNode(topology, 'hq/ox1');

  oracle(HEARTBEAT, 'starts with the files of both nodes and has no complaint', () => {
    for (const id of NODES)
      expect(heartbeatAccepts(heartbeatFiles(topology, id), heartbeatNode(topology, id)).complaints).toEqual([]);
  });

  const broken: [string, Partial<HeartbeatFiles>, RegExp][] = [
    ['an unknown directive', { haCf: `${sound.haCf}serail /dev/ttyS1\n` }, /Illegal directive \[serail\]/u],
    ['a missing path', { haCf: sound.haCf.replaceAll(/^(ucast|serial) .*\n/gmu, '') }, /No heartbeat media defined/u],
    [
      'a deadtime below two keepalives',
      { haCf: sound.haCf.replace(/deadtime .*/u, 'deadtime 2') },
      /Dead time \[2000\]/u,
    ],
    ['a line of an unknown node', { haresources: sound.haresources.replace('ox1', 'ox7') }, /Bad nodename/u],
    ['a selected key that is missing', { authkeys: 'auth 2\n1 sha1 secret-secret\n' }, /Auth Key \[2\] not found/u],
    ['an unknown method', { authkeys: 'auth 1\n1 sha512 secret-secret\n' }, /Invalid authtype \[sha512\]/u],
  ];
  for (const [what, change, complaint] of broken)
    oracle(HEARTBEAT, `fails on ${what}`, () => {
      const verdict = heartbeatAccepts({ ...sound, ...change }, node);
      expect(verdict.complaints.join('\n')).toMatch(complaint);
    });

  oracle(HEARTBEAT, 'does not apply a port that stands behind the path', () => {
    const haCf = `${sound.haCf.replace(/^udpport .*\n/mu, '')}udpport 6940\n`;
    expect(heartbeatAccepts({ ...sound, haCf }, node).output).toMatch(/ucast: started on port 694 interface eth1/u);
    expect(parseHaCf(haCf).errors).toMatchObject([
      { message: expect.stringContaining("'udpport' comes after 'ucast'") },
    ]);
  });

  const times = ['5', '5000ms', '5000000us', '4.5', '5s', '5sec', '1m'];
  for (const time of times)
    oracle(HEARTBEAT, `reads the time ${time} as the parser of ha.cf does`, () => {
      const files = {
        ...sound,
        haCf: sound.haCf.replace(/^keepalive .*/mu, `keepalive ${time}`).replace(/^deadtime .*/mu, 'deadtime 6'),
      };
      const read = parseTime(time);
      const complaints = heartbeatAccepts(files, node).complaints.join('\n');
      expect(complaints).toMatch(
        read === undefined ? /configuration error/u : new RegExp(`keeplive \\[${read}\\]`, 'u'),
      );
    });
});
