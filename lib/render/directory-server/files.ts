import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { slapdFiles } from '../slapd/slapd-files';
import { build } from './build';
import { CARRY_OVER } from './carry-over';
import { gateFiles } from './gate-files';
import { ONLINE, ONLINE_COMMANDS } from './online';

/**
 * Files of an OpenLDAP server that is a replica. A changed LDIF takes effect at the next start, which is ordered server by
 * server and not by the file.
 */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const configuration = build(topology, host);
  if (!configuration) return [];
  const { server, ...rest } = configuration;
  return [
    ...slapdFiles({
      source: server.path,
      unit: 'slapd.service',
      ...rest,
      replica: { functions: `${CARRY_OVER}\n${ONLINE}`, commands: ONLINE_COMMANDS },
    }),
    ...gateFiles(topology, server),
  ];
}
