import type { RenderedFile } from '../render/file';
import { renderHost } from '../render/render';
import { oncePerTopology } from '../topology/once-per-topology';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';

/** The files of a host, rendered once for Terraform, for the output folder and for the report. */
export const renderedFiles: (topology: Topology, host: EntityId) => readonly RenderedFile[] =
  oncePerTopology(renderHost);
