import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { App } from 'cdktf';
import { parse, stringify } from 'yaml';
import { mailHostLosses } from '../../lib/predict/mail';
import { takeoverByWatch } from '../../lib/predict/mail-containers';
import { intervalText } from '../../lib/predict/wording';
import { MswitchTablePair } from '../../stacks/mswitch-table-pair';
import { within, type Engine } from './engine';
import { operateSteps } from './mail/operate-steps';
import { MailView } from './mail/pair';
import { MailTraffic } from './mail/traffic';
import { Project } from './project';
import type { Steps } from './steps';

const DOMAIN = 'example.com';
/** Where the tables of the stack send the mail of the domain. */
const STORE = { address: '192.0.2.1', port: 2525 };
/** A pair of mail servers with tables, from compose.yaml: the stack that is shown to users. */
export async function mailSteps(engine: Engine, repository: string, steps: Steps): Promise<void> {
  const project = new Project(engine.endpoint);
  const mail = new MailView(project);
  let traffic: MailTraffic | undefined;
  const body = async (): Promise<void> => {
    await steps.step('mail: the image is built', async () => {
      await project.synth(new MswitchTablePair(new App({ outdir: `${project.folder}/aside` })).deployment);
      await project.compose(['build', 'mail1'], 300);
      return undefined;
    });
    await steps.step('mail: from nothing to a pair that takes mail', async () => {
      await project.compose(['up', '-d']);
      await mail.healthy(60);
      traffic = await MailTraffic.start(engine, repository, DOMAIN, STORE);
      await traffic.sendAll(mail.addresses(), 20, 20);
      const seen = await traffic.delivered(20);
      assert.deepEqual([seen.lost, seen.twice], [[], []]);
      return undefined;
    });
    if (!traffic) throw new Error('there is no traffic');
    await killSteps(project, mail, traffic, steps);
    await hangSteps(project, mail, traffic, steps);
    await operateSteps(project, mail, traffic, repository, steps);
    await changeSteps(project, mail, traffic, steps);
  };
  try {
    await steps.group(body, () => project.compose(['logs', '--no-color', '--tail', '60']));
  } finally {
    await traffic?.stop();
    await project.compose(['down', '-v', '-t', '5']);
    project.remove();
  }
  await negativeControl(engine, repository, steps);
}

/** 200 messages in the queues that nobody takes yet, and 200 more on the way when a server is killed. */
async function killSteps(project: Project, mail: MailView, traffic: MailTraffic, steps: Steps): Promise<void> {
  const [pair] = project.topology.mailPairs;
  assert.ok(pair);
  const [loss] = mailHostLosses(project.topology, pair);
  const takeover = loss?.queueDelivered;
  assert.ok(takeover);
  const longest = takeover.upper / 1000;
  steps.report(
    `predicted: lost ${loss.lostMessages}, twice at most ${loss.duplicates}, the queue is delivered ${intervalText(takeover)} after the kill`,
  );
  await steps.step('mail: a killed server loses nothing, and its peer delivers its queue by itself', async () => {
    await traffic.tell('refuse');
    await traffic.sendAll(mail.addresses(), 200, 100);
    await traffic.tell('delay 1000');
    await traffic.tell('take');
    const before = traffic.seen();
    const sender = traffic.send(mail.addresses(), 200, 50);
    await within(20, '100 messages are on the way', () =>
      Promise.resolve(traffic.seen().accepted >= before.accepted + 100),
    );
    await project.docker(['kill', project.container('mail1')]);
    const killed = Date.now() / 1000;
    const taken = (await mail.notes('mail2', 'mx1', 'taken', longest + 5)) - killed;
    assert.ok(taken <= longest, `taken over after ${taken.toFixed(1)} s`);
    await traffic.tell('delay 0');
    await sender.says('ended', 30);
    await mail.flush('mx2');
    const seen = await traffic.delivered(60);
    assert.equal(loss.lostMessages, 'none');
    assert.deepEqual(seen.lost, []);
    assert.ok(seen.twice.length <= loss.duplicates, `twice: ${seen.twice.join(' ')}`);
    return `taken over after ${taken.toFixed(1)} s, ${seen.accepted} accepted, 0 lost, twice ${seen.twice.join(' ') || 'none'}, longest pause ${(seen.pause / 1000).toFixed(1)} s`;
  });
  await steps.step('mail: the killed server gets its queue back, and nothing comes twice', async () => {
    const before = traffic.seen();
    const sender = traffic.send(mail.addresses(), 150, 15);
    await project.docker(['start', project.container('mail1')]);
    await mail.healthy(40, ['mx1']);
    await mail.notes('mail2', 'mx1', 'answers', 20);
    assert.deepEqual([await mail.state('mail1', 'mx1'), await mail.state('mail2', 'mx1')], ['running', 'held']);
    await sender.says('ended', 40);
    const seen = await traffic.delivered(30);
    assert.deepEqual([seen.lost, seen.twice], [[], before.twice]);
    assert.equal(seen.accepted, before.accepted + 150);
    return undefined;
  });
}

/** A server that hangs keeps the lock of its queue. */
async function hangSteps(project: Project, mail: MailView, traffic: MailTraffic, steps: Steps): Promise<void> {
  const [pair] = project.topology.mailPairs;
  const takeover = pair && takeoverByWatch(project.topology, pair);
  assert.ok(takeover);
  const stated = takeover.upper / 1000;
  steps.report(`predicted: a server that hangs keeps its queue, and that is reported within ${stated} s`);
  await steps.step('mail: of a server that hangs nothing is taken over, and that is reported', async () => {
    const before = traffic.seen();
    await project.docker(['pause', project.container('mail1')]);
    const paused = Date.now() / 1000;
    let reported: number;
    try {
      reported = (await mail.notes('mail2', 'mx1', 'held', stated + 5)) - paused;
      assert.ok(reported <= stated, `reported after ${reported.toFixed(1)} s`);
      assert.equal(await mail.state('mail2', 'mx1'), 'held');
      await traffic.sendAll(mail.addresses(['mx2']), 20, 20);
    } finally {
      await project.docker(['unpause', project.container('mail1')]);
    }
    await mail.notes('mail2', 'mx1', 'answers', 20);
    await mail.healthy(20);
    await traffic.sendAll(mail.addresses(), 40, 20);
    const seen = await traffic.delivered(30);
    assert.deepEqual([seen.lost, seen.twice], [[], before.twice]);
    return `reported after ${reported.toFixed(1)} s`;
  });
}

async function changeSteps(project: Project, mail: MailView, traffic: MailTraffic, steps: Steps): Promise<void> {
  await steps.step('mail: one setting of each server changes under traffic, and no message is refused', async () => {
    const before = traffic.seen();
    const limit = await mail.setting('mx1', 'message_size_limit');
    const stack = new MswitchTablePair(new App({ outdir: `${project.folder}/aside` }), undefined, {
      messageMebibytes: 20,
    });
    await project.synth(stack.deployment);
    const sender = traffic.send(mail.addresses(), 2000, 25);
    for (const server of ['mx2', 'mx1']) await mail.take(server);
    sender.endInput();
    await sender.says('ended', 30);
    assert.deepEqual(
      sender.lines.filter((line) => line.startsWith('failed')),
      [],
    );
    for (const server of ['mx1', 'mx2']) {
      const now = await mail.setting(server, 'message_size_limit');
      assert.equal(now, String(20 * 1024 * 1024));
      assert.notEqual(now, limit);
    }
    const seen = await traffic.delivered(30);
    assert.deepEqual([seen.lost, seen.twice], [[], before.twice]);
    return `${seen.accepted - before.accepted} messages`;
  });
  await steps.step('mail: a container ends with its server, in time and without an error', async () => {
    await project.compose(['stop', '-t', '60', 'mail1']);
    const code = await project.docker(['inspect', '-f', '{{.State.ExitCode}}', project.container('mail1')]);
    assert.equal(code.trim(), '0');
    return undefined;
  });
}

/** With queues that die with their containers the same kill must lose, or the counting is blind. */
async function negativeControl(engine: Engine, repository: string, steps: Steps): Promise<void> {
  const project = new Project(engine.endpoint);
  const mail = new MailView(project);
  let traffic: MailTraffic | undefined;
  const body = (): Promise<void> =>
    steps.step('mail: a queue that is on no shared volume is lost with its container', async () => {
      await project.synth(new MswitchTablePair(new App({ outdir: `${project.folder}/aside` })).deployment);
      separateQueues(project.file('compose.yaml'));
      await project.compose(['build', 'mail1'], 300);
      await project.compose(['up', '-d']);
      await mail.healthy(60);
      traffic = await MailTraffic.start(engine, repository, DOMAIN, STORE);
      await traffic.tell('refuse');
      await traffic.sendAll(mail.addresses(), 100, 100);
      await project.docker(['rm', '-f', project.container('mail1')]);
      await mail.notes('mail2', 'mx1', 'taken', 30);
      await traffic.tell('take');
      for (const server of ['mx1', 'mx2'])
        await project.inside('mail2', ['postqueue', '-c', `/etc/postfix-${server}`, '-f']);
      const half = 50;
      await within(30, 'the queue of mx2 is delivered', () =>
        Promise.resolve((traffic?.seen().lost.length ?? 0) <= half),
      );
      const { lost } = await traffic.delivered(5);
      assert.equal(lost.length, half);
      return `${lost.length} of 100 lost`;
    });
  try {
    await steps.group(body, () => project.compose(['logs', '--no-color', '--tail', '40']));
  } finally {
    await traffic?.stop();
    await project.compose(['down', '-v', '-t', '5']);
    project.remove();
  }
}

/** Every container gets queues in memory of its own. */
function separateQueues(file: string): void {
  const compose = parse(readFileSync(file, 'utf8')) as {
    services: Record<string, { volumes: { type: string; source?: string; target: string; volume?: object }[] }>;
  };
  for (const service of Object.values(compose.services))
    service.volumes = service.volumes.map((volume) =>
      volume.target.startsWith('/var/spool/') ? { type: 'tmpfs', target: volume.target } : volume,
    );
  writeFileSync(file, stringify(compose));
}
