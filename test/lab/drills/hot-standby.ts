import { LabError } from '../topology-lab/plan';
import type { Drill } from './drill';
import { goHome } from './home';
import { switchAndCompare } from './planned-switch';
import { cutAndReturn } from './power-cut';
import type { Session } from './session';

/** Of a hot standby, the node that runs the first or the second group loses power: the other one runs all (X6, E20). */
function nodeOf(place: 0 | 1, word: string): Drill {
  return {
    name: `${word}-node-power-cut`,
    title: `Both nodes serve; the node of the ${word} group loses power`,
    begins: goHome,
    run: (session) => cutAndReturn(session, { victim: homeOf(session, place) }),
  };
}

function homeOf({ pair, placement }: Session, place: 0 | 1): string {
  const node = placement[pair.groups[place]?.facts.name ?? ''];
  if (node === undefined || pair.groups.length < 2)
    throw new LabError(`deployment '${pair.topology.name}' is no hot standby`);
  return node;
}

/** The second group goes to the node of the first one, as it does when its own node is lost. */
const secondGroupSwitch: Drill = {
  name: 'second-group-switch',
  title: 'Both nodes serve; an operator hands the second group to the node of the first one',
  begins: goHome,
  run: (session) => switchAndCompare(session, homeOf(session, 1)),
};

export const HOT_STANDBY: readonly Drill[] = [secondGroupSwitch, nodeOf(0, 'first'), nodeOf(1, 'second')];
