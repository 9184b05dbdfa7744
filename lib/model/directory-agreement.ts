import type { ReplicationAgreementFacts, SourceFacts } from '../topology/replication';
import type { ConstructPath, EntityId } from '../topology/units';
import type { Directory } from './directory';
import type { DirectoryServer } from './directory-server';
import type { OptionFacts } from './replication-options';

/** An agreement of a directory, with the next identifier there is. */
export function agreementFacts(
  of: { readonly id: EntityId; readonly path: ConstructPath },
  directory: Directory,
  supplier: SourceFacts,
  consumer: DirectoryServer,
  origin: ReplicationAgreementFacts['origin'],
  options: OptionFacts,
  secondaryShadows: boolean,
): ReplicationAgreementFacts {
  return {
    ...of,
    directory: directory.entityId,
    supplier,
    consumer: consumer.entityId,
    origin,
    identifier: directory.nextAgreement(),
    version: 1,
    ...options,
    secondaryShadows,
  };
}
