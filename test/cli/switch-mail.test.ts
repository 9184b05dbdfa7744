import { run } from '../../lib/cli/run';
import type { Io } from '../../lib/cli/io';
import { printTopology } from '../../lib/topology/read';
import { fakeServers } from '../operate/directory/fake-servers';
import { FakeHosts } from '../operate/mail/fake-hosts';
import { topology } from '../operate/mail/looks';
import { directoryWith } from './support';

const directory = directoryWith({ 'cdktf.out/tandem/mail/topology.json': printTopology(topology) });

/** Runs a command line on fake hosts; no directory server answers. */
async function on(hosts: FakeHosts, argv: readonly string[], answer?: string): Promise<readonly [number, string]> {
  let text = '';
  const { now, pause } = hosts.operation;
  const io: Io = {
    ...{ out: (words) => void (text += words), err: (words) => void (text += words), directory, now, pause },
    remote: () => hosts,
    ldap: () => fakeServers(topology, {}),
    ...(answer === undefined ? {} : { ask: async (question: string) => ((text += question), answer) }),
  };
  return [await run(['switch', 'mail', ...argv], io), text];
}

test('tandem switch --mail hands a queue over when the name of the host is typed', async () => {
  const hosts = new FakeHosts();
  const [code, text] = await on(hosts, ['--mail', 'mx-hq-mail1', '--to', 'hq-mail2'], 'hq-mail2');
  expect([code, hosts.serving['mx-hq-mail1']]).toEqual([0, 'hq-mail2']);
  expect(text).toContain('let hq-mail2 serve the queue of mx-hq-mail1? Type hq-mail2 to go on: ');
});

test('tandem switch --mail --forced ends with 1 while the owner answers', async () => {
  const hosts = new FakeHosts();
  const [code, text] = await on(hosts, ['--forced', '--mail', 'mx-hq-mail1', '--to', 'hq-mail2', '--yes']);
  expect([code, hosts.commands]).toEqual([1, []]);
  expect(text).toContain('hq-mail1 answers: switch without --forced');
});

test('tandem switch --site ends with 1 when something does not serve, and says what', async () => {
  const hosts = new FakeHosts();
  for (const { name, site } of topology.hosts) if (site === 'hq') hosts.dies(name);
  const [code, text] = await on(hosts, ['--forced', '--site', 'dr', '--yes']);
  expect(code).toBe(1);
  expect(text).toContain('mx-dr-mail1: takes mail on dr-mail1; nothing waits\n');
  expect(text).toContain('tandem: site dr does not serve all of it\n  the master of directory people: no member');
});

test('tandem switch --site names the sites that there are (F17)', async () => {
  const [code, text] = await on(new FakeHosts(), ['--site', 'third', '--yes']);
  expect([code, text]).toEqual([
    1,
    "tandem: nothing was changed\n  - --site takes one site that a DisasterRecoverySite is about (dr, hq), got 'third'\n",
  ]);
});
