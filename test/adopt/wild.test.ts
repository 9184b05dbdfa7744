import { kindOfScript } from '../../lib/adopt/resources/services';
import { judge, wild, wildNames } from './support';

describe('files as they are found in the field', () => {
  test.each(wildNames)('%s is read to its end', (name) => {
    const { adoption, remarks } = judge(wild(name));
    expect(adoption.topology.origin).toBe('files');
    if (name === 'broken' || name === 'heartbeat-1') return;
    expect(
      remarks.filter((remark) => ['files/syntax', 'files/unknown-keyword', 'files/value'].includes(remark.rule)),
    ).toEqual([]);
  });

  test('DRBD 8.0: common settings, outdater and metadata index are understood', () => {
    const [resource] = judge(wild('drbd-8-0')).adoption.topology.drbdResources;
    expect(resource).toMatchObject({
      version: '8.4',
      fencing: 'resource-only',
      disk: { resyncRate: 10 * 1024 ** 2, alExtents: 257, onIoError: 'detach' },
      startup: { degrWfcTimeout: 120_000 },
    });
    expect(resource?.handlers.map((handler) => handler.event)).toContain('fence-peer');
    expect(resource?.volumes[0]?.disks.map((disk) => disk.metaDisk)).toEqual(['internal', '/dev/sda6[0]']);
  });

  test('DRBD 8.3: the resource inherits from common, and syncer goes where later generations keep it', () => {
    const { adoption } = judge(wild('drbd-8-3'));
    const home = adoption.topology.drbdResources.find((resource) => resource.name === 'home');
    expect(home).toMatchObject({
      protocol: 'C',
      disk: { resyncAfter: 'mail', resyncRate: 33 * 1024 ** 2 },
      net: {
        timeout: 6000,
        pingTimeout: 500,
        sndbufSize: 512 * 1024,
        extraOptions: { 'verify-alg': 'md5', 'use-rle': '' },
      },
      volumes: [{ minor: 4, device: '/dev/drbd4' }],
    });
    expect(adoption.unmodelled).toContainEqual(
      expect.objectContaining({ where: 'resource home, section options', name: 'cpu-mask', value: '3' }),
    );
    expect(adoption.locate('resource home', 'net.timeout')).toEqual({ file: 'drbd.conf', line: 15 });
  });

  test('a device with a name of its own is joined with its mount', () => {
    const { topology } = judge(wild('drbd-8-3')).adoption;
    const mounts = topology.clusters.flatMap((cluster) =>
      cluster.groups.flatMap((group) => group.members.filter((member) => member.kind === 'mount')),
    );
    expect(mounts.map((mount) => [mount.device, mount.source])).toEqual([
      ['/dev/drbd_mail', { kind: 'drbd', resource: 'mail', volume: 0 }],
      ['/dev/drbd4', { kind: 'drbd', resource: 'home', volume: 0 }],
    ]);
    expect(topology.clusters[0]?.standby).toBe('hot');
  });

  test('fencing devices reset the nodes that their lines name, and keep no password', () => {
    const { topology } = judge(wild('drbd-8-3')).adoption;
    expect(topology.fencingDevices.map(({ from, fences }) => [from, fences])).toEqual([
      ['node1', ['node2']],
      ['node2', ['node1']],
    ]);
    expect(JSON.stringify(topology)).not.toContain('topsecretword');
    expect(topology.secrets.map((secret) => secret.name)).toContain('adopted_stonith_1_passwd');
  });

  test.each(['drbd-8-0', 'broken'])('%s: no secret is in the topology or in a message', (name) => {
    const { adoption, remarks } = judge(wild(name));
    const shown = JSON.stringify([adoption.topology, remarks]);
    expect(shown).not.toMatch(/a-shared-word|the-word-that-nobody-knows/);
  });

  test('DRBD 8.4: includes are read, one that is missing is noted, volumes are merged by host', () => {
    const { adoption } = judge(wild('drbd-8-4-includes'));
    const store = adoption.topology.drbdResources.find((resource) => resource.name === 'store');
    expect(store?.volumes.map((volume) => volume.disks.map((disk) => disk.disk))).toEqual([
      ['/dev/sdb1', '/dev/sdb1'],
      ['/dev/sdb2', '/dev/sdc2'],
    ]);
    expect(adoption.locate('resource store', 'disk.resyncRate')).toEqual({
      file: 'drbd.d/global_common.conf',
      line: 6,
    });
    expect(adoption.notes.map((note) => note.text)).toContain(
      "include 'drbd.d/local/*.res' was not found and is left out",
    );
    expect(adoption.topology.clusters[0]?.dopd).toBe(true);
  });

  test('DRBD 9: three peers, a node without a copy', () => {
    const [resource] = judge(wild('drbd-9-mesh')).adoption.topology.drbdResources;
    expect(resource?.version).toBe('9');
    expect(resource?.peers.map((peer) => [peer.host, peer.nodeId])).toEqual([
      ['n1', 0],
      ['n2', 1],
      ['n3', 2],
    ]);
    expect(resource?.volumes[0]?.disks.map((disk) => disk.host)).toEqual(['n1', 'n2']);
  });

  test('DRBD 9: addresses come from the first path of a connection', () => {
    const { topology } = judge(wild('drbd-9-paths')).adoption;
    expect(topology.drbdResources[0]?.peers).toEqual([
      { host: 'right', nodeId: 0, address: 'fd00:1::2', port: 7789 },
      { host: 'left', nodeId: 1, address: 'fd00:1::1', port: 7789 },
    ]);
    expect(topology.networks.map((network) => network.cidr)).toEqual(['fd00:1::/64', 'fd00:2::/64']);
  });

  test('a stacked resource is named and left out, and its device is not missed', () => {
    const { adoption, remarks } = judge(wild('stacked'));
    expect(adoption.topology.drbdResources.map((resource) => resource.name)).toEqual(['data-lower']);
    expect(adoption.notes.some((note) => note.text.startsWith('resource data-upper is stacked'))).toBe(true);
    expect(remarks.filter((remark) => ['files/join', 'drbd/without-mount'].includes(remark.rule))).toEqual([]);
  });

  test('under a resource manager haresources is called unused and its groups are not judged', () => {
    const { adoption, remarks } = judge(wild('crm-on'));
    expect(remarks.find((remark) => remark.rule === 'files/haresources-unused')).toMatchObject({
      file: 'ha.cf',
      line: 2,
    });
    expect(adoption.topology.clusters[0]?.groups).toEqual([]);
    expect(remarks.some((remark) => remark.file === 'haresources')).toBe(false);
    expect(remarks.map((remark) => remark.rule)).not.toContain('cluster/addresses');
  });

  test('serial, broadcast and multicast links are told apart', () => {
    const kinds = (name: string): readonly string[] =>
      judge(wild(name)).adoption.topology.clusters.flatMap((cluster) => cluster.links.map((link) => link.kind));
    expect(kinds('drbd-8-0')).toEqual(['serial', 'bcast']);
    expect(kinds('crm-on')).toEqual(['mcast', 'bcast']);
    expect(kinds('heartbeat-1')).toEqual(['bcast', 'bcast', 'serial']);
    expect(kinds('drbd-8-4-includes')).toEqual(['serial', 'serial', 'ucast']);
  });

  test('Heartbeat 1: nice_failback is the opposite of auto_failback', () => {
    expect(judge(wild('heartbeat-1')).adoption.topology.clusters[0]?.autoFailback).toBe('off');
  });

  test('a disk that both nodes mount without DRBD is shared storage, which needs fencing', () => {
    const { adoption, remarks } = judge(wild('san'));
    expect(adoption.topology.sharedVolumes.map((volume) => [volume.kind, volume.source])).toEqual([
      ['san', '/dev/sdc1'],
    ]);
    expect(remarks.map((remark) => remark.rule)).toContain('cluster/fencing');
  });

  test('unknown keywords are named with file and line', () => {
    const unknown = judge(wild('broken')).remarks.filter((remark) => remark.rule === 'files/unknown-keyword');
    expect(unknown.map(({ file, line, value }) => `${file}:${line} ${value}`)).toEqual([
      'drbd.conf:3 frobnicate',
      'drbd.conf:5 tcp-cork',
      'ha.cf:2 Node',
      'ha.cf:7 serail',
    ]);
  });

  test('init scripts of known names are services of a known kind', () => {
    expect(
      ['slapd', 'ldap', 'postgresql', 'cyrus', 'cyrus-imapd', 'postfix', 'saslauthd', 'openexchange'].map(kindOfScript),
    ).toEqual([
      ...['openldap', 'openldap', 'postgresql', 'cyrus-imap', 'cyrus-imap', 'postfix', 'saslauthd', 'generic'],
    ]);
  });
});
