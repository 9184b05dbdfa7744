import { balancedMembers } from '../../topology/balanced-members';
import { isOpenLdap } from '../../topology/open-ldap-directory';
import type { BalancedServiceFacts, LoadBalancerFacts } from '../../topology/load-balancer';
import { dataDatabaseName } from '../../topology/openldap-databases';
import { sortedUnique } from '../../topology/order';
import { replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import type { Filter } from './filter';

/** A search that finds an entry of `cn=config` where the database of a directory may be used. */
export interface DatabaseSearch {
  readonly kind: 'search';
  /** Names that the entry has: servers with other directories count their databases otherwise. */
  readonly bases: readonly string[];
  readonly filter: Filter;
}

/** What a health check asks a server: a connection, an answer to EHLO, to an anonymous bind, or to a search. */
export type Question = { readonly kind: 'connect' | 'smtp' | 'bind' } | DatabaseSearch;

/**
 * What a service is asked. A server of OpenLDAP answers a bind while its directory is closed, so its configuration is
 * asked, of which anyone may read just that; 389 Directory Server shows nobody what its database does.
 */
export function questionOf(
  topology: Topology,
  balancer: Pick<LoadBalancerFacts, 'address'>,
  service: BalancedServiceFacts,
): Question {
  const { kind } = service.healthCheck;
  if (kind === 'connect' || kind === 'smtp') return { kind };
  if (service.kind === 'mail' || !isOpenLdap(topology, service.directory)) return { kind: 'bind' };
  const { directory } = service;
  const { suffix } = replicationGraph(topology).directory(directory);
  return {
    kind: 'search',
    bases: sortedUnique(
      balancedMembers(topology, balancer, service).flatMap(({ directoryServer }) =>
        directoryServer ? (dataDatabaseName(topology, directoryServer, directory) ?? []) : [],
      ),
    ),
    filter: {
      kind: 'and',
      filters: [
        { kind: 'equal', attribute: 'olcSuffix', value: suffix },
        { kind: 'not', filter: { kind: 'present', attribute: 'olcRestrict' } },
        ...(kind === 'ldap-role'
          ? ([{ kind: 'not', filter: { kind: 'equal', attribute: 'olcReadOnly', value: 'TRUE' } }] as const)
          : []),
      ],
    },
  };
}
