import { bothStopped } from './both-stopped';
import { CONTROLS } from './controls';
import { daemonKill, daemonStop } from './daemon';
import { bothDisksDestroyed } from './destroyed';
import { diskErrors, fullDisk } from './disk';
import type { Drill } from './drill';
import { HOT_STANDBY } from './hot-standby';
import { idle } from './idle';
import { outdatedNotPromoted } from './outdated';
import type { Pair } from './pair';
import { partition } from './partition';
import { onePathCut } from './path-cut';
import { plannedSwitch } from './planned-switch';
import { powerCutDrill } from './power-cut';
import { changedDeployment, deployWithoutStandby } from './redeploy';

/** Every drill of a cold standby, in the order of a whole run: first what gives the step times, last what leaves least behind. */
const DRILLS: readonly Drill[] = [
  plannedSwitch,
  idle(120),
  changedDeployment,
  bothStopped,
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

/** Every drill that any pair knows. */
export const ALL_DRILLS: readonly Drill[] = [...DRILLS, ...HOT_STANDBY, deployWithoutStandby];

/** The drills of a whole run of a pair. */
export function drillsOf({ groups }: Pair): readonly Drill[] {
  return groups.length > 1 ? HOT_STANDBY : DRILLS;
}
