import { standbyRequest } from '../../../lib/topology/standby-request';
import type { Drill } from './drill';
import type { Session } from './session';
import { writeCalibration } from './store';

/** Seconds that a handover may take. */
export const HANDED_OVER = 300;

/** The group goes to the other node; the interruption gives the step times of all other predictions. */
export const plannedSwitch: Drill = {
  name: 'planned-switch',
  title: 'An operator hands the group to the other node',
  run: async (session) => {
    const interruption = await switchOver(session);
    if (session.calibration === undefined) {
      session.report('  the first switch gives the step times; it is compared with nothing');
      session.predicted = [];
    }
    session.judge('last-answer');
    await session.verify();
    session.checkNothingLost();
    if (interruption !== undefined) {
      session.event(`calibration: ${(interruption / 1000).toFixed(1)} s`);
      writeCalibration(session.pair.lab, interruption);
    }
  },
};

/** Hands the group over with clients at work. @returns the longest interruption, in milliseconds */
export async function switchOver(session: Session): Promise<number | undefined> {
  const { pair, active, standby } = session;
  session.predict([{ kind: 'planned-switch', host: pair.id(active) }]);
  await session.start();
  await session.inject(`hb_standby on ${active}`, async () => {
    await pair.lab.sshMust(active, standbyRequest('all'));
  });
  const back = await session.cameBackOf(session.clientsOn(active), 5, HANDED_OVER);
  session.check('every client is served again', back);
  const { facts, troubles } = await pair.wait(HANDED_OVER, (told) => pair.troubles(told, pair.allOn(standby)));
  session.check(`${standby} runs the group, and all is as before`, troubles.length === 0, troubles.join('; '));
  session.check('nobody was fenced', facts.length === 2);
  await session.tellLog(active);
  await session.tellLog(standby);
  const outages = session.outages();
  return back && outages.length > 0 ? Math.max(...outages) : undefined;
}
