import { powerCut, powerOn } from '../faults';
import type { Drill } from './drill';
import type { Session } from './session';

/** Seconds until services must be back, whatever was predicted; and until a node that boots again must be a standby. */
const TAKEN_OVER = 300;
const JOINED = 300;
/** How often clients are served before, and have to be served after. */
const SERVED = 10;

/** The active node loses power; the other one serves, and the first joins again as standby. */
export const powerCutDrill: Drill = {
  name: 'power-cut',
  title: 'The active node loses power',
  run: (session) => cutAndReturn(session),
};

/** A whole power cut: what it did is compared with what was predicted, the node comes back, nothing is lost. */
export async function cutAndReturn(session: Session, cut: Cut = {}): Promise<void> {
  await cutPower(session, cut);
  session.judge();
  await rejoin(session, cut.victim);
  await session.verify();
  session.checkNothingLost();
}

/** What is cut. */
interface Cut {
  /** @default - the active node */
  readonly victim?: string;
  /** Whether the outcome is predicted. @default true */
  readonly predicted?: boolean;
}

/** Cuts the power of a node with clients at work, and waits until those that it served are served again. */
async function cutPower(session: Session, { victim = session.active, predicted = true }: Cut): Promise<void> {
  const { pair } = session;
  if (predicted) session.predict([{ kind: 'node-power-cut', host: pair.id(victim) }]);
  await session.start(SERVED);
  await session.inject(`power of ${victim} cut`, () => powerCut(pair.lab, victim));
  const back = await session.cameBackOf(session.clientsOn(victim), SERVED, TAKEN_OVER);
  session.check('every client is served again', back);
  await session.tellLog(pair.other(victim));
}

/** Gives a node its power back, and waits until it is a standby with current copies. */
export async function rejoin(session: Session, victim = session.active): Promise<void> {
  const { pair } = session;
  await powerOn(pair.lab, victim);
  session.event(`power of ${victim} back`);
  const { troubles } = await pair.wait(JOINED, (facts) => pair.troubles(facts, pair.allOn(pair.other(victim))));
  session.check(
    `${victim} joins as standby and is brought up to date by itself`,
    troubles.length === 0,
    troubles.join('; '),
  );
  session.event(`${victim} is standby, all copies current`);
  await session.served(5);
}
