import type { DirectoryDrill } from './drill';
import { masterPowerCut, mirrorPowerCut } from './power-cut';

/** Every drill of a directory with a failover group, in the order of a whole run. */
export const DIRECTORY_DRILLS: readonly DirectoryDrill[] = [mirrorPowerCut, masterPowerCut];
