import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { FileActivation, RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { stopsWithUnit } from '../wrapper-unit';
import { build } from './build';
import { printAuthentication, printParameters } from './print';

/** Files of PostgreSQL in the places of Debian's pg_ctlcluster(1), cluster `main`. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const configuration = build(topology, host);
  if (!configuration) return [];
  const { service, directory } = configuration;
  const header = headerComment(service.path);
  const activation: FileActivation = { kind: 'reload-if-active', unit: service.unit };
  const common = { owner: 'postgres', group: 'postgres', mode: '0644', secrets: [], source: service.path } as const;
  return FormatError.naming(service.path, () => [
    {
      ...common,
      path: `${directory}/postgresql.conf`,
      content: header + printParameters(configuration.parameters),
      checker: 'postgres',
      activation,
    },
    {
      ...common,
      path: `${directory}/pg_hba.conf`,
      content: header + printAuthentication(configuration.authentication),
      mode: '0640',
      checker: 'postgres',
      activation,
    },
    // Empty: no name of the operating system is mapped to another one of the database, on either node.
    { ...common, path: `${directory}/pg_ident.conf`, content: header, mode: '0640', activation },
    // Only `auto` clusters are started by postgresql.service, which is what the init script of the cluster manager
    // calls; at boot nothing starts, since that unit itself is disabled.
    { ...common, path: `${directory}/start.conf`, content: `${header}auto\n`, activation: { kind: 'daemon-reload' } },
    ...stopsWithUnit(
      service,
      `/usr/bin/pg_ctlcluster --skip-systemctl-redirect -m fast ${service.settings.version}-main stop`,
    ),
  ]);
}
