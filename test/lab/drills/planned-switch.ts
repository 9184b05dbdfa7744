import type { ResourceGroupFacts } from '../../../lib/topology/cluster';
import { standbyRequest } from '../../../lib/topology/standby-request';
import type { Drill } from './drill';
import { switchesOf } from './expectation';
import type { Session } from './session';
import { addSwitch } from './store';

/** Seconds that a handover may take. */
export const HANDED_OVER = 300;

/** The group goes to the other node; the interruption gives the step times of all other predictions. */
export const plannedSwitch: Drill = {
  name: 'planned-switch',
  title: 'An operator hands the group to the other node',
  run: (session) => switchAndCompare(session, session.active),
};

/** A whole planned switch: what it did is compared with what was predicted, its time is kept, nothing is lost. */
export async function switchAndCompare(session: Session, from: string): Promise<void> {
  const { pair, placement } = session;
  const outages = await switchOver(session, from);
  const [moved, ...others] = pair.groups.filter(({ facts }) => placement[facts.name] === from);
  if (switchesOf(session.switches, moved?.facts.id).length === 0) {
    session.report('  the first switch of a group gives its step times; it is compared with nothing');
    session.predicted = [];
  }
  session.judge('last-answer');
  await session.verify();
  session.checkNothingLost();
  // Of several groups that stop and start in turn it is not known which of them took how long.
  if (outages.length === 0 || moved === undefined || others.length > 0) return;
  const interruption = typicalOutage(moved.facts, outages);
  session.event(`a switch of ${moved.facts.name}: ${(interruption / 1000).toFixed(1)} s`);
  addSwitch(pair.lab, { group: moved.facts.id, interruption });
}

/**
 * What step times are made of. Members that start together are predicted alike, so what their clients saw on average stands
 * for them; of members that start in turn the last one stands for all (`calibrate`).
 */
function typicalOutage({ start }: ResourceGroupFacts, outages: readonly number[]): number {
  if (start === 'in-turn') return Math.max(...outages);
  return Math.round(outages.reduce((sum, outage) => sum + outage, 0) / outages.length);
}

/** Hands over all that a node runs, with clients at work. @returns the interruptions that they saw, in milliseconds */
async function switchOver(session: Session, from: string): Promise<readonly number[]> {
  const { pair } = session;
  const to = pair.other(from);
  session.predict([{ kind: 'planned-switch', host: pair.id(from) }]);
  await session.start();
  await session.inject(`hb_standby on ${from}`, async () => {
    await pair.lab.sshMust(from, standbyRequest('all'));
  });
  const moved = session.clientsOn(from);
  const back = await session.cameBackOf(moved, 5, HANDED_OVER);
  session.check('every client is served again', back);
  const { facts, troubles } = await pair.wait(HANDED_OVER, (told) => pair.troubles(told, pair.allOn(to)));
  session.check(`${to} runs the group, and all is as before`, troubles.length === 0, troubles.join('; '));
  session.check('nobody was fenced', facts.length === 2);
  await session.tellLog(from);
  await session.tellLog(to);
  return back ? session.outagesOf(moved) : [];
}
