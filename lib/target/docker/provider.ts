import { createRequire } from 'node:module';
import type * as container from '@cdktf/provider-docker/lib/container';
import type * as image from '@cdktf/provider-docker/lib/image';
import type * as network from '@cdktf/provider-docker/lib/network';
import type * as provider from '@cdktf/provider-docker/lib/provider';
import type * as volume from '@cdktf/provider-docker/lib/volume';
import { TargetError } from '../target-error';

/** The bindings of the provider, as far as they are used. */
export type DockerBindings = Pick<typeof container, 'Container'> &
  Pick<typeof image, 'Image'> &
  Pick<typeof network, 'Network'> &
  Pick<typeof provider, 'DockerProvider'> &
  Pick<typeof volume, 'Volume'>;

let loaded: DockerBindings | undefined;

/**
 * The provider's bindings, loaded by the first target that needs them: who deploys to servers alone does not install them.
 * @throws TargetError `docker/provider`
 */
export function dockerBindings(path: string): DockerBindings {
  loaded ??= load(path);
  return loaded;
}

function load(path: string): DockerBindings {
  const require = createRequire(__filename);
  try {
    return {
      ...(require('@cdktf/provider-docker/lib/container') as typeof container),
      ...(require('@cdktf/provider-docker/lib/image') as typeof image),
      ...(require('@cdktf/provider-docker/lib/network') as typeof network),
      ...(require('@cdktf/provider-docker/lib/provider') as typeof provider),
      ...(require('@cdktf/provider-docker/lib/volume') as typeof volume),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new TargetError(
      path,
      'docker/provider',
      'the bindings of the provider are not installed',
      '@cdktf/provider-docker',
      'npm install @cdktf/provider-docker',
    );
  }
}
