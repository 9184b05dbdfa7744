import { forecastBalancer, forecastService } from '../../../../lib/predict/balancer';
import type { Interval } from '../../../../lib/predict/interval';
import { phase, timelineOf } from '../../../../lib/predict/timeline';
import { balancedMembers } from '../../../../lib/topology/balanced-members';
import type { BalancedServiceFacts, LoadBalancerFacts } from '../../../../lib/topology/load-balancer';
import { lookup } from '../../../../lib/topology/lookup';
import { LIMITS } from '../../clients/dialogue';
import { powerCut, powerOn } from '../../faults';
import { LabError } from '../../topology-lab/plan';
import { predictedService } from '../expectation';
import { judge } from '../verdict';
import type { MailDrill } from './drill';
import { SENDERS, type MailSession } from './session';

/** Messages of each server before a fault, by which their shares are judged. */
const SHARED = 20;
/** Seconds for that, and for whatever a fault is followed by, whatever was predicted. */
const SERVED = 120;
const BACK = 180;
/** What a client waits for a connection before it tries again, and for an answer where it is connected, in milliseconds. */
const CLIENT = { lost: between(0, 3_000), hangs: between(0, LIMITS.answer * 1000) };
/** How often a node is asked, and how long it takes to answer, in milliseconds. */
const LOOK = 2_000;

/** Two hosts with LVS share mail out to two servers; the first of them is lost, then a server stands still. */
export const mailBalancer: MailDrill = {
  name: 'mail-balancer',
  title: 'Mail comes through LVS: the host with the address loses power and returns, then a server stands still',
  senders: 4,
  through: 'balancer',
  run: async (session) => {
    const { balancer, service } = session.mail.front;
    await session.begin('take');
    await checkShares(session);
    await loseBalancer(session, balancer);
    await loseServer(session, balancer, service);
    await session.verify();
    session.checkNothingLost();
  },
};

function between(lower: number, upper: number): Interval {
  return { lower, upper };
}

/** Each server gets its turn. */
async function checkShares(session: MailSession): Promise<void> {
  const addresses = session.mail.servers.map(({ address }) => address);
  const from = (address: string): number => session.arrivals().filter((one) => one.from === address).length;
  const all = await session.waitFor(SERVED, () => addresses.every((address) => from(address) >= SHARED));
  const counts = addresses.map(from);
  session.check(
    'each server gets its share',
    all && Math.min(...counts) >= 0.6 * Math.max(...counts),
    counts.join(' and '),
  );
}

async function loseBalancer(session: MailSession, balancer: LoadBalancerFacts): Promise<void> {
  const { lab } = session.mail;
  const [first, second] = nodesOf(session, balancer);
  const { hostLost } = forecastBalancer(balancer) ?? {};
  if (!hostLost) throw new LabError(`load balancer '${balancer.name}' has no second host`);
  await holds(session, balancer, first);
  foresee(session, 'interrupted', 'the other host takes the address', [hostLost, CLIENT.lost]);
  await session.inject(`power of ${first} cut`, () => powerCut(lab, first));
  await holds(session, balancer, second);
  await judgeSenders(session);
  await powerOn(lab, first);
  session.event(`power of ${first} back`);
  await holds(session, balancer, first);
  session.event(`${first} has the address again`);
  session.check('mail is taken after the return', await session.accepts(SERVED));
}

async function loseServer(
  session: MailSession,
  balancer: LoadBalancerFacts,
  service: BalancedServiceFacts,
): Promise<void> {
  const { lab, pair } = session.mail;
  const [server] = session.mail.both;
  const [node] = nodesOf(session, balancer);
  const { found, back } = forecastService(pair.topology, balancer, service);
  const at = balancedMembers(pair.topology, balancer, service).find(({ host }) => host === server.facts.host);
  if (!at) throw new LabError(`${server.facts.name} is not behind load balancer '${balancer.name}'`);
  const has = async (): Promise<boolean> =>
    (await lab.sshMust(node, 'cat /proc/net/ip_vs')).includes(`${hexadecimal(at.address)}:`);
  const signal = (what: 'STOP' | 'CONT'): Promise<string> =>
    lab.sshMust(server.node, `systemctl kill --signal=${what} postfix-${server.facts.name}.service`);
  session.check(`connections go to ${server.facts.name}`, await has());
  // LVS cuts nothing: those who are connected wait for an answer.
  foresee(session, 'degraded', `${server.facts.name} gets no more connections`, [found, CLIENT.hangs]);
  await session.inject(`all processes of ${server.facts.name} stopped`, async () => void (await signal('STOP')));
  await changes(session, `no connection goes to ${server.facts.name}`, found, async () => !(await has()));
  await judgeSenders(session);
  await signal('CONT');
  session.event(`the processes of ${server.facts.name} go on`);
  await changes(session, `connections go to ${server.facts.name} again`, back, has);
}

/** States how long no sender is served at most: until something has happened, and then until it tries again. */
function foresee(
  session: MailSession,
  state: 'interrupted' | 'degraded',
  what: string,
  [until, client]: readonly [Interval, Interval],
): void {
  const timeline = timelineOf([phase('detection', what, until), phase('client', 'the client tries again', client)]);
  session.expects([predictedService(SENDERS, { state, cause: what, timeline })]);
}

/** Compares how long no sender at all was served with what was foreseen. */
async function judgeSenders(session: MailSession): Promise<void> {
  session.check('mail is taken', await session.accepts(SERVED));
  const measured = session.measureSenders();
  session.measured = [...session.measured, measured];
  for (const predicted of session.predicted) {
    const { what, held, detail } = judge(predicted, measured, 'fault', true);
    session.check(what, held, detail);
  }
}

/** Waits until something is seen on a node, and compares the time from now on with what was foreseen. */
async function changes(
  session: MailSession,
  what: string,
  { lower, upper }: Interval,
  holdsNow: () => Promise<boolean>,
): Promise<void> {
  const since = Date.now();
  const seen = await eventually(session, holdsNow);
  const after = Date.now() - since;
  const text = `${(after / 1000).toFixed(1)} s, predicted ${(lower / 1000).toFixed(1)}-${(upper / 1000).toFixed(1)} s`;
  session.check(what, seen && after >= lower && after <= upper + LOOK, text);
}

/** Waits until a host of the balancer has its address, and the other one has not. */
async function holds(session: MailSession, balancer: LoadBalancerFacts, wanted: string): Promise<void> {
  const { lab } = session.mail;
  const { address } = balancer.address;
  const has = async (node: string): Promise<boolean> =>
    (await lab.ssh(node, `ip -o address show to ${address}`)).stdout.trim() !== '';
  const held = await eventually(session, async () => {
    const holders = await Promise.all(
      nodesOf(session, balancer).map(async (node) => ((await has(node)) ? node : undefined)),
    );
    return holders.filter((node) => node !== undefined).join() === wanted;
  });
  session.check(`${wanted} alone has the address`, held);
}

async function eventually(session: MailSession, holdsNow: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + BACK * 1000;
  while (!(await holdsNow())) {
    if (Date.now() >= end) return false;
    await session.watch(0.2);
  }
  return true;
}

function nodesOf(session: MailSession, { balancer }: LoadBalancerFacts): readonly [string, string] {
  const { host } = lookup(session.mail.pair.topology);
  const [first, second] = balancer.kind === 'software' ? balancer.hosts.map((id) => host(id).name) : [];
  if (first === undefined || second === undefined) throw new LabError('a load balancer in a lab has two hosts');
  return [first, second];
}

/** An address of IPv4 as /proc/net/ip_vs shows it. */
const hexadecimal = (address: string): string =>
  address
    .split('.')
    .map((byte) => Number(byte).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
