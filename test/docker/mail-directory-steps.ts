import { strict as assert } from 'node:assert';
import path from 'node:path';
import { App } from 'cdktf';
import { mailHostLosses } from '../../lib/predict/mail';
import { MswitchDirectoryPair } from '../../stacks/mswitch-directory-pair';
import { DirectoryView } from './directory';
import { within, type OwnEngine } from './engine';
import { MailView } from './mail/pair';
import { Program } from './mail/program';
import { MailTraffic } from './mail/traffic';
import { Project } from './project';
import type { Steps } from './steps';

const DOMAIN = 'example.com';
const STORE = { address: '192.0.2.1', port: 2525 };
/** Addresses that the directory has: n1 to this one. */
const PEOPLE = 600;
const [MASTER, MIRROR] = ['mail1', 'mail2'];

/** A pair of mail servers that look addresses up in a directory on their own hosts. */
export async function mailDirectorySteps(engine: OwnEngine, repository: string, steps: Steps): Promise<void> {
  const project = new Project(engine.endpoint);
  const mail = new MailView(project);
  const directory = new DirectoryView(project, 'dc=example,dc=com');
  let traffic: MailTraffic | undefined;
  const tandem = (...args: readonly string[]): Promise<string> =>
    engine.run(['env', '-C', project.folder, 'node', path.join(repository, 'scripts/tandem.mjs'), ...args], {
      timeout: 120,
    });
  /** Sends while the host of the master is killed, and waits until all that was accepted is delivered. */
  const killUnderTraffic = async (sending: MailTraffic): Promise<string> => {
    const before = sending.seen();
    const sender = sending.send(mail.addresses(), 120, 15);
    await within(20, 'messages are taken', () => Promise.resolve(sending.seen().accepted >= before.accepted + 30));
    await project.docker(['kill', project.container(MASTER)]);
    await mail.notes(MIRROR, 'mx1', 'taken', 30);
    await sender.says('ended', 30);
    const failed = sender.lines.filter((line) => line.startsWith('failed'));
    assert.ok(!failed.some((line) => line.endsWith(' refused')), failed.join('\n'));
    const seen = await sending.delivered(40);
    assert.deepEqual(seen.lost, []);
    return `${seen.accepted - before.accepted} accepted, 0 lost, longest pause ${(seen.pause / 1000).toFixed(1)} s`;
  };
  const body = async (): Promise<void> => {
    await steps.step('mail and directory: the image with both roles is built', async () => {
      await project.synth(new MswitchDirectoryPair(new App({ outdir: `${project.folder}/aside` })).deployment);
      await project.compose(['build', MASTER], 300);
      return undefined;
    });
    await steps.step('mail and directory: from nothing to a pair that knows its addresses', async () => {
      await project.compose(['up', '-d']);
      await mail.healthy(120);
      await directory.addSuffix(MASTER);
      await directory.change(MASTER, people(directory.suffix, PEOPLE));
      await directory.allEqual(60);
      traffic = await MailTraffic.start(engine, repository, DOMAIN, STORE);
      await traffic.sendAll(mail.addresses(), 40, 20);
      const seen = await traffic.delivered(20);
      assert.deepEqual([seen.lost, seen.twice], [[], []]);
      const stranger = new Program(engine, repository, 'sender.mjs', [DOMAIN, '99999', '1', '1', ...mail.addresses()]);
      await stranger.says('ended', 20);
      assert.match(stranger.lines.join('\n'), /^failed 99999 \d+ refused$/m);
      return undefined;
    });
    const sending = traffic;
    if (!sending) throw new Error('there is no traffic');
    const { topology } = project;
    const [loss] = topology.mailPairs.flatMap((pair) => mailHostLosses(topology, pair));
    steps.report(
      `predicted: look-ups go on at ${loss?.lookups?.join(', ')}, changes ${loss?.writes}, lost ${loss?.lostMessages}`,
    );
    await steps.step(
      'mail and directory: without the host of the master look-ups go on, and changes fail',
      async () => {
        assert.deepEqual([loss?.writes, loss?.lostMessages], ['fail', 'none']);
        const told = await killUnderTraffic(sending);
        await assert.rejects(directory.say(MIRROR, 'without the master'));
        return told;
      },
    );
    await steps.step('mail and directory: changes are taken again when the host is back', async () => {
      await project.docker(['start', project.container(MASTER)]);
      await mail.healthy(90);
      await directory.say(MASTER, 'the master is back');
      await directory.allSay('the master is back');
      await sending.sendAll(mail.addresses(), 40, 20);
      assert.deepEqual((await sending.delivered(20)).lost, []);
      return undefined;
    });
    await steps.step('mail and directory: after a forced switch changes are taken without the host', async () => {
      const told = await killUnderTraffic(sending);
      await tandem('switch', topology.name, '--forced', '--to', 'dsa2', '--yes');
      await directory.say(MIRROR, 'switched');
      await directory.allSay('switched', 20, [MIRROR]);
      return told;
    });
    await steps.step('mail and directory: the old master comes back closed, and its mail server works on', async () => {
      await project.docker(['start', project.container(MASTER)]);
      await within(60, 'the old master sees that another one is master', async () =>
        (await project.compose(['logs', '--no-color', MASTER])).includes('a returned master'),
      );
      await within(30, 'mx1 runs at home', async () => (await mail.state(MASTER, 'mx1')) === 'running');
      assert.deepEqual(await directory.setting(MASTER, 'olcRestrict'), ['all']);
      const daemons = [MASTER, MIRROR].map((host) => `${host}=${project.endpointOf(host)}`);
      await tandem('rejoin', topology.name, 'dsa1', '--yes', '--docker', ...daemons);
      await mail.healthy(60);
      await directory.say(MIRROR, 'both');
      await directory.allSay('both');
      await sending.sendAll(mail.addresses(['mx1']), 20, 20);
      assert.deepEqual((await sending.delivered(20)).lost, []);
      return undefined;
    });
  };
  try {
    await steps.group(body, async () =>
      withoutGreetings(await project.compose(['logs', '--no-color', '--tail', '120'])),
    );
  } finally {
    await traffic?.stop();
    await project.compose(['down', '-v', '-t', '5']);
    project.remove();
  }
}

/** The log without the questions of the peers, which ask every two seconds. */
export const withoutGreetings = (log: string): string =>
  log
    .split('\n')
    .filter((line) => !/smtpd\[\d+\]: (dis)?connect /.test(line))
    .join('\n');

/** LDIF that adds the addresses n1 to the one with this number. */
export function people(suffix: string, number: number): string {
  return Array.from({ length: number }, (_, index) => {
    const name = `n${index + 1}`;
    return `dn: cn=${name},${suffix}\nchangetype: add\nobjectClass: inetOrgPerson\ncn: ${name}\nsn: ${name}\nmail: ${name}@${DOMAIN}\n`;
  }).join('\n');
}
