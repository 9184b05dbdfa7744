import type { LoadBalancerFacts } from '../../lib/topology/load-balancer';
import type {
  DisasterRecoverySiteFacts,
  MailFarmFacts,
  MailPairFacts,
  MailServerFacts,
  QueueStorageFacts,
} from '../../lib/topology/mail';
import type { HostFacts } from '../../lib/topology/site';
import type { Topology } from '../../lib/topology/topology';
import { mail } from '../support/mail';
import { type Change, patch } from './fixtures';

/** Mail without faults; every fixture is this one with a small change. */
export const faultless: Topology = mail();

export const withMailServer = (id: string, change: Change<MailServerFacts>, of = faultless): Topology => ({
  ...of,
  mailServers: patch(of.mailServers, [id], change),
});

export const withMailPair = (id: string, change: Change<MailPairFacts>, of = faultless): Topology => ({
  ...of,
  mailPairs: patch(of.mailPairs, [id], change),
});

export const withFarm = (change: Change<MailFarmFacts>, of = faultless): Topology => ({
  ...of,
  mailFarms: patch(of.mailFarms, ['farm'], change),
});

export const withBalancer = (change: Change<LoadBalancerFacts>, of = faultless): Topology => ({
  ...of,
  loadBalancers: patch(of.loadBalancers, ['front-dr'], change),
});

export const withRecovery = (change: Change<DisasterRecoverySiteFacts>, of = faultless): Topology => ({
  ...of,
  disasterRecoverySites: patch(of.disasterRecoverySites, ['recovery'], change),
});

export const withHosts = (ids: readonly string[], change: Change<HostFacts>, of = faultless): Topology => ({
  ...of,
  hosts: patch(of.hosts, ids, change),
});

/** The queue of a mail server on other storage. */
export const withStorage = (id: string, storage: QueueStorageFacts, of = faultless): Topology =>
  withMailServer(id, ({ queue }) => ({ queue: { ...queue, storage } }), of);

/** The queues of the pair at `dr` on shared volumes of one kind. */
export const onSharedVolumes = (kind: 'nfs' | 'docker', source: string, of = faultless): Topology =>
  ['mx-dr-mail1', 'mx-dr-mail2'].reduce<Topology>(
    (topology, id) => withStorage(id, { kind: 'shared', volume: `volume-${id}`, fileSystem: 'nfs4' }, topology),
    {
      ...of,
      sharedVolumes: ['mx-dr-mail1', 'mx-dr-mail2'].map((id) => ({
        id: `volume-${id}`,
        path: `mail/volume-${id}`,
        name: `volume-${id}`,
        kind,
        source,
        hosts: ['dr/dr-mail1', 'dr/dr-mail2'],
        failureDomains: [],
      })),
    },
  );
