import type { Ds389Agreement } from '../../topology/ds389-agreements';
import type { DirectoryFacts, DirectoryServerFacts } from '../../topology/replication';
import { FormatError } from '../format-error';
import { entry } from '../slapd/entries';
import type { LdifRecord, LdifValue } from '../slapd/ldif';
import { attributeName } from '../slapd/words';
import { hostnameOf, instanceName, managerEntry, replicaEntry, schedule, suffixOf } from './words';

/** The name of an agreement: one for each consumer of a directory. */
export const agreementEntry = (directory: DirectoryFacts, consumer: DirectoryServerFacts): string =>
  `cn=to-${instanceName(consumer)},${replicaEntry(suffixOf(directory))}`;

/**
 * The entry by which a supplier sends a directory to a consumer: by TLS, also where it authenticates by password. Pauses
 * and time limits of sessions stay at their defaults.
 */
export function agreementRecord(
  directory: DirectoryFacts,
  consumer: DirectoryServerFacts,
  agreement: Ds389Agreement,
): LdifRecord {
  return entry(agreementEntry(directory, consumer), [
    ['objectClass', 'top'],
    ['objectClass', 'nsDS5ReplicationAgreement'],
    ['cn', `to-${instanceName(consumer)}`],
    ['nsDS5ReplicaRoot', suffixOf(directory)],
    ['nsDS5ReplicaHost', hostnameOf(consumer)],
    ['nsDS5ReplicaPort', String(consumer.tlsPort)],
    ['nsDS5ReplicaTransportInfo', 'LDAPS'],
    ...bind(directory, consumer, agreement),
    ...selection(agreement),
    ...times(consumer, agreement),
  ]);
}

function bind(
  directory: DirectoryFacts,
  consumer: DirectoryServerFacts,
  { authentication }: Ds389Agreement,
): readonly (readonly [string, LdifValue])[] {
  if (authentication === 'strong') return [['nsDS5ReplicaBindMethod', 'SSLCLIENTAUTH']];
  if (authentication === 'simple')
    return [
      ['nsDS5ReplicaBindMethod', 'SIMPLE'],
      ['nsDS5ReplicaBindDN', managerEntry(directory)],
      ['nsDS5ReplicaCredentials', { before: '', secret: directory.replicationSecret, after: '' }],
    ];
  throw new FormatError({
    format: 'ds389',
    what: `what is said to server '${consumer.name}'`,
    problem: 'is a name alone, which the server takes for an anonymous client',
    remedy: "use the authentication 'strong'",
  });
}

/** Updates and initialisation have a list each: without the second one a consumer gets everything at first. */
function selection({ attributes }: Ds389Agreement): readonly (readonly [string, string])[] {
  if (attributes.kind === 'all') return [];
  if (attributes.kind === 'include')
    throw new FormatError({
      format: 'ds389',
      what: 'a selection of attributes',
      problem: 'says which ones are replicated, and the server knows only which ones are not',
      remedy: 'use excludedAttributes',
      value: attributes.attributes.join(', '),
    });
  const list = `(objectclass=*) $ EXCLUDE ${attributes.attributes.map(attributeName).join(' ')}`;
  return [
    ['nsDS5ReplicatedAttributeList', list],
    ['nsDS5ReplicatedAttributeListTotal', list],
  ];
}

function times({ name }: DirectoryServerFacts, { updateMode }: Ds389Agreement): readonly (readonly [string, string])[] {
  if (updateMode.when === 'on-change') return [];
  if (updateMode.when === 'windows')
    return updateMode.windows.map((window): [string, string] => ['nsDS5ReplicaUpdateSchedule', schedule(window)]);
  throw new FormatError({
    format: 'ds389',
    what: `the updates of server '${name}'`,
    problem: 'have an interval, which the server does not know',
    remedy: 'use UpdateMode.during()',
  });
}
