import type { MailServerFacts } from '../topology/mail';
import { lookup } from '../topology/lookup';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';
import { byId } from './collections';

/** The hosts that reach the queue of a mail server; on a disk of its own the server alone does. */
export function hostsOfQueue(topology: Topology, { host, queue: { storage } }: MailServerFacts): readonly EntityId[] {
  switch (storage.kind) {
    case 'local':
      return [host];
    case 'drbd':
      return lookup(topology)
        .drbdResource(storage.resource)
        .peers.map((peer) => peer.host);
    case 'shared':
      return byId(topology.sharedVolumes).get(storage.volume)?.hosts ?? [];
  }
}
