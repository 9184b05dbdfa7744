import { lookup } from '../../topology/lookup';
import { noticeTime, PEER_OUTDATER } from '../../topology/peer-outdater';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { clusterOf } from '../ha-cf/cluster-of';
import { programFile } from '../readable-file';
import { outdaterScript } from './script';

/** The fence-peer handler, on nodes of clusters with a resource that calls it. */
export function files(topology: Topology, host: EntityId): readonly RenderedFile[] {
  const cluster = clusterOf(topology, host);
  const facts = lookup(topology);
  const callers = facts
    .drbdResourcesOf(host)
    .filter((resource) => resource.handlers.some(({ command }) => command.split(' ')[0] === PEER_OUTDATER));
  const [one, two] = cluster?.nodes ?? [];
  if (!cluster || callers.length === 0 || one === undefined || two === undefined) return [];
  const outdater = {
    source: cluster.path,
    nodes: [facts.host(one).name, facts.host(two).name],
    settle: Math.ceil(Math.max(...callers.map(noticeTime)) / 1000),
  } as const;
  return [programFile(PEER_OUTDATER, cluster.path, () => outdaterScript(outdater))];
}
