import type { RenderedFile } from '../render/file';
import { renderHost } from '../render/render';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';

const rendered = new WeakMap<Topology, Map<EntityId, readonly RenderedFile[]>>();

/** The files of a host, rendered once for Terraform, for the output folder and for the report. */
export function renderedFiles(topology: Topology, host: EntityId): readonly RenderedFile[] {
  let hosts = rendered.get(topology);
  if (!hosts) {
    hosts = new Map();
    rendered.set(topology, hosts);
  }
  let files = hosts.get(host);
  if (!files) {
    files = renderHost(topology, host);
    hosts.set(host, files);
  }
  return files;
}
