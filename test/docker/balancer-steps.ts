import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { forecastBalancer, forecastService } from '../../lib/predict/balancer';
import type { Interval } from '../../lib/predict/interval';
import type { LoadBalancerFacts } from '../../lib/topology/load-balancer';
import { balancedMail } from '../support/balanced-mail';
import { healthy } from './directory';
import { within, type Engine } from './engine';
import { Greetings } from './greetings';
import { Project } from './project';
import type { Steps } from './steps';

const ADDRESS = '192.0.2.100';
const [ACTIVE, OTHER] = ['lb1', 'lb2'] as const;
/** What a client that does not get through waits before it asks again, in milliseconds. */
const CLIENT = 2000;

/** Two mail servers behind two load balancers, from compose.yaml. */
export async function balancerSteps(engine: Engine, repository: string, steps: Steps): Promise<void> {
  const project = new Project(engine.endpoint);
  let clients: Greetings | undefined;
  const body = async (): Promise<void> => {
    await steps.step('balancer: from nothing to two mail servers that share the clients', async () => {
      await project.synth(balancedMail());
      await project.compose(['up', '-d', '--build'], 300);
      await healthy(project, 90);
      assert.deepEqual(await holders(project), [ACTIVE]);
      clients = new Greetings(engine, repository, ADDRESS);
      const began = Date.now();
      await within(10, 'both servers greet', () => Promise.resolve(clients?.serversSince(began).length === 2));
      assert.equal(clients.failedSince(began), 0);
      return undefined;
    });
    if (!clients) throw new Error('there are no clients');
    await serverSteps(project, clients, steps);
    await balancerLossSteps(project, clients, steps);
    await changeSteps(project, clients, steps);
  };
  try {
    await steps.group(body, () => project.compose(['logs', '--no-color', '--tail', '40']));
  } finally {
    await clients?.stop();
    await project.compose(['down', '-v', '-t', '5']);
    project.remove();
  }
}

async function serverSteps(project: Project, clients: Greetings, steps: Steps): Promise<void> {
  const balancer = balancerOf(project);
  const [service] = balancer.services;
  assert.ok(service);
  const { found, back } = forecastService(project.topology, balancer, service);
  steps.report(`predicted: a lost server is found after ${span(found)}, and one that is back after ${span(back)}`);
  for (const [verb, undo] of [
    ['kill', 'start'],
    ['pause', 'unpause'],
  ] as const)
    await steps.step(
      `balancer: without a server that meets '${verb}' clients are greeted by the other one`,
      async () => {
        const began = Date.now();
        await project.docker([verb, project.container('mail1')]);
        const lost = Date.now();
        await within(found.upper / 1000 + 2, 'mail1 is found lost', () => shows(project, 'mx1', 'DOWN'));
        const after = Date.now();
        assert.ok(after - began >= found.lower, `found after ${after - began} ms`);
        assert.ok(after - lost <= found.upper + CLIENT, `found after ${after - lost} ms`);
        await within(10, 'a client is greeted', () => Promise.resolve(clients.serversSince(after).length > 0));
        const pause = clients.pauseSince(began);
        assert.ok(pause <= found.upper + CLIENT, `nobody was greeted for ${pause} ms`);
        await project.docker([undo, project.container('mail1')]);
        await within(60, 'mail1 is back', () => shows(project, 'mx1', 'UP'));
        return `found after ${seconds(after - lost)}, longest time without a greeting ${seconds(pause)}`;
      },
    );
}

async function balancerLossSteps(project: Project, clients: Greetings, steps: Steps): Promise<void> {
  const { hostLost, processLost } = forecastBalancer(balancerOf(project)) ?? {};
  assert.ok(hostLost && processLost);
  steps.report(`predicted: the address moves ${span(hostLost)} after the loss of its host`);
  await steps.step('balancer: the other one takes the address of one that is killed', async () => {
    const began = Date.now();
    await project.docker(['kill', project.container(ACTIVE)]);
    await within(hostLost.upper / 1000 + 5, `${OTHER} has the address`, async () =>
      (await holders(project)).includes(OTHER),
    );
    await greetedSince(clients, Date.now());
    const pause = clients.pauseSince(began);
    assert.ok(pause <= hostLost.upper + CLIENT, `nobody was greeted for ${pause} ms`);
    return `longest time without a greeting ${seconds(pause)}`;
  });
  await steps.step('balancer: it takes its address back when it returns', async () => {
    const began = Date.now();
    await project.docker(['start', project.container(ACTIVE)]);
    await within(60, `${ACTIVE} alone has the address`, async () => (await holders(project)).join() === ACTIVE);
    await greetedSince(clients, Date.now());
    return `longest time without a greeting ${seconds(clients.pauseSince(began))}`;
  });
  steps.report(`predicted: the address moves ${span(processLost)} after the end or hang of HAProxy`);
  await steps.step('balancer: one whose HAProxy hangs gives its address away', async () => {
    const began = Date.now();
    await project.inside(ACTIVE, ['sh', '-c', 'kill -STOP $(pidof haproxy)']);
    await within(
      processLost.upper / 1000 + 5,
      `${OTHER} alone has the address`,
      async () => (await holders(project)).join() === OTHER,
    );
    await greetedSince(clients, Date.now());
    const pause = clients.pauseSince(began);
    assert.ok(pause <= processLost.upper + CLIENT, `nobody was greeted for ${pause} ms`);
    await project.inside(ACTIVE, ['sh', '-c', 'kill -CONT $(pidof haproxy)']);
    await within(30, `${ACTIVE} alone has the address`, async () => (await holders(project)).join() === ACTIVE);
    return `longest time without a greeting ${seconds(pause)}`;
  });
  steps.report(
    `predicted: a host that hangs keeps the address; the other one takes it too after ${span(hostLost)}, and its log says so`,
  );
  await steps.step(
    'balancer: a host that hangs keeps its address, and the other one takes and reports it',
    async () => {
      const before = await takenOver(project);
      const began = Date.now();
      await project.docker(['pause', project.container(ACTIVE)]);
      let reported: number;
      try {
        await within(
          hostLost.upper / 1000 + 5,
          `${OTHER} reports that it has the address`,
          async () => (await takenOver(project)) > before,
        );
        reported = Date.now() - began;
        assert.deepEqual(await holders(project, [OTHER]), [OTHER]);
      } finally {
        await project.docker(['unpause', project.container(ACTIVE)]);
      }
      assert.ok(reported <= hostLost.upper + CLIENT, `reported after ${seconds(reported)}`);
      await within(30, `${ACTIVE} alone has the address`, async () => (await holders(project)).join() === ACTIVE);
      await greetedSince(clients, Date.now());
      return `reported after ${seconds(reported)}, longest time without a greeting ${seconds(clients.pauseSince(began))}`;
    },
  );
}

async function changeSteps(project: Project, clients: Greetings, steps: Steps): Promise<void> {
  await steps.step('balancer: new files are taken up under traffic, and no client is refused', async () => {
    await project.synth(balancedMail({}, { healthCheck: { fall: 3 } }));
    const began = Date.now();
    for (const host of [OTHER, ACTIVE])
      await project.inside(
        host,
        ['tandem-take', 'files'],
        readFileSync(project.file(`containers/${host}/bundle`), 'utf8'),
      );
    for (const host of [OTHER, ACTIVE])
      assert.match(await project.inside(host, ['cat', '/etc/haproxy/haproxy.cfg']), / fall 3 /);
    await greetedSince(clients, Date.now());
    assert.equal(clients.failedSince(began), 0);
    return `longest time without a greeting ${seconds(clients.pauseSince(began))}`;
  });
  await steps.step('balancer: a container ends in time and without an error', async () => {
    await project.compose(['stop', '-t', '60', OTHER]);
    const code = await project.docker(['inspect', '-f', '{{.State.ExitCode}}', project.container(OTHER)]);
    assert.equal(code.trim(), '0');
    return undefined;
  });
}

/** Waits until a client is greeted. */
async function greetedSince(clients: Greetings, moment: number): Promise<void> {
  await within(20, 'clients are greeted', () => Promise.resolve(clients.serversSince(moment).length > 0));
}

function balancerOf({ topology }: Project): LoadBalancerFacts {
  const [balancer] = topology.loadBalancers;
  assert.ok(balancer);
  return balancer;
}

/** Hosts that have the address. */
async function holders(project: Project, hosts: readonly string[] = [ACTIVE, OTHER]): Promise<readonly string[]> {
  const found = await Promise.all(
    hosts.map(async (host) => {
      const text = await project.inside(host, ['ip', '-o', 'address', 'show', 'to', ADDRESS]).catch(() => '');
      return text.includes(ADDRESS) ? [host] : [];
    }),
  );
  return found.flat();
}

/** How often the other one said that it has the address. */
async function takenOver(project: Project): Promise<number> {
  const log = await project.compose(['logs', '--no-color', OTHER]);
  return log.split('Entering MASTER STATE').length - 1;
}

/** Whether HAProxy of the active host shows a state of a server. */
async function shows(project: Project, server: string, state: string): Promise<boolean> {
  const text = await project.inside(
    ACTIVE,
    ['socat', '-t', '2', '-', 'UNIX-CONNECT:/run/haproxy/admin.sock'],
    'show stat\n',
  );
  return text.split('\n').some((line) => line.split(',')[1] === server && line.split(',')[17]?.startsWith(state));
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

const span = ({ lower, upper }: Interval): string => `${seconds(lower)} to ${seconds(upper)}`;
