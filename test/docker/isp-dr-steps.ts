import { strict as assert } from 'node:assert';
import { App } from 'cdktf';
import { siteLoss, type SiteLoss } from '../../lib/predict/site-loss';
import { MswitchIspDr } from '../../stacks/mswitch-isp-dr';
import { ChangeAttempts } from './change-attempts';
import { startEngine, within, type OwnEngine } from './engine';
import { buildOnce } from './image';
import { withoutGreetings, people } from './mail-directory-steps';
import { PRIMARY, RECOVERY, TwoSites } from './mail/two-sites';
import type { Steps } from './steps';

/** Milliseconds that sender.mjs waits for a connection. */
const CONNECTING = 2000;
/** Messages in the queues of the primary site when it is lost. */
const QUEUED = 200;
/** Addresses that the directory has: n1 to this one. */
const PEOPLE = 1000;

/** A provider with two sites on two daemons, of which the primary one is lost as a whole, and comes back. */
export async function ispDrSteps(dr: OwnEngine, repository: string, steps: Steps): Promise<void> {
  const hq = await startEngine(steps.report, false);
  const { deployment } = new MswitchIspDr(new App());
  const sites = new TwoSites({ hq, dr }, deployment.topology(), repository);
  const { project } = sites;
  try {
    await steps.group(
      async () => {
        await steps.step('isp-dr: the image with both roles is built, and both sites have it', async () => {
          await project.synth(deployment);
          await buildOnce(project, RECOVERY.name, PRIMARY.name);
          return undefined;
        });
        await upSteps(sites, steps);
        const [recovery] = project.topology.disasterRecoverySites;
        assert.ok(recovery);
        const loss = siteLoss(project.topology, recovery, CONNECTING);
        steps.report(
          `predicted: mail is accepted again ${loss.pause.lower / 1000} to ${loss.pause.upper / 1000} s after the loss of the site, of its queues nothing is lost, twice at most ${loss.duplicates}`,
        );
        await lossSteps(sites, loss, steps);
        await returnSteps(sites, loss, steps);
      },
      async () => withoutGreetings((await Promise.all([PRIMARY, RECOVERY].map((site) => sites.said(site)))).join('\n')),
    );
  } finally {
    await sites.stop();
    await project.compose(['down', '-v', '-t', '2'], 120, RECOVERY.name);
    // The primary site goes with all that it has.
    await hq.stop();
    project.remove();
  }
}

async function upSteps(sites: TwoSites, steps: Steps): Promise<void> {
  const { directory } = sites;
  await steps.step('isp-dr: from nothing to two sites that take mail', async () => {
    await sites.up();
    await directory.addSuffix(PRIMARY.directory);
    await directory.change(PRIMARY.directory, people(directory.suffix, PEOPLE));
    await directory.allEqual(60);
    const traffic = await sites.startTraffic();
    await traffic.sendAll([...sites.addresses(PRIMARY), ...sites.addresses(RECOVERY)], 60, 20);
    const seen = await traffic.delivered(30);
    assert.deepEqual([seen.lost, seen.twice], [[], []]);
    return `${sites.mail.servers.length} mail servers`;
  });
}

async function lossSteps(sites: TwoSites, loss: SiteLoss, steps: Steps): Promise<void> {
  const { directory, traffic } = sites;
  await steps.step('isp-dr: the primary site is lost, and mail is accepted at the other one', async () => {
    await sites.primaryStore.tell('refuse');
    await traffic.sendAll(sites.addresses(PRIMARY), QUEUED, 50);
    await sites.primaryStore.tell('delay 1000');
    await sites.primaryStore.tell('take');
    const before = traffic.seen();
    const sender = traffic.send(sites.inOrder(), 300, 15);
    await within(20, 'messages are taken', () => Promise.resolve(traffic.seen().accepted >= before.accepted + 60));
    await sites.losePrimary();
    await sender.says('ended', 90);
    const refused = sender.lines.filter((line) => line.startsWith('failed') && line.endsWith(' refused'));
    assert.deepEqual(refused, []);
    const there = traffic.acceptedBy(sites.addresses(PRIMARY));
    const here = traffic.acceptedBy(sites.addresses(RECOVERY));
    await within(30, 'what the other site accepted is delivered', () =>
      Promise.resolve(traffic.seen().lost.every((number) => there.includes(number))),
    );
    const { lost, pause } = traffic.seen();
    assert.ok(lost.length >= QUEUED / 2, `only ${lost.length} messages wait at the primary site`);
    assert.ok(pause >= loss.pause.lower && pause <= loss.pause.upper, `nobody accepted mail for ${pause} ms`);
    return `nobody accepted mail for ${(pause / 1000).toFixed(1)} s, ${here.length} accepted there, ${lost.length} wait at the lost site`;
  });
  await steps.step('isp-dr: one command moves the directory, and changes of it are taken', async () => {
    await assert.rejects(directory.say(RECOVERY.directory, 'without a master'));
    const told = await sites.switch(RECOVERY.name, '--forced');
    assert.match(told, /site dr serves/);
    await directory.say(RECOVERY.directory, 'moved');
    await directory.allSay('moved', 20, [RECOVERY.directory]);
    await traffic.sendAll(sites.addresses(RECOVERY), 40, 20);
    return undefined;
  });
}

async function returnSteps(sites: TwoSites, loss: SiteLoss, steps: Steps): Promise<void> {
  const { project, mail, directory, traffic } = sites;
  const attempts = await ChangeAttempts.start(project, RECOVERY.directory, directory.suffix, directory.hosts);
  try {
    await steps.step('isp-dr: the primary site comes back, and its master stays closed', async () => {
      await sites.bringPrimaryBack();
      await within(90, 'the old master sees that another one is master', async () =>
        (await sites.said(PRIMARY, PRIMARY.directory)).includes('a returned master'),
      );
      const servers = mail.servers.map(({ name }) => name).filter((name) => name.startsWith(PRIMARY.name));
      for (const server of servers)
        await within(60, `${server} runs at home`, async () => (await mail.state(server, server)) === 'running');
      assert.deepEqual(await directory.setting(PRIMARY.directory, 'olcRestrict'), ['all']);
      assert.deepEqual(await directory.setting(PRIMARY.directory, 'olcReadOnly'), ['TRUE']);
      await directory.say(RECOVERY.directory, 'beside the first');
      // Its mail servers find no open directory on their site, and senders go on to the other one.
      await traffic.sendAll(sites.inOrder(), 40, 20);
      assert.ok((await attempts.askedAt(PRIMARY.directory)) > 0);
      assert.deepEqual(await attempts.acceptedAt(PRIMARY.directory), []);
      return undefined;
    });
    await steps.step('isp-dr: the way back: no second master, and all that was accepted is delivered', async () => {
      const told = await sites.switch('primary');
      assert.match(told, /site hq serves/);
      await directory.say(PRIMARY.directory, 'home');
      await directory.allSay('home');
      const home = (): ReturnType<ChangeAttempts['acceptedAt']> => attempts.acceptedAt(PRIMARY.directory);
      await within(20, 'changes are taken at home', async () => (await home()).length > 3);
      const [first] = await home();
      const away = await attempts.acceptedAt(RECOVERY.directory);
      assert.ok(first && away.length > 0);
      assert.deepEqual(
        away.filter(({ asked }) => asked > first.answered),
        [],
      );
      await traffic.sendAll(sites.addresses(PRIMARY), 60, 20);
      const seen = await traffic.delivered(60);
      assert.deepEqual(seen.lost, []);
      assert.ok(seen.twice.length <= loss.duplicates, `twice: ${seen.twice.join(' ')}`);
      await directory.allEqual(60);
      const pause = first.answered - Math.max(...away.map(({ answered }) => answered));
      return `${seen.accepted} accepted, 0 lost, twice ${seen.twice.join(' ') || 'none'}, no change taken for ${pause} ms`;
    });
  } finally {
    await attempts.stop();
  }
}
