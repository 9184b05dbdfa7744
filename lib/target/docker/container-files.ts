import { serverOf } from '../../render/containers/describe';
import type { RenderedFile } from '../../render/file';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { renderedFiles } from '../rendered-files';

/**
 * The files of a host that its container gets: those of its server. Docker itself sees to `/etc/hosts`, the machine of the
 * daemon to the clock, and without systemd units mean nothing.
 */
export function containerFiles(topology: Topology, host: HostFacts): readonly RenderedFile[] {
  const source = serverOf(topology, host)?.path;
  return renderedFiles(topology, host.id).filter(
    (file) => file.source === source && !file.path.startsWith('/etc/systemd/'),
  );
}
