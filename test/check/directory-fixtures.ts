import type {
  DirectoryFacts,
  DirectoryServerFacts,
  FailoverGroupFacts,
  MultiMasterGroupFacts,
  ReplicaFacts,
  ReplicationAgreementFacts,
} from '../../lib/topology/replication';
import type { Topology } from '../../lib/topology/topology';
import { directories } from '../support/directories';
import { type Change, patch } from './fixtures';

/** Directories without faults; every fixture is this one with a small change. */
export const faultless: Topology = directories();

export const withDirectory = (id: string, change: Change<DirectoryFacts>, of = faultless): Topology => ({
  ...of,
  directories: patch(of.directories, [id], change),
});

export const withServer = (id: string, change: Change<DirectoryServerFacts>, of = faultless): Topology => ({
  ...of,
  directoryServers: patch(of.directoryServers, [id], change),
});

export const withReplica = (id: string, change: Change<ReplicaFacts>, of = faultless): Topology => ({
  ...of,
  replicas: patch(of.replicas, [id], change),
});

export const withFailover = (change: Change<FailoverGroupFacts>, of = faultless): Topology => ({
  ...of,
  failoverGroups: patch(of.failoverGroups, ['people/group'], change),
});

export const withSuppliers = (change: Change<MultiMasterGroupFacts>, of = faultless): Topology => ({
  ...of,
  multiMasterGroups: patch(of.multiMasterGroups, ['phones/suppliers'], change),
});

export const withAgreement = (id: string, change: Change<ReplicationAgreementFacts>, of = faultless): Topology => ({
  ...of,
  replicationAgreements: patch(of.replicationAgreements, [id], change),
});

/** One more agreement, like another one but for what is changed. */
export const withMoreAgreements = (
  like: string,
  ...changes: readonly (Partial<ReplicationAgreementFacts> & { readonly id: string })[]
): Topology => {
  const model = faultless.replicationAgreements.find(({ id }) => id === like);
  if (!model) throw new Error(`the fixture has no '${like}'`);
  const more = changes.map((change) => ({ ...model, path: `directories/${change.id}`, ...change }));
  return { ...faultless, replicationAgreements: [...faultless.replicationAgreements, ...more] };
};

/** Without the agreements whose ids match. */
export const withoutAgreements = (pattern: RegExp, of = faultless): Topology => ({
  ...of,
  replicationAgreements: of.replicationAgreements.filter(({ id }) => !pattern.test(id)),
});
