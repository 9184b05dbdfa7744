import { LabError } from '../topology-lab/plan';
import { CONTROLS } from './controls';
import { daemonKill, daemonStop } from './daemon';
import { bothDisksDestroyed } from './destroyed';
import { diskErrors, fullDisk } from './disk';
import type { Drill } from './drill';
import { idle } from './idle';
import { outdatedNotPromoted } from './outdated';
import { partition } from './partition';
import { onePathCut } from './path-cut';
import { plannedSwitch } from './planned-switch';
import { powerCutDrill } from './power-cut';

/** Every drill, in the order of a whole run: first what gives the step times, last what leaves least behind. */
export const DRILLS: readonly Drill[] = [
  plannedSwitch,
  idle(120),
  onePathCut,
  daemonKill,
  daemonStop,
  fullDisk,
  diskErrors,
  powerCutDrill,
  partition,
  outdatedNotPromoted,
  ...CONTROLS,
  bothDisksDestroyed,
];

/** The drill of a name. @throws LabError for a name that none has */
export function drillNamed(name: string): Drill {
  const found = DRILLS.find((drill) => drill.name === name);
  if (found) return found;
  throw new LabError(`there is no drill '${name}'; there are boot, ${DRILLS.map((drill) => drill.name).join(', ')}`);
}
