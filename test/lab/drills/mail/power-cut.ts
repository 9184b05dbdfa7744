import { powerCut, powerOn } from '../../faults';
import { predictedService } from '../expectation';
import type { MeasuredClient } from '../result';
import { judge } from '../verdict';
import type { MailDrill } from './drill';
import type { PlacedMailServer } from './mail-lab';
import { SENDERS, type MailSession } from './session';

/** Messages that lie in the queue of the server that is cut. */
const QUEUED = 200;
/** Seconds in which they must have been accepted. */
const FILLED = 240;
/** Seconds in which deliveries begin before the cut. */
const UNDER_WAY = 3;
/** Seconds until the survivor must deliver, whatever was predicted; and until the node that is back has its queue. */
const TAKEN_OVER = 300;
const HOME = 420;

/** A server loses power with a full queue and deliveries under way; the other one delivers its queue and gives it back. */
export const mailPowerCut: MailDrill = {
  name: 'mail-power-cut',
  title: 'A mail server loses power with 200 queued, deliveries and traffic in flight, and returns',
  // While one waits for an answer of the server that is lost, others go on.
  senders: 4,
  run: async (session) => {
    const [victim, survivor] = session.mail.both;
    const { pair } = session.mail;
    predictCut(session, victim, survivor);
    await session.begin('defer');
    const filled = await session.waitFor(FILLED, () => session.waiting(victim.address).length >= QUEUED);
    const queued = session.waiting(victim.address).length;
    session.check(`${QUEUED} messages wait in the queue of ${victim.facts.name}`, filled, String(queued));
    session.setSink('slow');
    await session.mail.flush(victim.node, victim.facts);
    await session.watch(UNDER_WAY);

    await session.inject(`power of ${victim.node} cut`, () => powerCut(pair.lab, victim.node));
    const left = session.waiting(victim.address);
    session.event(`${left.length} of what ${victim.facts.name} has accepted are not delivered`);
    session.setSink('take');
    const there = await session.waitFor(TAKEN_OVER, () => session.waiting(victim.address).length === 0);
    session.check(`everything that ${victim.facts.name} had accepted is delivered`, there);
    session.check(`${survivor.facts.name} takes mail`, await session.accepts(TAKEN_OVER));
    await session.tellLog(survivor.node);
    judgeCut(session, victim, survivor);

    await powerOn(pair.lab, victim.node);
    const back = Date.now();
    session.event(`power of ${victim.node} back`);
    const { troubles } = await pair.wait(HOME, (facts) => pair.troubles(facts, pair.atHome));
    session.check(`${victim.node} gets its queue back by itself`, troubles.length === 0, troubles.join('; '));
    session.event('both queues are at home, all copies current');
    // Numbers go to both servers in turn: each sender is served by the one that is back.
    await session.served(4);
    for (const { node, facts } of session.mail.servers) await session.mail.flush(node, facts);
    await session.verify();
    session.checkNothingLost();
    checkTwice(session, victim, back);
  },
};

/** Before the fault: when the queue is delivered again, and for how long nobody can accept mail. */
function predictCut(session: MailSession, victim: PlacedMailServer, survivor: PlacedMailServer): void {
  const fault = { kind: 'node-power-cut', host: victim.facts.host } as const;
  session.expects([
    predictedService(victim.facts.name, session.outcomeOf(victim, fault)),
    predictedService(SENDERS, session.outcomeOf(survivor, fault)),
  ]);
}

/** The queue of the victim is delivered again as soon as one of its messages comes from the survivor. */
function judgeCut(session: MailSession, victim: PlacedMailServer, survivor: PlacedMailServer): void {
  const first = session.arrivalsOf(victim.address).find(({ from }) => from === survivor.address);
  const queue: MeasuredClient = {
    ...{ client: victim.facts.name, failed: 1, ended: first !== undefined },
    ...(first === undefined ? {} : { outage: first.at - session.fault, sinceFault: first.at - session.fault }),
  };
  session.measured = [queue, session.measureSenders()];
  for (const [index, predicted] of session.predicted.entries()) {
    const measured = session.measured[index];
    if (!measured) continue;
    session.report(`  measured by ${measured.client}: ${((measured.outage ?? 0) / 1000).toFixed(1)} s`);
    session.add(judge(predicted, measured, 'fault', true));
  }
}

/** What was being delivered may come twice; what is given back may not. */
function checkTwice(session: MailSession, victim: PlacedMailServer, back: number): void {
  const twice = session.twice();
  const { processLimit } = victim.facts;
  const listed = twice.map(({ recipient }) => recipient.replace(/@.*/, '')).join(', ');
  session.check(
    `at most ${processLimit} messages came twice`,
    twice.length <= processLimit,
    `${twice.length}: ${listed}`,
  );
  const after = twice.filter(({ again }) => again >= back);
  session.check(
    'nothing came twice by the return',
    after.length === 0,
    after.map(({ recipient }) => recipient).join(', '),
  );
}
