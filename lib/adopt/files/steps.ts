import type { ResourceGroupFacts } from '../../topology/cluster';
import type { Remarks } from '../remarks';
import type { SourceMap } from '../source-map';
import { activationSteps } from './rules';

/** E17: activations that follow each other before anything is mounted. */
export function judgeActivationSteps(
  groups: readonly ResourceGroupFacts[],
  sources: SourceMap,
  remarks: Remarks,
): void {
  for (const group of groups) {
    let run: (ResourceGroupFacts['members'][number] & { readonly kind: 'activation' })[] = [];
    const finish = (): void => {
      const [, second] = run;
      if (second)
        remarks.finding(activationSteps, {
          path: second.path,
          problem: `${run.length} disks are activated in one step before any of them is mounted`,
          value: run.map((member) => member.resource).join(', '),
          remedy: 'mount each disk directly after its activation',
          location: sources.find(second.path),
        });
      run = [];
    };
    for (const member of group.members)
      if (member.kind === 'activation') run.push(member);
      else finish();
    finish();
  }
}
