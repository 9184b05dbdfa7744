import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { printVariables } from '../shell/variables';
import { build } from './build';
import { print } from './print';

/**
 * Files of saslauthd(8). None of them is activated: the daemon ignores the signal that its init script calls a reload,
 * so a change takes effect at the next start or switch.
 */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const configuration = build(topology, host);
  if (!configuration) return [];
  const { service, options } = configuration;
  const header = headerComment(service.path);
  const common = { owner: 'root', group: 'root', mode: '0644', secrets: [], source: service.path } as const;
  return FormatError.naming(service.path, () => [
    {
      ...common,
      path: '/etc/default/saslauthd',
      content: header + printVariables(configuration.defaults),
      checker: 'sh',
    },
    ...(options ? [{ ...common, path: '/etc/saslauthd.conf', content: header + print(options) }] : []),
  ]);
}
