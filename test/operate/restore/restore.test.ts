import { spawnSync } from 'node:child_process';
import { ageText, chosenDump, listDumps } from '../../../lib/operate/restore/dumps';
import { madeDevices, newDevices, parseReplicas } from '../../../lib/operate/restore/new-volumes';
import { restore, type RestoreRequest } from '../../../lib/operate/restore/restore';
import { closeStorage, openStorage } from '../../../lib/operate/restore/storage';
import { UnreachableError } from '../../../lib/operate/remote/remote';
import { FakePair } from '../fake-pair';

const run = (pair: FakePair, more: Partial<RestoreRequest> = {}): Promise<void> =>
  restore(pair.operation, pair.topology, { from: 'latest', replace: false, show: false, ...more });

const DUMPS: Readonly<Record<string, string>> = {
  ox1: '900 directory-dump-20261122T193000Z.ldif.gz\n800 database-dump-20261122T193000Z.sql.gz\n1 .directory-dump.lock\n',
  ox2: '910 directory-dump-20261122T200000Z.ldif.gz\n800 database-dump-20261122T193000Z.sql.gz\n5 directory-dump-2026.ldif.gz\n',
};

/** Both data disks are new: nothing runs, and no replica has metadata. */
function lostDisks(): FakePair {
  const pair = new FakePair();
  pair.runs(undefined);
  for (const node of Object.values(pair.nodes)) for (const volume of node.volumes.values()) volume.disk = 'Diskless';
  const status = pair.topology.drbdResources
    .map(
      ({ name, volumes }) =>
        `${name}/0: ${volumes[0]!.device} on /dev/sdb1, metadata none, role Secondary/Secondary, connection Connected\n`,
    )
    .join('');
  return pair
    .on(/-printf/, (host) => ({ stdout: DUMPS[host] }))
    .on(/tandem-provision status/, () => ({ stdout: status }))
    .on(/tandem-provision initialize/, () => ({
      stdout:
        'tandem-provision: ldap: making ext4 on /dev/drbd0 for /var/lib/ldap\ntandem-provision: database: making ext4 on /dev/drbd1 for /var/lib/pgsql\n',
    }))
    .on(/start --no-wait/, (host) => (host === 'ox2' ? pair.runs('ox1') : undefined));
}

const changing = (pair: FakePair): readonly string[] =>
  pair.commands
    .filter((command) => !/-printf|provision status/.test(command))
    .map((command) => command.replace(/\n[\s\S]*/, ' ...'));

describe('a restore after both disks were lost (X11, X12)', () => {
  test('stops the cluster, prepares empty disks, fills the stores and starts the cluster, in this order', async () => {
    const pair = lostDisks();
    await run(pair);
    const order = [
      /^ox2: .*for a in|^ox2: for a in/,
      /^ox[12]: systemctl stop 'tandem-backup-database-dump.timer' 'tandem-backup-directory-dump.timer'$/,
      /^ox[12]: systemctl stop heartbeat.service$/,
      /^ox1: systemctl stop 'tandem-monitor@groupware.service' 'openexchange.service'/,
      /^ox1: \/bin\/sh \/usr\/local\/sbin\/tandem-provision metadata$/,
      /^ox2: \/bin\/sh \/usr\/local\/sbin\/tandem-provision metadata$/,
      /^ox1: \/bin\/sh \/usr\/local\/sbin\/tandem-provision initialize$/,
      /^ox1: set -e/,
      /^ox1: '\/usr\/local\/sbin\/tandem-restore-database-dump' '--yes' '--replace' '\/var\/backups\/\S+20261122T193000Z.sql.gz'$/,
      /^ox1: '\/usr\/local\/sbin\/tandem-restore-directory-dump' '--yes' '--replace' '\/var\/backups\/\S+20261122T200000Z.ldif.gz'$/,
      /^ox1: failed=0/,
      /^ox1: .*start --no-wait$/,
      /^ox2: .*start --no-wait$/,
      /^ox[12]: systemctl start 'tandem-backup-database-dump.timer'/,
    ];
    const found = order.map((pattern) => changing(pair).findIndex((command) => pattern.test(command)));
    expect(found).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(pair.said.at(-1)).toMatch(/^restored after \d+ s$/);
  });

  test('sends a dump that lies on the other node in the way of every dump', async () => {
    const pair = lostDisks();
    await run(pair);
    const [sent] = pair.commands.filter((command) => command.includes('--receive'));
    expect(sent).toMatch(/^ox2: for a in '192\.168\.1\.161' '192\.168\.180\.10'/);
    expect(sent).toContain('tandem-backup-directory-dump --receive directory-dump-20261122T200000Z.ldif.gz');
    expect(pair.commands.filter((command) => command.includes('--receive'))).toHaveLength(1);
  });

  test('tells what is lost before it asks for the name of the deployment', async () => {
    const pair = lostDisks();
    pair.answer = 'no';
    await expect(run(pair)).rejects.toThrow('nothing was changed');
    expect(pair.said).toContainEqual(
      expect.stringMatching(/^slapd: ox2:\/var\/backups\S+T200000Z.ldif.gz, 910 bytes, .* old$/),
    );
    expect(pair.said).toContainEqual('/dev/drbd0: both disks are new and get an empty file system');
    expect(pair.said).toContainEqual(
      expect.stringMatching(/^in no dump, and empty afterwards: .*mail queue of postfix/),
    );
    expect(changing(pair)).toEqual([]);
  });

  test('stops both nodes at once where nothing runs, so that neither takes over', async () => {
    const pair = lostDisks();
    const nodes: string[] = [];
    pair.on(/systemctl stop heartbeat/, (host) => void nodes.push(host));
    await run(pair);
    expect([...nodes].sort()).toEqual(['ox1', 'ox2']);
  });

  test('says what stands still and how to go on when a step fails', async () => {
    const pair = lostDisks().on(/restore-directory-dump/, () => ({ status: 1, stderr: 'slapadd: no space\n' }));
    const error = await run(pair).catch((thrown: Error) => thrown.message);
    expect(error).toContain('slapadd: no space');
    expect(error).toContain('heartbeat is stopped on ox1 and ox2: no group runs');
    expect(error).toContain('tandem restore groupware --replace');
    expect(error).toContain('ssh ox1 /usr/local/sbin/tandem-provision start --no-wait');
    expect(changing(pair).join('\n')).not.toContain('start --no-wait');
  });

  test('says what is not known when a node goes silent in the middle', async () => {
    const pair = lostDisks();
    pair.on(/provision metadata/, () => {
      throw new UnreachableError('ox1: no answer within 30 s; what became of the command is not known');
    });
    await expect(run(pair)).rejects.toThrow(
      /metadata failed on ox1 with 255\n {2}ox1: no answer .*\n {2}heartbeat is stopped/,
    );
  });

  test('stops before the next step when the person interrupts', async () => {
    const pair = lostDisks();
    pair.on(/systemctl stop heartbeat/, () => pair.interrupt());
    await expect(run(pair)).rejects.toThrow(/^interrupted/);
    expect(changing(pair).join('\n')).not.toContain('metadata');
  });
});

describe('a restore of a store that holds data', () => {
  const healthy = (): FakePair => {
    const pair = lostDisks();
    for (const node of Object.values(pair.nodes)) for (const volume of node.volumes.values()) volume.disk = 'UpToDate';
    pair.runs('ox1');
    return pair
      .on(/tandem-provision status/, () => ({ stdout: 'ldap/0: /dev/drbd0 on /dev/sdb1, metadata present, x\n' }))
      .on(/initialize/, () => ({}));
  };

  test('is refused without --replace', async () => {
    const pair = healthy();
    await expect(run(pair, { service: 'slapd' })).rejects.toThrow(/group groupware is at work on ox1\n.*--replace/);
    expect(changing(pair)).toEqual([]);
  });

  test('stops the standby first, and moves aside only with --replace', async () => {
    const pair = healthy();
    await run(pair, { service: 'slapd', replace: true });
    const stops = changing(pair).filter((command) => command.includes('stop heartbeat'));
    expect(stops).toEqual(['ox2: systemctl stop heartbeat.service', 'ox1: systemctl stop heartbeat.service']);
    expect(changing(pair).filter((command) => command.includes('tandem-restore-'))).toHaveLength(1);
  });
});

describe('a restore is refused', () => {
  test('when a node does not answer', async () => {
    const pair = lostDisks();
    pair.nodes.ox2.reached = false;
    await expect(run(pair)).rejects.toThrow(/a restore needs both nodes/);
    expect(pair.said).toContainEqual(expect.stringContaining('not asked for newer dumps: ox2'));
  });

  test('when there is no dump', async () => {
    const pair = lostDisks().on(/-printf/, () => ({ stdout: '' }));
    await expect(run(pair)).rejects.toThrow(/there is no dump in \/var\/backups/);
  });

  test.each([
    [
      'a service without dumps',
      { service: 'postfix' },
      /no service 'postfix' of groupware has a dump\n {2}- name one of: .*slapd/,
    ],
    ['one file for several services', { from: 'ox1:latest' }, /say of which service with --service/],
    [
      'a file that is not there',
      { service: 'slapd', from: 'ox1:other.gz' },
      /no dump of directory-dump is 'ox1:other.gz'/,
    ],
  ])('for %s', async (_, request, message) => {
    await expect(run(lostDisks(), request)).rejects.toThrow(message);
  });
});

test('the dumps of all hosts are listed, newest first, and nothing is changed', async () => {
  const pair = lostDisks();
  await run(pair, { show: true });
  expect(pair.said.filter((line) => line.startsWith('slapd: ')).map((line) => line.slice(0, 11))).toEqual([
    'slapd: ox2:',
    'slapd: ox1:',
  ]);
  expect(changing(pair)).toEqual([]);
});

test('a dump is chosen by node, by name or as the newest of all', async () => {
  const pair = lostDisks();
  const [backup] = pair.topology.backups.filter(({ name }) => name === 'directory-dump');
  const [list] = await listDumps(pair.operation, pair.topology, [backup!]);
  expect(chosenDump(list!, 'latest').host.name).toBe('ox2');
  expect(chosenDump(list!, 'ox1:latest').file).toMatch(/T193000Z/);
  expect(chosenDump(list!, 'ox1:directory-dump-20261122T193000Z.ldif.gz').made).toBe(Date.UTC(2026, 10, 22, 19, 30));
});

test('only a device of which no node has a copy is new', () => {
  const lines = (metadata: string): string => `a/0: /dev/drbd0 on /dev/sdb1, metadata ${metadata}, role x\n`;
  const of = (one: string, other: string): number =>
    newDevices([...parseReplicas('ox1', lines(one)), ...parseReplicas('ox2', lines(other))]).size;
  expect([of('none', 'none'), of('none', 'present'), of('unknown', 'none')]).toEqual([1, 0, 0]);
  expect([...madeDevices('x: a: making ext4 on /dev/drbd0 for /srv\n')]).toEqual(['/dev/drbd0']);
});

test.each([
  [0, '0 min'],
  [59 * 60_000, '59 min'],
  [61 * 60_000, '1 h 1 min'],
  [(24 * 60 + 61) * 60_000, '1 d 1 h'],
])('%d ms is %s', (milliseconds, text) => {
  expect(ageText(milliseconds)).toBe(text);
});

test('storage is opened in the order of the group and closed in reverse, by scripts of the shell', () => {
  const { topology } = new FakePair();
  const group = topology.clusters[0]!.groups[0]!;
  const [open, close] = [openStorage(topology, group), closeStorage(topology, group)];
  for (const script of [open, close]) expect(spawnSync('sh', ['-n'], { input: script }).status).toBe(0);
  expect(open.indexOf("'/var/lib/imap'")).toBeLessThan(open.indexOf("'/var/spool/imap'"));
  expect(close.indexOf("'/var/spool/imap'")).toBeLessThan(close.indexOf("'/var/lib/imap'"));
  expect(close.indexOf("secondary 'documents'")).toBeLessThan(close.indexOf("secondary 'ldap'"));
});
