import { printTopology } from '../../lib/topology/read';
import { directories } from '../support/directories';
import { buildMail, mail } from '../support/mail';
import { groupwarePair } from '../support/pair';
import { directoryWith, tandem } from './support';

const pair = groupwarePair();
const text = printTopology(pair);
const directory = directoryWith({
  'cdktf.out/tandem/groupware/topology.json': text,
  'directories.json': printTopology(directories()),
  'empty.json': printTopology({ ...pair, clusters: [] }),
  'elsewhere/tandem/other/topology.json': text,
});

describe('tandem predict', () => {
  test('prints the faults of a deployment by its name, with recovery points and resync times', async () => {
    const { code, out, err } = await tandem(['predict', 'groupware'], directory);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^power of ox1 cut +all +interrupted +\d+-\d+ s +nothing/m);
    expect(out).toMatch(/^slapd: lost with a node: nothing; with both disks: up to 30 min/m);
    expect(out).toMatch(/^ldap: resync after a crash/m);
  });

  test('prints the same for the file and for another output folder', async () => {
    const { out } = await tandem(['predict', 'groupware'], directory);
    expect((await tandem(['predict', 'cdktf.out/tandem/groupware/topology.json'], directory)).out).toBe(out);
    expect((await tandem(['predict', 'other', '--output', 'elsewhere'], directory)).out).toBe(out);
  });

  test('prints the timeline of one fault', async () => {
    const { out } = await tandem(['predict', 'groupware', '--fault', 'node-power-cut:hq/ox1'], directory);
    expect(out).toMatch(/^ +10\.0-11\.0 s +detection +the node is silent for deadtime$/m);
  });

  test('prints what follows from several faults', async () => {
    const faults = ['--fault', 'network-cut:hq/link', '--fault', 'node-power-cut:hq/ox1'];
    const { out } = await tandem(['predict', 'groupware', ...faults], directory);
    expect(out).toContain('network link lost, then power of ox1 cut');
    expect(out).toContain('outdated and is not promoted');
  });

  test('takes the step times of a measured switch', async () => {
    const total = async (...more: readonly string[]): Promise<number> => {
      const argv = ['predict', 'groupware', '--fault', 'planned-switch:hq/ox1', '--json', ...more];
      const { services } = JSON.parse((await tandem(argv, directory)).out) as {
        services: readonly { timeline: { total: { lower: number } } }[];
      };
      return services[0]!.timeline.total.lower;
    };
    const slow = await total('--switch-took', '300');
    expect(slow).toBeGreaterThan(2 * (await total()));
    const mean = await total('--switch-took', '300', '--switch-took', '100');
    expect(mean).toBeLessThan(slow);
    expect(Math.abs(mean - (await total('--switch-took', '200')))).toBeLessThanOrEqual(20);
  });

  test('prints JSON with every fault and its id', async () => {
    const all = JSON.parse((await tandem(['predict', 'groupware', '--json'], directory)).out) as {
      faults: readonly { id: string }[];
      recoveryPoints: readonly unknown[];
    };
    expect(all.faults.map(({ id }) => id)).toContain('heartbeat-cut:ox');
    expect(all.recoveryPoints.length).toBeGreaterThan(0);
  });

  test('tells of directories what replication does', async () => {
    const { code, out, err } = await tandem(['predict', 'directories.json'], directory);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^people +h +s +not known +the site itself/m);
    expect(out).toMatch(/^suppliers +3 +any +2 +0 of 3/m);
    const { replication } = JSON.parse((await tandem(['predict', 'directories.json', '--json'], directory)).out) as {
      replication: { agreements: readonly unknown[] };
    };
    expect(replication.agreements).toHaveLength(directories().replicationAgreements.length);
  });

  test('tells of directory servers that are lost or cut off who takes writes, and whose changes get to whom', async () => {
    const { code, out, err } = await tandem(['predict', 'directories.json', '--lost', 'a', '--lost', 'h'], directory);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Directory people without a, h$/m);
    expect(out).toMatch(/^b +answers +refuses \(no master\) +nobody$/m);
    expect(out).toMatch(/^s +answers +at whoever takes them +nobody$/m);
    const cut = await tandem(['predict', 'directories.json', '--cut-off', 'z', '--json'], directory);
    expect(JSON.parse(cut.out)).toMatchObject({ conflicts: 'while-apart', fault: { kind: 'cut-off', servers: ['z'] } });
  });

  test.each([
    [['directories.json', '--lost', 'nobody'], "no directory server 'nobody' in this deployment; there are: a, b, c"],
    [['directories.json', '--lost', 'a', '--cut-off', 'b'], '--lost and --cut-off are two faults; name one'],
    [['directories.json', '--lost', 'a', '--lost', 'x'], 'no directory has copies on all of: a, x'],
    [['directories.json', '--lost', 'a', '--directory', 'cars'], "no directory 'cars'; there are: people, phones"],
    [['directories.json', '--fault', 'flood'], 'has no cluster'],
    [['nope'], "no deployment 'nope' in cdktf.out/tandem (there are: groupware)"],
    [['x', '--output', 'nowhere'], 'no deployment in nowhere/tandem; run the synth first'],
    [['empty.json'], 'has no cluster'],
    [['absent.json'], 'cannot read absent.json (no such file or directory)'],
    [['groupware', '--fault', 'flood'], "no fault 'flood' in this deployment; name one of: node-power-cut:hq/ox1"],
    [['groupware', '--switch-took', 'long'], "--switch-took must be a number of seconds, got 'long'"],
    [['groupware', '--switch-took', '0'], 'must be longer than the retry of a client'],
  ])('fails on %j with a text', async (argv, message) => {
    const { code, out, err } = await tandem(['predict', ...argv], directory);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });
});

describe('tandem predict, of mail', () => {
  const mailDirectory = directoryWith({
    'mail.json': printTopology(mail()),
    'tables.json': printTopology(buildMail('table').topology()),
  });

  test('prints what each server carries, and what the loss of a host and of a site does', async () => {
    const { code, out, err } = await tandem(['predict', 'mail.json'], mailDirectory);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Replication in a day|^Groups/m);
    expect(out).toMatch(/^mx-hq +mx-hq-mail1 +23\.1\/s +46\.3\/s +231\/s +50\/s +46\.3 % +50 %$/m);
    expect(out).toMatch(
      /^mx-hq +hq\/hq-mail1 +mx-hq-mail2 +21-31 s +18-26 s +nothing +100 +ldap-hq-mail2, ldap-dr-mail1, ldap-dr-mail2 +fail$/m,
    );
    expect(out).toMatch(/^farm +hq +50 %$/m);
  });

  test('prints the same for tables, without a directory', async () => {
    const { out } = await tandem(['predict', 'tables.json'], mailDirectory);
    expect(out).toMatch(/^Load of mail servers$/m);
    expect(out).toMatch(/^mx-hq +hq\/hq-mail1 +mx-hq-mail2 +21-31 s +18-26 s +nothing +100$/m);
    expect(out).not.toContain('Replication');
  });

  test('prints it as JSON', async () => {
    const { out } = await tandem(['predict', 'mail.json', '--json'], mailDirectory);
    const { mail: forecast } = JSON.parse(out) as { mail: readonly { pair: string; hostLosses: readonly object[] }[] };
    expect(forecast.map(({ pair: id }) => id)).toEqual(['mx-dr', 'mx-hq']);
    expect(forecast[0]?.hostLosses).toHaveLength(2);
  });
});
