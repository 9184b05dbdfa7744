import { powerCutOutcome } from '../../../../lib/predict/replication/power-cut';
import {
  calibrateReturn,
  defaultReturnTimes,
  type MeasuredReturn,
} from '../../../../lib/predict/replication/server-return';
import type { DirectoryFacts, DirectoryServerFacts } from '../../../../lib/topology/replication';
import { membersOf } from '../../../../lib/topology/replication-graph';
import type { Topology } from '../../../../lib/topology/topology';
import type { EntityId } from '../../../../lib/topology/units';
import { WRITER } from '../../clients/directory-plan';
import { predictedService } from '../expectation';
import type { PredictedService } from '../result';

/** What is predicted for. */
interface Predicted {
  readonly topology: Topology;
  readonly directory: DirectoryFacts;
}

/** What the clients of a directory have to expect of a server that is without power for some seconds. */
export function powerCutExpectation(
  { topology, directory }: Predicted,
  { victim, master }: { readonly victim: DirectoryServerFacts; readonly master: DirectoryServerFacts },
  off: number,
  returns: readonly MeasuredReturn[],
): readonly PredictedService[] {
  const times = returns.length === 0 ? defaultReturnTimes : calibrateReturn(topology, returns);
  const running = withMaster(topology, directory.id, master.id);
  const { reads, writes } = powerCutOutcome(running, directory.id, victim.id, off * 1000, times);
  return [predictedService(WRITER, writes), ...reads.map((one) => predictedService(one.name, one))];
}

/** The topology as it stands with the master of now: predictions begin with the declared one. */
function withMaster(topology: Topology, directory: EntityId, master: EntityId): Topology {
  const failoverGroups = topology.failoverGroups.map((group) =>
    group.directory === directory
      ? { ...group, master, mirrors: membersOf(group).filter((id) => id !== master) }
      : group,
  );
  return { ...topology, failoverGroups };
}
