import {
  CyrusImap,
  Deployment,
  HeartbeatCluster,
  Host,
  type Mount,
  Network,
  SharedVolume,
  Site,
} from '../../lib/index';

/** The options of the mounts of a mail store, by directory. */
function optionsOf(
  mounts: (on: (name: string) => SharedVolume) => readonly Mount[],
): Record<string, string | undefined> {
  const d = new Deployment(undefined, 'mail');
  const site = new Site(d, 'site');
  const lan = new Network(site, 'lan', { cidr: '192.0.2.0/24' });
  const node = (name: string, n: number): Host =>
    new Host(site, name, { interfaces: { eth0: lan.address(`192.0.2.1${n}`) } });
  const hosts = [node('a', 1), node('b', 2)] as const;
  const on = (name: string): SharedVolume =>
    new SharedVolume(d, name, { kind: 'san', source: `/dev/disk/by-id/${name}`, hosts });
  const cyrus = new CyrusImap(d, 'cyrus', { configurationDirectory: '/srv/imap', mailPartition: '/srv/mail/spool' });
  const cluster = new HeartbeatCluster(d, 'pair', { hosts, links: [lan] });
  cluster.addGroup('mail', {
    preferred: hosts[0],
    address: lan.virtualAddress('192.0.2.10'),
    members: [...mounts(on), cyrus],
  });
  const members = d.topology().clusters.flatMap(({ groups }) => groups.flatMap((group) => group.members));
  return Object.fromEntries(
    members.flatMap((member) => (member.kind === 'mount' ? [[member.directory, member.options]] : [])),
  );
}

describe('the messages of Cyrus (X2, X14)', () => {
  test('are mounted with data=journal, and nothing else is', () => {
    expect(
      optionsOf((on) => [
        on('one').mountedAt('/srv/imap', 'ext4'),
        on('two').mountedAt('/srv/mail', 'ext3'),
        on('three').mountedAt('/srv/mailman', 'ext4'),
      ]),
    ).toEqual({ '/srv/imap': undefined, '/srv/mail': 'data=journal', '/srv/mailman': undefined });
  });

  test('lie on the innermost mount', () => {
    expect(
      optionsOf((on) => [
        on('one').mountedAt('/srv', 'ext4'),
        on('two').mountedAt('/srv/mail', 'ext4'),
        on('three').mountedAt('/srv/mail/spool', 'ext4'),
      ]),
    ).toEqual({ '/srv': undefined, '/srv/mail': undefined, '/srv/mail/spool': 'data=journal' });
  });

  test('keep the options that are given, and file systems that do not know this one', () => {
    const given = { options: 'noatime' };
    expect(optionsOf((on) => [on('one').mountedAt('/srv/mail', 'ext4', given)])).toEqual({ '/srv/mail': 'noatime' });
    expect(optionsOf((on) => [on('one').mountedAt('/srv/mail', 'xfs')])).toEqual({ '/srv/mail': undefined });
  });
});
