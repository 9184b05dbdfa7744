import type { ServiceFacts, ServiceSettings } from '../../lib/topology/service';
import type { Topology } from '../../lib/topology/topology';

type SettingsOf<K extends ServiceSettings['kind']> = Extract<ServiceSettings, { readonly kind: K }>;

/** The topology with other settings for its services of a kind, and other facts where given. */
export function withSettings<K extends ServiceSettings['kind']>(
  topology: Topology,
  kind: K,
  settings: Partial<SettingsOf<K>>,
  facts: Partial<ServiceFacts> = {},
): Topology {
  return {
    ...topology,
    services: topology.services.map((service) =>
      service.settings.kind === kind
        ? { ...service, ...facts, settings: { ...service.settings, ...settings } as ServiceSettings }
        : service,
    ),
  };
}

/** The topology with each group split: the services of the named kinds run in a group of their own, with an address. */
export function withOwnGroup(topology: Topology, kinds: readonly ServiceSettings['kind'][], address: string): Topology {
  const apart = new Set(topology.services.filter(({ settings }) => kinds.includes(settings.kind)).map(({ id }) => id));
  return {
    ...topology,
    clusters: topology.clusters.map((cluster) => ({
      ...cluster,
      groups: cluster.groups.flatMap((group) => [
        {
          ...group,
          members: group.members.filter((member) => !(member.kind === 'service' && apart.has(member.service))),
        },
        {
          ...group,
          id: `${group.id}/apart`,
          name: `${group.name}-apart`,
          members: [
            {
              kind: 'address' as const,
              id: `${group.id}/address`,
              path: group.path,
              address,
              interfaces: [],
              script: 'IPaddr2' as const,
            },
            ...group.members.filter((member) => member.kind === 'service' && apart.has(member.service)),
          ],
        },
      ]),
    })),
  };
}
