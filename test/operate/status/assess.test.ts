import { assess, type StatusReport } from '../../../lib/operate/status/assess';
import type { HostLook, VolumeState } from '../../../lib/operate/status/facts';
import { changed, pair, recorded, stateOf, type Recording } from './recorded';

const judge = (looks: readonly HostLook[]): StatusReport => assess(pair, looks, new Date('2026-11-22T20:00:00Z'));
const judged = (name: Recording): StatusReport => judge(recorded(name));
const ids = (report: StatusReport): readonly string[] =>
  report.findings.filter(({ severity }) => severity !== 'notice').map(({ severity, id }) => `${severity} ${id}`);
const found = (report: StatusReport, id: string): StatusReport['findings'][number] => {
  const finding = report.findings.find((candidate) => candidate.id === id);
  if (!finding) throw new Error(`no ${id} among ${ids(report).join(', ')}`);
  return finding;
};

/** A healthy pair; in the recording the dump of a directory without an entry had failed. */
const healthy = ['ox1', 'ox2'].reduce(
  (looks, host) =>
    changed(looks, host, (state) => ({
      units: { ...state.units, 'tandem-backup-directory-dump.service': 'inactive' },
      backups: state.backups.map(({ name }) => ({ name, age: 600 })),
    })),
  recorded('healthy'),
);

/** The healthy pair with one volume of a host changed. */
function withVolume(host: string, key: string, change: Partial<VolumeState>, from = healthy): readonly HostLook[] {
  return changed(from, host, ({ volumes }) => {
    const volume = volumes[key];
    if (!volume) throw new Error(`${host} has no ${key}`);
    return { volumes: { ...volumes, [key]: { ...volume, ...change } } };
  });
}

test('a healthy pair is well, and its group runs on one node', () => {
  const report = judge(healthy);
  expect(report.severity).toBe('ok');
  expect(ids(report)).toEqual([]);
  expect(report.groups[0]?.hosts.map(({ host, is }) => [host, is])).toEqual([
    ['ox1', 'running'],
    ['ox2', 'stopped'],
  ]);
});

test('writes that nobody may acknowledge stand out: the peer is neither outdated nor reset (X4)', () => {
  const { severity, problem, remedy } = found(
    judge(withVolume('ox1', 'ldap/0', { suspended: true })),
    'drbd/suspended',
  );
  expect(severity).toBe('failed');
  expect(problem).toBe('writes of ldap on ox1 wait: ox2 is lost, and neither marked as outdated nor reset yet');
  expect(remedy).toContain('see that ox2 is off, then drbdadm resume-io ldap on ox1');
});

test('another machine at the address of a host is found out', () => {
  const report = judge(changed(healthy, 'ox2', () => ({ hostname: 'spare' })));
  expect(ids(report)).toEqual(['failed host/name']);
  expect(found(report, 'host/name').problem).toBe('the machine that answers for ox2 calls itself spare');
});

test('a clock without a time server is a notice, which changes nothing', () => {
  expect(found(judge(healthy), 'clock/alone').severity).toBe('notice');
});

describe('redundancy that is lost stands out though all is served (E19)', () => {
  test('a standby without power', () => {
    const report = judged('standby-off');
    expect(report.severity).toBe('degraded');
    expect(ids(report)).toEqual([
      'degraded drbd/disconnected',
      'degraded cluster/no-standby',
      'unknown host/unreached',
    ]);
    expect(found(report, 'cluster/no-standby').problem).toContain('ox2 dead');
    expect(found(report, 'host/unreached').problem).toContain('No route to host');
  });

  test('a standby whose copies are being brought up to date', () => {
    const report = judged('resync');
    expect(report.severity).toBe('degraded');
    const texts = report.findings.filter(({ id }) => id === 'drbd/resync').map(({ problem }) => problem);
    expect(texts).toContainEqual(
      expect.stringMatching(/^database on ox2 is Inconsistent .*2\.5 % done, 20 min 22 s left/),
    );
    expect(texts).toContainEqual(expect.stringMatching(/^documents, .* on ox2 are Inconsistent .*waits for its turn/));
  });

  test('a primary without a disk, and a full file system on the standby', () => {
    const report = judged('disk-lost');
    expect(ids(report)).toEqual(['degraded drbd/disk-lost', 'degraded cluster/link-down', 'degraded host/space']);
    const { problem, path } = found(report, 'drbd/disk-lost');
    expect(problem).toBe('ox1 has lost its disk of ldap (Diskless): it works over the network on the only copy left');
    expect(path).toBe('groupware/ldap');
  });

  test('a standby without a disk', () => {
    const report = judge(withVolume('ox2', 'ldap/0', { disk: 'Failed' }));
    expect(found(report, 'drbd/disk-lost').problem).toBe(
      'ox2 has lost its disk of ldap (Failed): there is no second copy',
    );
  });

  test('a copy that is outdated, and one that nothing makes equal', () => {
    expect(found(judge(withVolume('ox2', 'ldap/0', { disk: 'Outdated' })), 'drbd/disk-behind').problem).toBe(
      'the copy of ldap on ox2 is Outdated: ox2 cannot take over',
    );
    const peer = { peer: 'ox2', connection: 'Connected', role: 'Secondary', disk: 'UpToDate', outOfSync: 12 };
    expect(found(judge(withVolume('ox1', 'ldap/0', { peers: [peer] })), 'drbd/out-of-sync').problem).toContain(
      '12 KiB',
    );
  });

  test('a resource that is not configured', () => {
    const report = judge(changed(healthy, 'ox2', () => ({ volumes: {} })));
    expect(found(report, 'drbd/down').problem).toMatch(/^database, .* are not configured on ox2/);
  });

  test.each([
    ['inactive', 'degraded cluster/not-running'],
    ['activating', 'degraded cluster/waiting'],
  ])('a node whose heartbeat is %s', (unit, expected) => {
    const looks = changed(healthy, 'ox2', ({ heartbeat }) => ({ heartbeat: { ...heartbeat, unit } }));
    expect(ids(judge(looks))).toEqual([expected]);
  });

  test('a heartbeat path that is down', () => {
    const looks = changed(healthy, 'ox2', ({ heartbeat }) => ({
      heartbeat: { ...heartbeat, links: { ...heartbeat.links, '/dev/ttyS0': 'dead' } },
    }));
    expect(found(judge(looks), 'cluster/link-down').problem).toBe(
      'ox2 hears nothing over the heartbeat path /dev/ttyS0; 2 of 3 left',
    );
  });

  test('services that nobody watches (E15)', () => {
    const looks = changed(healthy, 'ox1', ({ units }) => ({
      units: { ...units, 'tandem-monitor@groupware.service': 'failed' },
    }));
    expect(ids(judge(looks))).toEqual(['degraded group/not-watched']);
  });
});

describe('split brain', () => {
  test('of copies that stand alone names both sides and the repair', () => {
    const report = judged('split-brain');
    expect(report.severity).toBe('failed');
    const { problem, remedy, hosts } = found(report, 'drbd/split-brain');
    expect(problem).toBe(
      'split brain of ldap: the copies do not follow each other (ox1 Secondary UpToDate StandAlone, ox2 Secondary UpToDate StandAlone)',
    );
    expect(remedy).toContain('tandem repair split-brain groupware --discard ox1 or ox2');
    expect(hosts).toEqual(['ox1', 'ox2']);
    expect(report.volumes.filter(({ splitBrain }) => splitBrain).map(({ resource }) => resource)).toEqual(['ldap']);
  });

  test('is seen from one side alone', () => {
    const peer = { peer: 'ox2', connection: 'StandAlone', role: 'Unknown', disk: 'DUnknown', outOfSync: 0 };
    const looks = withVolume('ox1', 'ldap/0', { peers: [peer] }).map((look): HostLook =>
      look.name === 'ox2' ? { ...look, reached: false, reason: 'off' } : look,
    );
    expect(found(judge(looks), 'drbd/split-brain').problem).toContain('ox2 does not answer');
  });

  test('is two primaries, too', () => {
    expect(ids(judge(withVolume('ox2', 'ldap/0', { role: 'Primary' })))).toContain('failed drbd/split-brain');
  });
});

describe('a copy that its peer only believes outdated', () => {
  test('fails, because it would be promoted', () => {
    const { severity, problem, remedy } = found(judged('link-cut'), 'drbd/not-outdated');
    expect(severity).toBe('failed');
    expect(problem).toBe(
      'ox1 takes the copy of ldap and queue on ox2 for outdated, but ox2 does not know: if ox1 fails now, ox2 serves old data',
    );
    expect(remedy).toContain('drbdadm outdate ldap queue');
  });
});

describe('a group that runs nowhere', () => {
  test('though heartbeat claims it: says why, the ways out and what each costs', () => {
    const report = judged('claimed');
    expect(report.severity).toBe('failed');
    expect(report.findings[0]?.id).toBe('group/claimed');
    const { problem, remedy } = found(report, 'group/claimed');
    expect(problem).toBe(
      'group groupware runs nowhere, though heartbeat on ox2 claims it: DRBD does not make database, imap-index, imap-spool and documents primary on ox2, because the copy is Outdated: ox1 has newer data',
    );
    expect(remedy).toMatch(/^bring ox1 back, which loses nothing/);
    expect(remedy).toContain(
      'tandem switch groupware --forced --to ox2, which loses every write since ox2 was disconnected',
    );
  });

  test('though heartbeat claims it and the copies are well: heartbeat gave up', () => {
    const looks = changed(recorded('claimed'), 'ox2', ({ volumes }) => ({
      volumes: Object.fromEntries(Object.entries(volumes).map(([key, state]) => [key, { ...state, disk: 'UpToDate' }])),
    }));
    expect(found(judge(looks), 'group/claimed').remedy).toContain('hb_standby');
  });

  test('while the other node is back with the data: it is to take over', () => {
    expect(found(judged('split-brain'), 'group/claimed').remedy).toContain('tandem switch groupware --to ox1');
  });

  test('before a takeover: says what will be in its way', () => {
    const { problem, remedy } = found(judged('takeover-due'), 'group/nowhere');
    expect(problem).toContain('no node claims it: DRBD does not make');
    expect(remedy).toMatch(/^wait, when a takeover is due/);
  });

  test('while heartbeat moves it', () => {
    expect(found(judged('takeover-fails'), 'group/moving').problem).toBe(
      'group groupware is starting or stopping on ox2: 4 of 19 members run',
    );
  });

  const standbyOnly = (change: { unit?: string; drbd?: string; peer?: string }): readonly HostLook[] =>
    changed(healthy, 'ox2', ({ heartbeat, units }) => ({
      units: { ...units, 'drbd.service': change.drbd ?? 'active' },
      heartbeat: {
        ...heartbeat,
        unit: change.unit ?? 'active',
        resources: 'none',
        nodes: { ...heartbeat.nodes, ox1: change.peer ?? 'dead' },
      },
    })).map((look): HostLook => (look.name === 'ox1' ? { ...look, reached: false, reason: 'no route' } : look));

  test('that can be seen: unknown when the cluster hears the node that does not answer here', () => {
    const report = judge(standbyOnly({ peer: 'active' }));
    expect(found(report, 'group/unseen').severity).toBe('unknown');
    expect(report.severity).toBe('unknown');
  });

  test.each([
    [{ unit: 'activating' }, 'group/waiting', 'ox2 waits for the other node before anything is started'],
    [{ unit: 'inactive', drbd: 'activating' }, 'group/waiting', 'ox2 waits for the other node before'],
    [{ unit: 'inactive' }, 'group/nowhere', 'heartbeat does not run on ox2'],
  ])('because of heartbeat: %j', (change, id, text) => {
    expect(found(judge(standbyOnly(change)), id).problem).toContain(text);
  });

  test('is not known when no node answers', () => {
    const looks = recorded('healthy').map(({ host, name }): HostLook => ({
      host,
      name,
      reached: false,
      reason: 'off',
    }));
    const report = judge(looks);
    expect(report.severity).toBe('unknown');
    expect(ids(report)).toEqual(['unknown group/unseen', 'unknown host/unreached', 'unknown host/unreached']);
  });
});

describe('a group that does not run as it should', () => {
  test('on two nodes is the worst', () => {
    const looks = changed(healthy, 'ox2', ({ addresses }) => ({ addresses: [...addresses, '192.168.1.160'] }));
    const report = judge(looks);
    expect(report.findings[0]?.id).toBe('group/twice');
    expect(found(report, 'group/twice').hosts).toEqual(['ox1', 'ox2']);
  });

  test('with a service down', () => {
    const looks = changed(healthy, 'ox1', ({ units }) => ({
      units: { ...units, 'postgresql@15-main.service': 'failed' },
    }));
    expect(ids(judge(looks))).toEqual(['failed group/service-down']);
    expect(found(judge(looks), 'group/service-down').problem).toBe(
      'service postgresql is failed on ox1, where group groupware is',
    );
  });

  test('without its address or a mount', () => {
    const looks = changed(healthy, 'ox1', ({ addresses, mounts }) => ({
      addresses: addresses.filter((address) => address !== '192.168.1.160'),
      mounts: mounts.filter(({ directory }) => directory !== '/var/spool/mta'),
    }));
    expect(ids(judge(looks))).toEqual(['failed group/not-mounted', 'failed group/no-address']);
  });

  test('with another file system at its directory', () => {
    const looks = changed(healthy, 'ox1', ({ mounts }) => ({
      mounts: [...mounts, { device: '/dev/sdc1', directory: '/var/lib/ldap' }],
    }));
    expect(found(judge(looks), 'group/not-mounted').problem).toContain('mounted from /dev/sdc1');
  });

  test('with much missing is told once, with what is in the way', () => {
    const looks = changed(recorded('claimed'), 'ox2', ({ addresses }) => ({
      addresses: [...addresses, '192.168.1.160'],
    }));
    expect(found(judge(looks), 'group/partly').problem).toMatch(
      /runs only partly on ox2 \(missing: ldap, .*\): DRBD does not make database, .* primary on ox2/,
    );
  });

  test('with a service beside the cluster (X17)', () => {
    const looks = changed(healthy, 'ox2', ({ units }) => ({ units: { ...units, 'slapd.service': 'active' } }));
    expect(ids(judge(looks))).toEqual(['degraded group/service-alone']);
  });
});

describe('upkeep', () => {
  const aged = (age: number | undefined, uptime: number): StatusReport =>
    judge(changed(healthy, 'ox2', () => ({ uptime, backups: [{ name: 'database-dump', age }] })));

  test.each([
    [3599, 90_000, []],
    [3601, 90_000, ['degraded backup/old']],
    [undefined, 90_000, ['degraded backup/none']],
    [undefined, 60, []],
  ])('a dump of %p s, every 30 min, %p s after boot', (age, uptime, expected) => {
    expect(ids(aged(age, uptime))).toEqual(expected);
  });

  test('a dump that failed, and one that nothing starts', () => {
    expect(ids(judged('healthy'))).toEqual(['degraded backup/failed']);
    const looks = changed(healthy, 'ox2', ({ units }) => ({
      units: { ...units, 'tandem-backup-database-dump.timer': 'inactive' },
    }));
    expect(ids(judge(looks))).toEqual(['degraded backup/no-timer']);
  });

  test('a full file system, told once', () => {
    const looks = changed(healthy, 'ox2', () => ({
      space: [
        { directory: '/', size: 1_048_576_000, available: 0 },
        { directory: '/var/lib/ldap', size: 1_048_576_000, available: 0 },
      ],
    }));
    expect(ids(judge(looks))).toEqual(['degraded host/space']);
    expect(found(judge(looks), 'host/space').problem).toContain('is full (0 of 1000 MiB left)');
  });

  test('clocks that are apart by more than the question took', () => {
    const with2 = (offset: number, uncertainty: number): readonly string[] =>
      ids(judge(changed(healthy, 'ox2', ({ clock }) => ({ clock: { ...clock, offset, uncertainty } }))));
    expect(with2(0.7, 0.05)).toEqual(['degraded clock/apart']);
    expect(with2(0.7, 0.3)).toEqual([]);
    expect(with2(-3, 0.3)).toEqual(['degraded clock/apart']);
  });

  test('files that are not as rendered, by file and line (X15)', () => {
    const looks = changed(healthy, 'ox2', () => ({
      files: {
        compared: 55,
        drift: [
          { path: '/etc/hosts', kind: 'content', first: { line: 3, rendered: 'a', found: 'b' }, lines: 2 },
          { path: '/etc/ha.d/ha.cf', kind: 'content', first: { line: 6, rendered: 'deadtime 10', hidden: true } },
          { path: '/etc/imapd.conf', kind: 'missing' },
          { path: '/etc/old', kind: 'extra' },
          { path: '/etc/x', kind: 'mode', found: '0600 root root', expected: '0644 root root' },
        ],
      },
    }));
    expect(
      judge(looks)
        .findings.filter(({ id }) => id === 'file/drift')
        .map(({ problem }) => problem),
    ).toEqual([
      "ox2: /etc/hosts:3 is 'b', rendered 'a' (2 lines differ)",
      "ox2: /etc/ha.d/ha.cf:6 differs (not shown: it may hold a secret), rendered 'deadtime 10'",
      'ox2: /etc/imapd.conf is missing',
      'ox2: /etc/old came with an earlier bundle and is not part of this synth',
      'ox2: /etc/x is 0600 root root, put there as 0644 root root',
    ]);
  });

  test('many files are told as one', () => {
    const drift = Array.from({ length: 20 }, (_, index) => ({ path: `/etc/${index}`, kind: 'missing' as const }));
    const report = judge(changed(healthy, 'ox2', () => ({ files: { compared: 20, drift } })));
    expect(ids(report)).toEqual(['degraded file/drift']);
    expect(found(report, 'file/drift').problem).toContain('20 files on ox2 are not as rendered');
  });
});

test('every finding says what to do and names its construct', () => {
  const names = ['healthy', 'standby-off', 'resync', 'link-cut', 'claimed', 'takeover-due', 'split-brain'] as const;
  for (const { problem, remedy, path } of names.flatMap((name) => judged(name).findings)) {
    expect(remedy).not.toBe('');
    expect(problem).not.toMatch(/undefined|NaN/);
    expect(path).toMatch(/^groupware/);
  }
});

test('the JSON of a report can be read back', () => {
  const report = judged('resync');
  expect(JSON.parse(JSON.stringify(report))).toMatchObject({
    format: 'tandem-status',
    formatVersion: 1,
    severity: 'degraded',
  });
  expect(stateOf(report.hosts, 'ox1').uptime).toBeGreaterThan(0);
});
