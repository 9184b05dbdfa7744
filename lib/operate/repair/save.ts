import type { DrbdResourceFacts } from '../../topology/drbd';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { HOST_PATH } from '../pair/probe';
import { shellWord } from '../../topology/shell-word';

/**
 * Saves what a node has of a resource below a directory, from its backing disk and read-only: a promotion would change
 * the copy, and would ask the other node to give up its own. The resource is down meanwhile and up at the end. A file
 * system that was closed becomes a tar archive with the owners as numbers; anything else an image. In one that was not
 * closed the newest data may be in the journal alone, which is replayed where a copy of the image is mounted: replayed
 * here it would change blocks behind DRBD's back, and the kernel does not do that on a read-only device.
 */
export function saveCommand(
  topology: Topology,
  resource: DrbdResourceFacts,
  host: HostFacts,
  directory: string,
  stamp: string,
): string {
  const mounts = topology.clusters.flatMap((cluster) => cluster.groups).flatMap((group) => group.members);
  const lines = resource.volumes.flatMap((volume) => {
    const disk = volume.disks.find((one) => one.host === host.id)?.disk;
    if (disk === undefined) return [];
    const mount = mounts.find((member) => member.kind === 'mount' && member.device === volume.device);
    const type = mount?.kind === 'mount' ? mount.fileSystem : '-';
    return [
      `save ${shellWord(disk)} ${shellWord(type)} ${shellWord(`${resource.name}-${volume.number}-${host.name}-${stamp}`)}`,
    ];
  });
  return `${HOST_PATH}
umask 077
directory=${shellWord(directory)}
resource=${shellWord(resource.name)}
fail() { echo "$1" >&2; exit 1; }
mkdir -p -- "$directory" || fail "$directory can not be made"
case $directory in /*) ;; *) fail "$directory is no absolute path" ;; esac
loop=
work=$(mktemp -d /run/tandem-save.XXXXXX) || exit 1
leave() {
  status=$?
  trap - EXIT
  umount "$work" 2>/dev/null
  [ -z "$loop" ] || losetup --detach "$loop"
  rmdir "$work"
  drbdadm up "$resource" || status=1
  exit "$status"
}
trap leave EXIT
trap 'exit 143' HUP INT TERM
drbdadm down "$resource" || fail "$resource can not be taken down"
room() { [ "$(df --output=avail -k -- "$directory" | tail -n 1)" -gt "$1" ] || fail "$directory has no room for $1 KiB of $resource"; }
save() { # DISK TYPE NAME
  loop=$(losetup --find --show --read-only -- "$1") || fail "no loop device for $1"
  if [ "$2" != - ] && mount -t "$2" -o ro -- "$loop" "$work" 2>/dev/null; then
    room "$(df --output=used -k -- "$work" | tail -n 1)"
    tar -C "$work" --numeric-owner --one-file-system -cf "$directory/$3.tar.part" . || fail "tar of $1 failed"
    umount "$work" || fail "$1 can not be unmounted"
    sync "$directory/$3.tar.part"
    mv -- "$directory/$3.tar.part" "$directory/$3.tar"
    echo "$directory/$3.tar"
  else
    room "$(($(blockdev --getsize64 "$1") / 1024))"
    dd if="$1" of="$directory/$3.img.part" bs=1M conv=fsync,sparse status=none || fail "copy of $1 failed"
    mv -- "$directory/$3.img.part" "$directory/$3.img"
    echo "$directory/$3.img"
  fi
  losetup --detach "$loop" && loop=
}
${lines.join('\n')}`;
}
