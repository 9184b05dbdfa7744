import type { Fault } from '../../lib/predict/fault';
import { faultId } from '../../lib/predict/fault';
import type { ServiceOutcome } from '../../lib/predict/outcome';
import { predict } from '../../lib/predict/predict';
import { singleFaults } from '../../lib/predict/single-faults';
import type { StepTimes } from '../../lib/predict/step-times';
import type { HeartbeatClusterFacts } from '../../lib/topology/cluster';
import type { DrbdResourceFacts } from '../../lib/topology/drbd';
import type { Topology } from '../../lib/topology/topology';

/** A topology whose clusters are changed. */
export function withCluster(topology: Topology, change: Partial<HeartbeatClusterFacts>): Topology {
  return { ...topology, clusters: topology.clusters.map((cluster) => ({ ...cluster, ...change })) };
}

/** A topology whose DRBD resources are changed. */
export function withResources(
  topology: Topology,
  change: (resource: DrbdResourceFacts) => Partial<DrbdResourceFacts>,
): Topology {
  return {
    ...topology,
    drbdResources: topology.drbdResources.map((resource) => ({ ...resource, ...change(resource) })),
  };
}

/** The single fault with an id. */
export function fault(topology: Topology, id: string): Fault {
  const found = singleFaults(topology).find((candidate) => faultId(candidate) === id);
  if (!found) throw new Error(`no fault '${id}' among ${singleFaults(topology).map(faultId).join(', ')}`);
  return found;
}

/** What faults, by their ids, do to one service. */
export function outcomeOf(
  topology: Topology,
  ids: string | readonly string[],
  service = 'directory',
  times?: StepTimes,
): ServiceOutcome {
  const faults = [ids]
    .flat()
    .map((id): Fault =>
      id.startsWith('node-return:')
        ? { kind: 'node-return', host: id.slice('node-return:'.length) }
        : fault(topology, id),
    );
  const outcome = predict(topology, faults, times).services.find((one) => one.service === service);
  if (!outcome) throw new Error(`no service '${service}'`);
  // An outage without an end has no timeline: said aloud, so that a test can ask for it.
  return { ...outcome, timeline: outcome.timeline };
}

/** The kinds of the phases of an outcome, each run of one kind once. */
export function kindsOf(outcome: ServiceOutcome): readonly string[] {
  const kinds = outcome.timeline?.phases.map(({ kind }) => kind) ?? [];
  return kinds.filter((kind, index) => kind !== kinds[index - 1]);
}
