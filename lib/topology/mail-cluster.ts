import type { HeartbeatClusterFacts } from './cluster';
import type { MailPairFacts } from './mail';
import type { Topology } from './topology';
import type { EntityId } from './units';

/** The Heartbeat cluster that a mail pair is; undefined where its servers watch each other without Heartbeat. */
export const clusterOfPair = (
  topology: Pick<Topology, 'clusters'>,
  { id }: { readonly id: EntityId },
): HeartbeatClusterFacts | undefined => topology.clusters.find((cluster) => cluster.id === id);

/** The mail pair that a cluster is; undefined for a cluster of its own. */
export const pairOfCluster = (
  topology: Pick<Topology, 'mailPairs'>,
  { id }: { readonly id: EntityId },
): MailPairFacts | undefined => topology.mailPairs.find((pair) => pair.id === id);
