/** Whether a directory is a mount point or lies in it. */
export function covers(mountPoint: string, directory: string): boolean {
  const point = mountPoint.endsWith('/') ? mountPoint.slice(0, -1) : mountPoint;
  return directory.startsWith(point) && (directory.length === point.length || directory[point.length] === '/');
}

/** The mount that holds a directory: of several, the one that is mounted deepest. */
export function innermost<Mount extends { readonly directory: string }>(
  mounts: readonly Mount[],
  directory: string,
): Mount | undefined {
  let found: Mount | undefined;
  for (const mount of mounts) {
    if (found && found.directory.length >= mount.directory.length) continue;
    if (covers(mount.directory, directory)) found = mount;
  }
  return found;
}

/** How many of some mount points a directory lies below: they have to be mounted before something is mounted there. */
export function depthBelow(directory: string, mountPoints: readonly string[]): number {
  return mountPoints.filter((above) => withSlash(above) !== withSlash(directory) && covers(above, directory)).length;
}

const withSlash = (directory: string): string => (directory.endsWith('/') ? directory : `${directory}/`);
