import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { FileActivation, RenderedFile } from '../file';
import { slapdFiles } from '../slapd/slapd-files';
import { build } from './build';
import { CARRY_OVER } from './carry-over';
import { gateFiles } from './gate-files';
import { ONLINE, ONLINE_COMMANDS, RESTART_NEEDED } from './online';

const UNIT = 'slapd.service';

/** What takes note of a changed file. Most of a changed LDIF slapd takes up while it runs; the rest at a start. */
const ACTIVATIONS: Readonly<Record<string, FileActivation>> = {
  '/etc/default/slapd': { kind: 'restart', unit: UNIT },
  '/etc/ldap/slapd.ldif': {
    kind: 'command',
    command: `/usr/local/sbin/tandem-slapd-config online || { [ $? -eq ${RESTART_NEEDED} ] && systemctl restart ${UNIT}; }`,
  },
  [`/etc/systemd/system/${UNIT}.d/tandem-config.conf`]: { kind: 'enable', unit: UNIT },
  '/usr/local/sbin/tandem-directory-gate': { kind: 'restart', unit: 'tandem-directory-gate.service' },
};

/** Files of an OpenLDAP server that is a replica. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const configuration = build(topology, host);
  if (!configuration) return [];
  const { server, identities, ...rest } = configuration;
  return [
    ...slapdFiles({
      source: server.path,
      unit: UNIT,
      ...rest,
      replica: { functions: `${CARRY_OVER}\n${ONLINE}`, commands: ONLINE_COMMANDS },
    }),
    ...gateFiles(topology, server),
    ...identities,
  ].map((file) => ({ ...file, activation: ACTIVATIONS[file.path] ?? file.activation }));
}
