/** Whether a directory is a mount point or lies in it. */
export function covers(mountPoint: string, directory: string): boolean {
  return withSlash(directory).startsWith(withSlash(mountPoint));
}

/** How many of some mount points a directory lies below: they have to be mounted before something is mounted there. */
export function depthBelow(directory: string, mountPoints: readonly string[]): number {
  return mountPoints.filter((above) => withSlash(above) !== withSlash(directory) && covers(above, directory)).length;
}

const withSlash = (directory: string): string => (directory.endsWith('/') ? directory : `${directory}/`);
