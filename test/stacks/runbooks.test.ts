import path from 'node:path';
import { Testing } from 'cdktf';
import { Deployment } from 'tandem-ha';
import { runbook } from '../../lib/render/runbook/build';
import { compareWithGolden } from '../../lib/testing/golden-file';
import { MvaultFailover } from '../../stacks/mvault-failover';
import { OxColdStandby } from '../../stacks/ox-cold-standby';
import { OxHotStandby } from '../../stacks/ox-hot-standby';

expect.extend({
  toMatchGoldenRunbook(received: string, name: string) {
    const golden = {
      title: `RUNBOOK.md of ${name}`,
      path: path.join(__dirname, 'golden', `${name}.md`),
      content: received,
    };
    const problem = compareWithGolden(this as unknown as Parameters<typeof compareWithGolden>[0], golden);
    return { pass: problem === undefined, message: () => problem ?? `${golden.title} equals its golden file` };
  },
});

test.each([
  ['mvault-failover', MvaultFailover],
  ['ox-cold-standby', OxColdStandby],
  ['ox-hot-standby', OxHotStandby],
] as const)('the runbook of %s is the one that was read and approved', (name, Scenario) => {
  const found = new Scenario(Testing.app()).node.findAll().find((node) => Deployment.isDeployment(node));
  const matchers = expect(runbook((found as Deployment).topology())) as unknown as {
    toMatchGoldenRunbook(name: string): void;
  };
  matchers.toMatchGoldenRunbook(name);
});
