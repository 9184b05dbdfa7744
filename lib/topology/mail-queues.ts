import type { MailPairFacts, MailServerFacts } from './mail';
import { mailGraph } from './mail-graph';
import type { SharedVolumeFacts } from './drbd';
import type { Topology } from './topology';

/** The shared volume that a queue lies on; undefined where it lies on no such volume. */
export const volumeOfQueue = (
  { sharedVolumes }: Topology,
  { queue: { storage } }: MailServerFacts,
): SharedVolumeFacts | undefined =>
  storage.kind === 'shared' ? sharedVolumes.find(({ id }) => id === storage.volume) : undefined;

/** Whether a queue is on a volume of one Docker engine, hence of one kernel, whose locks hold for all of its containers. */
export const onOneKernel = (topology: Topology, server: MailServerFacts): boolean =>
  volumeOfQueue(topology, server)?.kind === 'docker';

/** Whether the lock in the queue keeps both servers of a pair apart, so that none is fenced. */
export const keptApartByLock = (topology: Topology, pair: MailPairFacts): boolean =>
  !pair.takeover.fenceFirst &&
  mailGraph(topology)
    .serversOf(pair)
    .every((server) => onOneKernel(topology, server));
