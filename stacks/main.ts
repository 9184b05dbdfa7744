import type { App } from 'cdktf';
import { MswitchDirectoryPair } from './mswitch-directory-pair';
import { MswitchIspDr } from './mswitch-isp-dr';
import { MswitchLvsHosts } from './mswitch-lvs-hosts';
import { MswitchTableHosts } from './mswitch-table-hosts';
import { MswitchTablePair } from './mswitch-table-pair';
import { MvaultFailover } from './mvault-failover';
import { MvaultMultimaster } from './mvault-multimaster';
import { OxColdStandby } from './ox-cold-standby';
import { OxHotStandby } from './ox-hot-standby';
import { RhdsCascading } from './rhds-cascading';
import { RhdsFourWayMesh } from './rhds-four-way-mesh';
import { RhdsFourWayRing } from './rhds-four-way-ring';
import { RhdsLargeSite } from './rhds-large-site';
import { RhdsMillionUsers } from './rhds-million-users';
import { RhdsMixed } from './rhds-mixed';
import { RhdsMultiMaster } from './rhds-multi-master';
import { RhdsSingleMaster } from './rhds-single-master';
import { RhdsSmallSite } from './rhds-small-site';
import { RhdsTwoOffices } from './rhds-two-offices';

/** The app of cdktf.json: every scenario that can be deployed. */
export function stacks(app: App): void {
  new MswitchDirectoryPair(app);
  new MswitchIspDr(app);
  new MswitchLvsHosts(app);
  new MswitchTableHosts(app);
  new MswitchTablePair(app);
  new MvaultFailover(app);
  new MvaultMultimaster(app);
  new OxColdStandby(app);
  new OxHotStandby(app);
  new RhdsCascading(app);
  new RhdsFourWayMesh(app);
  new RhdsFourWayRing(app);
  new RhdsLargeSite(app);
  new RhdsMillionUsers(app);
  new RhdsMixed(app);
  new RhdsMultiMaster(app);
  new RhdsSingleMaster(app);
  new RhdsSmallSite(app);
  new RhdsTwoOffices(app);
}
