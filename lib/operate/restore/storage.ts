import type { MountMemberFacts, ResourceGroupFacts } from '../../topology/cluster';
import type { Topology } from '../../topology/topology';
import { resourcesOf } from '../pair/pair';
import { HOST_PATH } from '../pair/probe';
import { shellWord } from '../../topology/shell-word';

/** The file systems of a group in the order in which they are mounted. */
export function mountsOf(group: ResourceGroupFacts): readonly MountMemberFacts[] {
  return group.members.flatMap((member) => (member.kind === 'mount' ? [member] : []));
}

/** Promotes and mounts what a group needs, in its order; what is mounted already is left alone. */
export function openStorage(topology: Topology, group: ResourceGroupFacts): string {
  return [
    HOST_PATH,
    'set -e',
    ...resourcesOf(topology, group).map(({ name }) => `drbdadm primary ${shellWord(name)}`),
    ...mountsOf(group).map(({ device, directory, fileSystem, options }) => {
      const [from, to] = [shellWord(device), shellWord(directory)];
      const given = options === undefined ? '' : ` -o ${shellWord(options)}`;
      return `mountpoint -q -- ${to} || { mkdir -p -- ${to}; mount -t ${shellWord(fileSystem)}${given} -- ${from} ${to}; }`;
    }),
  ].join('\n');
}

/** Unmounts and demotes, in reverse order, as often as it takes: a device may be open for a moment after its use. */
export function closeStorage(topology: Topology, group: ResourceGroupFacts): string {
  const unmount = [...mountsOf(group)].reverse().map(({ directory }) => {
    const to = shellWord(directory);
    return `if mountpoint -q -- ${to}; then attempt umount -- ${to} || failed=1; fi`;
  });
  const demote = [...resourcesOf(topology, group)].reverse();
  return [
    HOST_PATH,
    'failed=0',
    'attempt() { for try in 1 2 3 4; do "$@" 2>/dev/null && return 0; sleep 1; done; "$@"; }',
    ...unmount,
    ...demote.map(({ name }) => `attempt drbdadm secondary ${shellWord(name)} || failed=1`),
    'exit "$failed"',
  ].join('\n');
}
