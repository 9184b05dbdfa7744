import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { printScript } from '../shell/script';
import { printVariables } from '../shell/variables';
import { printUnitFile, section } from '../systemd/unit-file';
import { build } from './build';
import { configScript } from './config-script';
import { print } from './print';

const LDIF = '/etc/ldap/slapd.ldif';
const SCRIPT = '/usr/local/sbin/tandem-slapd-config';

/**
 * Files of slapd(8). None of them is activated: slapd has no reload and reads its configuration only at a start, which
 * is the cluster's to order. A changed LDIF takes effect at the next start or switch.
 */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const configuration = build(topology, host);
  if (!configuration) return [];
  const { service } = configuration;
  const header = headerComment(service.path);
  const common = { owner: 'root', group: 'root', mode: '0644', secrets: [], source: service.path } as const;
  return FormatError.naming(service.path, () => [
    {
      ...common,
      path: '/etc/default/slapd',
      content: header + printVariables(configuration.defaults),
      checker: 'sh',
    },
    {
      ...common,
      path: LDIF,
      content: header + print(configuration.records),
      mode: '0640',
      group: 'openldap',
      secrets: [service.settings.administratorSecret],
      checker: 'slapadd',
    },
    {
      ...common,
      path: `/etc/systemd/system/${service.unit}.d/tandem-config.conf`,
      content: printUnitFile({
        source: service.path,
        sections: [section('Service', [['ExecStartPre', `+${SCRIPT}`]])],
      }),
      checker: 'systemd-analyze',
      activation: { kind: 'daemon-reload' },
    },
    {
      ...common,
      path: SCRIPT,
      content: printScript(
        configScript({
          source: service.path,
          ldif: LDIF,
          directory: '/etc/ldap/slapd.d',
          mountPoint: configuration.mountPoint,
        }),
      ),
      mode: '0755',
      checker: 'sh',
    },
  ]);
}
