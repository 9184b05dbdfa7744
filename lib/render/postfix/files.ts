import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { FileActivation, RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { stopsWithUnit } from '../wrapper-unit';
import { build } from './build';
import { printMain, printMaster } from './print';

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
    ...stopsWithUnit(service, '/usr/sbin/postmulti -i - -p stop'),
  ]);
}
