import { standbyRequest } from '../../../lib/topology/standby-request';
import { LabError } from '../topology-lab/plan';
import { HANDED_OVER } from './planned-switch';
import type { Pair } from './pair';

/**
 * Brings every group to the node that it prefers, as an operator does it after a takeover.
 * @throws LabError with what is wrong when they do not come
 */
export async function goHome(pair: Pair, report: (line: string) => void): Promise<void> {
  const facts = await pair.facts();
  const [placement, home] = [pair.placement(facts), pair.atHome];
  const away = Object.entries(placement).filter(([group, node]) => home[group] !== node);
  for (const node of new Set(away.map(([, one]) => one))) {
    report(`  ${node} gives away what is not at home there`);
    await pair.lab.sshMust(node, standbyRequest('foreign'));
  }
  const { troubles } = await pair.wait(HANDED_OVER, (told) => pair.troubles(told, home));
  if (troubles.length > 0) throw new LabError(`not every group came home: ${troubles.join('; ')}`);
}
