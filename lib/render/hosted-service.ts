import { lookup } from '../topology/lookup';
import type { ServiceFacts, ServiceSettings } from '../topology/service';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';
import { FormatError } from './format-error';

/** A service with the settings of one kind. */
export type ServiceOf<K extends ServiceSettings['kind']> = ServiceFacts & {
  readonly settings: Extract<ServiceSettings, { readonly kind: K }>;
};

/**
 * The service of a kind that a host may have to run: one of a group of a cluster it is a node of.
 * Debian has one set of configuration files per daemon, so two services of one kind on one host can not be expressed.
 * @throws FormatError when the host would have to run two of them
 */
export function hostedService<K extends ServiceSettings['kind']>(
  topology: Topology,
  host: EntityId,
  kind: K,
): ServiceOf<K> | undefined {
  const facts = lookup(topology);
  const found = facts
    .clustersOf(host)
    .flatMap((cluster) => cluster.groups)
    .flatMap((group) => facts.servicesOf(group))
    .filter((service): service is ServiceOf<K> => service.settings.kind === kind);
  const [service, second] = found;
  if (second) {
    throw new FormatError(
      {
        format: kind,
        what: `host '${facts.host(host).name}'`,
        problem: `would run two services that share the same files, '${found[0]?.id}' and '${second.id}'`,
        remedy: 'give the host one of them',
      },
      second.path,
    );
  }
  return service;
}
