import { powerCut, powerOn } from '../faults';
import type { Drill } from './drill';
import type { Session } from './session';

/** Seconds until services must be back, whatever was predicted; and until a node that boots again must be a standby. */
const TAKEN_OVER = 300;
const JOINED = 300;

/** The active node loses power; the other one serves, and the first joins again as standby. */
export const powerCutDrill: Drill = {
  name: 'power-cut',
  title: 'The active node loses power',
  run: async (session) => {
    await cutPower(session);
    session.judge();
    await rejoin(session);
    await session.verify();
    session.checkNothingLost();
  },
};

/** Cuts the power of the active node with clients at work, and waits until they are served again. */
export async function cutPower(session: Session, times = 10): Promise<void> {
  const { pair, active, standby } = session;
  session.predict([{ kind: 'node-power-cut', host: pair.id(active) }]);
  await session.start(times);
  await session.inject(`power of ${active} cut`, () => powerCut(pair.lab, active));
  const back = await session.cameBack(times, TAKEN_OVER);
  session.check('every client is served again', back);
  await session.tellLog(standby);
}

/** Gives the node its power back, and waits until it is a standby with current copies. */
export async function rejoin(session: Session): Promise<void> {
  const { pair, active, standby } = session;
  await powerOn(pair.lab, active);
  session.event(`power of ${active} back`);
  const { troubles } = await pair.wait(JOINED, (facts) => pair.troubles(facts, standby));
  session.check(
    `${active} joins as standby and is brought up to date by itself`,
    troubles.length === 0,
    troubles.join('; '),
  );
  session.event(`${active} is standby, all copies current`);
  await session.served(5);
}
