import { buildCompose, type ComposeFile } from '../../render/compose/build';
import { MOUNTS } from '../../render/containers/places';
import type { BindMount, DaemonDescription } from '../../render/containers/description';
import type { HostFacts } from '../../topology/site';
import { containerFiles } from './container-files';
import type { Topology } from '../../topology/topology';

/** Folder of a deployment with what Compose brings to each container. */
export const BUNDLES = 'containers';

/** Folder that images are built from. */
export const IMAGE = 'image';

/**
 * compose.yaml as data. Containers get what Terraform would bring them from mounted files: the bundle of their host, and
 * the values of the secrets that it needs.
 */
export function composeOf(
  topology: Topology,
  hosts: readonly HostFacts[],
  description: DaemonDescription,
  secrets: string,
): ComposeFile {
  const binds = new Map(
    hosts.map((host): [string, readonly BindMount[]] => [
      host.name,
      [
        { source: `./${BUNDLES}/${host.name}`, target: MOUNTS.bundle },
        ...secretsOf(topology, host).map((name) => ({
          source: `${secrets}/${name}`,
          target: `${MOUNTS.secrets}/${name}`,
        })),
      ],
    ]),
  );
  return buildCompose(description, { image: `./${IMAGE}`, binds });
}

/** Names of the secrets that the files of a container need, sorted. */
function secretsOf(topology: Topology, host: HostFacts): readonly string[] {
  return [...new Set(containerFiles(topology, host).flatMap((file) => file.secrets))].sort();
}
