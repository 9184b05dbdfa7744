import { createHash } from 'node:crypto';
import { imageFiles } from '../../render/containers/image-files';
import { imageName } from '../../render/containers/names';
import type { Topology } from '../../topology/topology';

/** The image of a deployment's containers. */
export interface ContainerImage {
  /** Name and tag, which changes with the files. */
  readonly name: string;
  readonly hash: string;
  /** Name to text. */
  readonly files: ReadonlyMap<string, string>;
}

/** An image on top of a base image of Debian. */
export function containerImage(topology: Topology, baseImage: string): ContainerImage {
  const files = imageFiles(topology, baseImage);
  const hash = createHash('sha256')
    .update(JSON.stringify([...files]))
    .digest('hex')
    .slice(0, 12);
  return { name: imageName(topology, hash), hash, files };
}
