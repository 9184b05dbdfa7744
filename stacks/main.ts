import type { App } from 'cdktf';
import { MvaultFailover } from './mvault-failover';
import { MvaultMultimaster } from './mvault-multimaster';
import { OxColdStandby } from './ox-cold-standby';
import { OxHotStandby } from './ox-hot-standby';

/** The app of cdktf.json: every scenario that can be deployed. */
export function stacks(app: App): void {
  new MvaultFailover(app);
  new MvaultMultimaster(app);
  new OxColdStandby(app);
  new OxHotStandby(app);
}
