import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { programFile, readableFile } from '../readable-file';
import { build } from './build';
import { GROUP_SCRIPT, groupConfiguration } from './names';
import { print } from './print';
import { groupScript } from './script';

/** The resource script of groups that start together, and what it knows of each; nothing where all start in turn. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const groups = build(topology, host);
  if (groups.length === 0) return [];
  // The deployment, and not the host, is its source: it is the same on both nodes (X16).
  const source = topology.path;
  return [
    programFile(GROUP_SCRIPT, source, () => groupScript(source)),
    // The script reads the file anew in each call.
    ...groups.map((group) =>
      readableFile(
        FormatError.naming(group.source, () => groupConfiguration(group.name)),
        group.source,
        () => print(group),
      ),
    ),
  ];
}
