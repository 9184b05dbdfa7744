import { rolesOf } from '../../render/containers/roles';
import type { RenderedFile } from '../../render/file';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { renderedFiles } from '../rendered-files';

/**
 * The files of a host that its container gets: those of its roles. Docker itself sees to `/etc/hosts`, the machine of the
 * daemon to the clock, and without systemd units mean nothing.
 */
export function containerFiles(topology: Topology, host: HostFacts): readonly RenderedFile[] {
  const sources = new Set(rolesOf(topology, host).flatMap(({ needs }) => needs.sources));
  return renderedFiles(topology, host.id).filter(
    (file) => sources.has(file.source) && !file.path.startsWith('/etc/systemd/'),
  );
}
