import path from 'node:path';
import { Testing } from 'cdktf';
import { runbook } from '../../lib/render/runbook/build';
import { MswitchIspDr } from '../../stacks/mswitch-isp-dr';
import { MswitchTableHosts } from '../../stacks/mswitch-table-hosts';
import { MswitchTablePair } from '../../stacks/mswitch-table-pair';
import { MvaultFailover } from '../../stacks/mvault-failover';
import { OxColdStandby } from '../../stacks/ox-cold-standby';
import { OxHotStandby } from '../../stacks/ox-hot-standby';
import { expectGoldenText } from '../support/golden-text';
import { topologyOf } from '../support/topology-of';

test.each([
  ['mswitch-isp-dr', MswitchIspDr],
  ['mswitch-table-hosts', MswitchTableHosts],
  ['mswitch-table-pair', MswitchTablePair],
  ['mvault-failover', MvaultFailover],
  ['ox-cold-standby', OxColdStandby],
  ['ox-hot-standby', OxHotStandby],
] as const)('the runbook of %s is the one that was read and approved', (name, Scenario) => {
  expectGoldenText(runbook(topologyOf(new Scenario(Testing.app()))), path.join(__dirname, 'golden', `${name}.md`));
});
