import { delayedPlugin } from '../../topology/stonith-plugins';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { clusterOf } from '../ha-cf/cluster-of';
import { programFile } from '../readable-file';
import { build } from './build';
import { PLUGIN_DIRECTORY, pluginScript } from './plugin-script';

/** The STONITH plugins of a node's cluster that wait before they reset (X4). */
export function files(topology: Topology, host: EntityId): readonly RenderedFile[] {
  const cluster = clusterOf(topology, host);
  if (!cluster) return [];
  return build(topology, cluster).map((plugin) =>
    programFile(`${PLUGIN_DIRECTORY}/${delayedPlugin(plugin.plugin)}`, plugin.source, () => pluginScript(plugin)),
  );
}
