import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';
import type { FileActivation, RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { renderedUnit } from '../systemd/rendered-unit';
import { section } from '../systemd/unit-file';
import { processUnits } from '../../topology/service-units';
import { stopsWithUnit } from '../wrapper-unit';
import { build } from './build';
import { printMain, printMaster } from './print';

/**
 * Debian's package makes the table of aliases only when it configures Postfix; without it every local look-up fails for
 * the moment. A table that exists is the administrator's.
 */
const MAKE_ALIASES =
  "/bin/sh -c 'test -e /etc/aliases.db || { test -e /etc/aliases || : >/etc/aliases; chmod 0644 /etc/aliases; postalias hash:/etc/aliases; }'";

function aliasTable(source: ConstructPath, unit: string): RenderedFile {
  return renderedUnit(`${unit}.d/tandem-aliases.conf`, source, [section('Service', [['ExecStartPre', MAKE_ALIASES]])]);
}

/** Files of Postfix. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const configuration = build(topology, host);
  if (!configuration) return [];
  const { service } = configuration;
  const header = headerComment(service.path);
  const activation: FileActivation = { kind: 'reload-if-active', unit: service.unit };
  const common = { owner: 'root', group: 'root', mode: '0644', secrets: [], source: service.path } as const;
  return FormatError.naming(service.path, () => [
    {
      ...common,
      path: '/etc/postfix/main.cf',
      content: header + printMain(configuration.parameters),
      checker: 'postfix',
      activation,
    },
    {
      ...common,
      path: '/etc/postfix/master.cf',
      content: header + printMaster(configuration.services),
      checker: 'postfix',
      activation,
    },
    ...processUnits(service).map((unit) => aliasTable(service.path, unit)),
    ...stopsWithUnit(service, '/usr/sbin/postmulti -i - -p stop'),
  ]);
}
