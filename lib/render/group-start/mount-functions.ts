/**
 * Shell functions that mount and unmount the file systems of a group with the checks of the agent `Filesystem` of
 * resource-agents. They read `$volumes`, lines of depth, device, directory, type and options, and say with `note` what
 * is wrong. The kernel's table of mounts is read into a variable once and searched there: a process for each question
 * is what makes a chain of agents slow.
 */
export const MOUNT_FUNCTIONS = `look_at_mounts() {
  table=$newline$(cat "$mount_table")$newline
}

# The directory as the kernel names it in its table.
canonical() { # DIRECTORY
  place=$1
  if cd -P "$1" 2>/dev/null; then place=$PWD; fi
  cd /
}

# What is mounted at the place, the last of several.
mounted_there() {
  there=\${table%" $place "*}
  there=\${there##*"$newline"}
}

is_mounted() {
  case $table in *" $place "*) return 0 ;; esac
  return 1
}

# A mount there would hide what is mounted below it.
hides_mounts() {
  case $table in *" $place/"*) return 0 ;; esac
  return 1
}

same_device() { # DEVICE DEVICE
  [ "\${1%/}" = "\${2%/}" ] || [ "$(readlink -f "$1")" = "$(readlink -f "$2")" ]
}

is_elsewhere() { # DEVICE
  name=$1
  if [ -L "$1" ]; then name=$(readlink -f "$1"); fi
  case $table in *"$newline$1 "* | *"$newline$name "*) return 0 ;; esac
  return 1
}

await() {
  for pid in $pids; do wait "$pid" || failed=1; done
  pids=
}

is_block() { # TYPE OPTIONS
  case $1 in nfs | nfs4 | cifs | smbfs | none | tmpfs | overlay | glusterfs | ceph) return 1 ;; esac
  case ,$2, in *,loop,* | *,loop=* | *,bind,* | *,rbind,*) return 1 ;; esac
}

is_known() { # TYPE
  case $1 in none | auto) return 0 ;; fuse.* | glusterfs) set -- fuse ;; esac
  if listed "$1"; then return 0; fi
  modprobe "$1" || return 1
  listed "$1"
}

listed() { # TYPE
  while read -r first second; do
    if [ "\${second:-$first}" = "$1" ]; then return 0; fi
  done <"$type_table"
  return 1
}

# Of these the mount itself replays the journal, or nobody else may touch them.
is_checked_first() { # TYPE
  case $1 in ext4 | ext4dev | ext3 | reiserfs | reiser4 | nss | xfs | jfs | vfat | fat | ocfs2 | gfs2) return 1 ;; esac
}

# What DRBD has just promoted nobody can have read before.
flush() { # DEVICE
  case $1 in /dev/drbd*) return 0 ;; esac
  if [ -b "$1" ]; then blockdev --flushbufs "$1" || :; fi
}

mount_one() { # DEVICE DIRECTORY TYPE OPTIONS
  if ! is_known "$3"; then
    note "$2: this kernel has no file system $3"
    return 1
  fi
  if is_block "$3" "$4"; then
    if [ ! -b "$1" ]; then udevadm settle -t 30 --exit-if-exists="$1" || :; fi
    if [ ! -b "$1" ]; then
      note "$2: there is no device $1"
      return 1
    fi
    if is_checked_first "$3"; then
      result=0
      fsck -t "$3" -p "$1" || result=$?
      if [ "$result" -ge 4 ]; then
        note "$2: fsck of $1 failed with $result"
        return 1
      fi
    fi
    flush "$1"
  fi
  if [ ! -d "$2" ] && ! (umask 022 && mkdir -p "$2"); then
    note "$2: the directory can not be made"
    return 1
  fi
  mount -t "$3" \${4:+-o "$4"} "$1" "$2" || {
    note "$2: $1 can not be mounted"
    return 1
  }
}

# Those of one depth at the same time, so that their journals are replayed at the same time.
mount_all() {
  look_at_mounts
  failed='' pids='' level=0
  while read -r depth device directory type options; do
    if [ -z "$depth" ]; then continue; fi
    if [ "$depth" != "$level" ]; then await; fi
    level=$depth
    canonical "$directory"
    if is_mounted; then
      mounted_there
      if same_device "$there" "$device"; then continue; fi
      note "$directory: $there is mounted there, and not $device"
      failed=1
    elif hides_mounts; then
      note "$directory: something is mounted below it already"
      failed=1
    elif is_block "$type" "$options" && is_elsewhere "$device"; then
      note "$directory: $device is mounted elsewhere already"
      failed=1
    else
      mount_one "$device" "$directory" "$type" "$options" &
      pids="$pids $!"
    fi
  done <<END
$volumes
END
  await
  [ -z "$failed" ]
}

# Every mount that keeps the group's storage in use: at or below one of its directories, or of one of its devices at
# another place. Those with nothing above them are in \`leaves\`, lines of a type, a device and a place.
find_held() {
  look_at_mounts
  directories='' own=$newline devices=$newline held=$newline found=''
  while read -r _ device directory _; do
    if [ -z "$directory" ]; then continue; fi
    canonical "$directory"
    directories="$directories$place$newline"
    if [ -L "$device" ]; then device=$device$newline$(readlink -f "$device"); fi
    own=$own$device$newline
    case $device in /dev/*) devices=$devices$device$newline ;; esac
  done <<END
$volumes
END
  IFS=$newline
  for line in $table; do
    device=\${line%% *} rest=\${line#* }
    place=\${rest%% *} rest=\${rest#* }
    ours=
    case $devices in *"$newline$device$newline"*) ours=1 ;; esac
    for directory in $directories; do
      case $place/ in "\${directory%/}"/*) ours=1 ;; esac
    done
    if [ -n "$ours" ]; then
      held=$held$place$newline
      found="$found\${rest%% *} $device $place$newline"
    fi
  done
  leaves='' busy=''
  for line in $found; do
    place=\${line##* }
    case $held in
      *"$newline$place/"*) ;;
      *) leaves=$leaves$line$newline busy="$busy $place" ;;
    esac
  done
  IFS=$words
}

# The kernel writes a blank in a name as \\040.
written() { # PLACE
  case $1 in
    *\\\\*) place=$(printf '%b' "$1") ;;
    *) place=$1 ;;
  esac
}

unmount_leaves() {
  failed='' pids=''
  while read -r type _ place; do
    if [ -z "$place" ]; then continue; fi
    written "$place"
    case $type in
      nfs | nfs4 | cifs | smbfs) umount -f "$place" & ;;
      *) umount "$place" & ;;
    esac
    pids="$pids $!"
  done <<END
$leaves
END
  await
}

# fuser finds every process of the file system, wherever that is mounted beside: of one that others put here only when it
# is mounted nowhere else, as the node's own may be.
signal_leaves() { # SIGNAL
  while read -r _ device place; do
    if [ -z "$place" ]; then continue; fi
    case $own in
      *"$newline$device$newline"*) ;;
      *) case $table in *"$newline$device "*"$newline$device "*) continue ;; esac ;;
    esac
    written "$place"
    note "$place is in use: $1 for its processes"
    fuser -k "-$1" -M -m "$place" >/dev/null 2>&1 || :
  done <<END
$leaves
END
}

# Three times with TERM, then three times with KILL, as the agent does; heartbeat tries a stop that failed again.
unmount_all() {
  last='' tries=0
  while find_held; [ -n "$found" ]; do
    if [ "$held" = "$last" ]; then
      tries=$((tries + 1))
      if [ "$tries" -gt 6 ]; then
        note "can not be unmounted:$busy"
        return 1
      fi
      if [ "$tries" -le 3 ]; then signal_leaves TERM; else signal_leaves KILL; fi
      sleep 1
    else
      tries=0
    fi
    last=$held
    unmount_leaves
  done
  while read -r _ device _ type options; do
    if [ -n "$device" ] && is_block "$type" "$options"; then flush "$device"; fi
  done <<END
$volumes
END
}
`;
