/** Whether a directory is a mount point or lies in it. */
export function covers(mountPoint: string, directory: string): boolean {
  const length = mountPoint.endsWith('/') ? mountPoint.length - 1 : mountPoint.length;
  return (
    directory.startsWith(mountPoint.slice(0, length)) && (directory.length === length || directory[length] === '/')
  );
}

/** How many of some mount points a directory lies below: they have to be mounted before something is mounted there. */
export function depthBelow(directory: string, mountPoints: readonly string[]): number {
  return mountPoints.filter((above) => withSlash(above) !== withSlash(directory) && covers(above, directory)).length;
}

const withSlash = (directory: string): string => (directory.endsWith('/') ? directory : `${directory}/`);
