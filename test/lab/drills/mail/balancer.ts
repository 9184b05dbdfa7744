import { serversBehind } from '../../../../lib/operate/balancer/balancer-status';
import { balancerProbe, balancerQuestions, proxyServers } from '../../../../lib/operate/balancer/state';
import { virtualServers } from '../../../../lib/operate/balancer/virtual-servers';
import { readSections } from '../../../../lib/operate/status/sections';
import { forecastBalancer, forecastService } from '../../../../lib/predict/balancer';
import { between, type Interval } from '../../../../lib/predict/interval';
import { phase, timelineOf } from '../../../../lib/predict/timeline';
import { balancedMembers, type BalancedMember } from '../../../../lib/topology/balanced-members';
import type { LoadBalancerFacts } from '../../../../lib/topology/load-balancer';
import { lookup } from '../../../../lib/topology/lookup';
import { LIMITS } from '../../clients/dialogue';
import { powerCut, powerOn } from '../../faults';
import { until } from '../../host/execute';
import { LabError } from '../../topology-lab/plan';
import { predictedService } from '../expectation';
import type { PredictedService } from '../result';
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

/** Two hosts share mail out to two servers; the first of them is lost, then a server stands still. */
export const mailBalancer: MailDrill = {
  name: 'mail-balancer',
  title:
    'Mail comes through load balancers: the host with the address loses power and returns, then a server stands still',
  senders: 4,
  through: 'balancer',
  run: async (session) => {
    const [balancerLost, serverHangs] = foreseen(session);
    session.expects([balancerLost, serverHangs]);
    await session.begin('take');
    await checkShares(session);
    await loseBalancer(session, balancerLost);
    await stopServer(session, serverHangs);
    await session.verify();
    session.checkNothingLost();
  },
};

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

async function loseBalancer(session: MailSession, predicted: PredictedService): Promise<void> {
  const { lab } = session.mail;
  const [first, second] = nodesOf(session);
  await holds(session, first);
  await session.inject(`power of ${first} cut`, () => powerCut(lab, first));
  await holds(session, second);
  await judgeSenders(session, predicted);
  await powerOn(lab, first);
  session.event(`power of ${first} back`);
  await holds(session, first);
  session.event(`${first} has the address again`);
  session.check('mail is taken after the return', await session.accepts(SERVED));
}

async function stopServer(session: MailSession, predicted: PredictedService): Promise<void> {
  const { lab, pair, front } = session.mail;
  const [server] = session.mail.both;
  const { found, back } = forecastService(pair.topology, front.balancer, front.service);
  const members = balancedMembers(pair.topology, front.balancer, front.service);
  const member = members.find(({ host }) => host === server.facts.host);
  if (!member) throw new LabError(`${server.facts.name} is not behind load balancer '${front.balancer.name}'`);
  const gets = (): Promise<boolean> => getsConnections(session, member);
  const signal = (what: 'STOP' | 'CONT'): Promise<string> =>
    lab.sshMust(server.node, `systemctl kill --signal=${what} postfix-${server.facts.name}.service`);
  session.check(`connections go to ${server.facts.name}`, await gets());
  await session.inject(`all processes of ${server.facts.name} stopped`, async () => void (await signal('STOP')));
  await changes(session, `no connection goes to ${server.facts.name}`, found, async () => !(await gets()));
  await judgeSenders(session, predicted);
  await signal('CONT');
  session.event(`the processes of ${server.facts.name} go on`);
  await changes(session, `connections go to ${server.facts.name} again`, back, gets);
}

/** How long no sender at all is served: until something has happened, and then until it tries again. */
function foreseen({ mail }: MailSession): readonly [PredictedService, PredictedService] {
  const { balancer, service } = mail.front;
  const { hostLost } = forecastBalancer(balancer) ?? {};
  if (!hostLost) throw new LabError(`load balancer '${balancer.name}' has no second host`);
  const { found } = forecastService(mail.pair.topology, balancer, service);
  const of = (
    client: string,
    state: 'interrupted' | 'degraded',
    cause: string,
    phases: readonly [Interval, Interval],
  ): PredictedService => {
    const [until, tries] = phases;
    const timeline = timelineOf([phase('detection', cause, until), phase('client', 'the client tries again', tries)]);
    return predictedService(client, { state, cause, timeline });
  };
  return [
    of(`${SENDERS}, a balancer lost`, 'interrupted', 'the other host takes the address', [hostLost, CLIENT.lost]),
    // LVS cuts nothing: those who are connected wait for an answer.
    of(`${SENDERS}, a server stands still`, 'degraded', 'it gets no more connections', [
      found,
      isHaproxy(balancer) ? CLIENT.lost : CLIENT.hangs,
    ]),
  ];
}

/** Compares how long no sender at all was served with what was foreseen. */
async function judgeSenders(session: MailSession, predicted: PredictedService): Promise<void> {
  session.check('mail is taken', await session.accepts(SERVED));
  const measured = { ...session.measureSenders(), client: predicted.client };
  session.measured = [...session.measured, measured];
  session.add(judge(predicted, measured, 'fault', true));
}

/** Waits until something is seen on a node, and compares the time from now on with what was foreseen. */
async function changes(
  session: MailSession,
  what: string,
  { lower, upper }: Interval,
  holdsNow: () => Promise<boolean>,
): Promise<void> {
  const since = Date.now();
  const seen = await until(BACK, holdsNow);
  const after = Date.now() - since;
  const text = `${(after / 1000).toFixed(1)} s, predicted ${(lower / 1000).toFixed(1)}-${(upper / 1000).toFixed(1)} s`;
  session.check(what, seen && after >= lower && after <= upper + LOOK, text);
}

/** Waits until a host of the balancer has its address, and the other one has not. */
async function holds(session: MailSession, wanted: string): Promise<void> {
  const { lab, front } = session.mail;
  const { address } = front.balancer.address;
  const has = async (node: string): Promise<boolean> =>
    (await lab.ssh(node, `ip -o address show to ${address}`)).stdout.trim() !== '';
  const held = await until(BACK, async () => {
    const holders = await Promise.all(nodesOf(session).map(async (node) => ((await has(node)) ? node : undefined)));
    return holders.filter((node) => node !== undefined).join() === wanted;
  });
  session.check(`${wanted} alone has the address`, held);
}

function nodesOf({ mail }: MailSession): readonly [string, string] {
  const { host } = lookup(mail.pair.topology);
  const { balancer } = mail.front.balancer;
  const [first, second] = balancer.kind === 'software' ? balancer.hosts.map((id) => host(id).name) : [];
  if (first === undefined || second === undefined) throw new LabError('a load balancer in a lab has two hosts');
  return [first, second];
}

const isHaproxy = ({ balancer }: LoadBalancerFacts): boolean =>
  balancer.kind === 'software' && balancer.software === 'haproxy';

/** Whether a server gets connections, as HAProxy or the kernel of the first host of its load balancer says. */
async function getsConnections(session: MailSession, { name }: BalancedMember): Promise<boolean> {
  const { lab, pair, front } = session.mail;
  const [node] = nodesOf(session);
  const said = await lab.sshMust(
    node,
    balancerProbe(balancerQuestions(pair.topology, { id: pair.id(node) })).join('\n'),
  );
  const sections = readSections(said);
  const servers = serversBehind(pair.topology, front.balancer, {
    proxies: proxyServers(sections.get('haproxy')),
    virtualServers: virtualServers(sections.get('lvs')),
  });
  return servers.some(({ server, status }) => server === name && status.startsWith('UP'));
}
