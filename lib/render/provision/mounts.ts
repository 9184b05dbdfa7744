/** Shell functions: a file system on a volume, and the directories that the services need in it. */
export const MOUNTS = `
work=
mounted=
promoted=

# Left before the end, or at it: what is mounted or promoted here is neither any more.
leave() {
  status=$?
  trap - EXIT
  set +e
  put_back || status=1
  if [ -n "$work" ]; then rmdir -- "$work/mount" "$work"; fi
  exit "$status"
}

put_back() {
  if [ -n "$mounted" ]; then
    attempt umount -- "$mounted" || { say "ERROR: $mounted could not be unmounted; do that, then run 'drbdadm secondary $promoted'" >&2; return 1; }
    mounted=
  fi
  if [ -n "$promoted" ]; then
    attempt drbdadm secondary "$promoted" || { say "ERROR: $promoted is still primary on this node; run 'drbdadm secondary $promoted'" >&2; return 1; }
    promoted=
  fi
}

# udev and others open a device for a moment after it was used.
attempt() {
  for try in 1 2 3 4 5; do
    if "$@" </dev/null >/dev/null 2>&1; then return 0; fi
    if [ "$try" -lt 5 ]; then sleep 1; fi
  done
  "$@" </dev/null
}

# The contents of one volume: MODE OWNER GROUP INITDB BELOW
contents_of() { printf '%s\\n' "$contents" | while read -r of line; do if [ "$of" = "$1" ]; then echo "$line"; fi; done; }

initdb_of() { echo "$root/usr/lib/postgresql/$1/bin/initdb"; }

# What is missing is known before anything is made.
check_programs() { # TYPE DEVICE
  case $1 in
    ext4) programs='mkfs.ext4 e2label' ;;
    xfs) programs='mkfs.xfs xfs_admin' ;;
    *) fail "$2 has no file system, and one of type $1 is not made here; make it yourself, or use ext4 or xfs" ;;
  esac
  for program in $programs; do
    command -v "$program" >/dev/null || fail "$2 needs a file system, and $program is not installed"
  done
  while read -r mode owner group version below; do
    if [ -z "$mode" ]; then continue; fi
    getent passwd "$owner" </dev/null >/dev/null || fail "$2: there is no user $owner for $below; install the service first"
    getent group "$group" </dev/null >/dev/null || fail "$2: there is no group $group for $below; install the service first"
    if [ "$version" != - ] && ! [ -x "$(initdb_of "$version")" ]; then
      fail "$2: $(initdb_of "$version") is missing; install PostgreSQL $version first"
    fi
  done <<END
$(contents_of "$2")
END
}

make_file_system() { # TYPE DEVICE
  case $1 in
    ext4) mkfs.ext4 -q -L "$unfinished" "$2" </dev/null ;;
    xfs) mkfs.xfs -q -L "$unfinished" "$2" </dev/null ;;
  esac
}

# Without the label nothing is ever made in it again.
finish_file_system() { # TYPE DEVICE
  case $1 in
    ext4) e2label "$2" '' </dev/null ;;
    xfs) xfs_admin -L -- "$2" </dev/null >/dev/null ;;
  esac
}

# initdb(1) works in a directory beside the last one, so that a half database never bears its name.
make_database() { # DIRECTORY VERSION
  if [ -s "$1/PG_VERSION" ]; then return 0; fi
  if [ "$1" = "$mounted/." ]; then
    new=$mounted
    # Of a new ext4; fsck(8) makes it again when it needs it, and initdb wants an empty directory.
    if [ -d "$new/lost+found" ]; then rmdir -- "$new/lost+found" || return 1; fi
    install -d -m 0700 -o postgres -g postgres -- "$new" || return 1
  else
    new=$1.$unfinished
    rm -rf -- "$new"
    install -d -m 0700 -o postgres -g postgres -- "$new" || return 1
  fi
  setpriv --reuid=postgres --regid=postgres --init-groups -- "$(initdb_of "$2")" -D "$new" -U postgres -E UTF8 \\
    --locale=C.UTF-8 --auth-local=peer --auth-host=scram-sha-256 </dev/null >/dev/null || return 1
  if [ "$new" != "$mounted" ]; then mv -T -- "$new" "$1"; fi
}

fill() { # DEVICE
  while read -r mode owner group version below; do
    if [ -z "$mode" ]; then continue; fi
    # The way there is open to all, or the service's user could not go it.
    (umask 022 && mkdir -p -- "$(dirname -- "$mounted/$below")") || return 1
    if [ "$version" = - ]; then
      install -d -m "$mode" -o "$owner" -g "$group" -- "$mounted/$below" || return 1
      say "  $below for $owner"
    else
      make_database "$mounted/$below" "$version" || return 1
      say "  $below: a new database cluster of PostgreSQL $version"
    fi
  done <<END
$(contents_of "$1")
END
}

prepare_mount() { # RESOURCE DEVICE TYPE DIRECTORY
  promoted=$1
  quietly drbdadm primary "$1" || {
    promoted=
    fail "$1: drbdadm primary failed; see 'drbdadm dstate $1'"
  }
  found=$(content_of "$2")
  begun=
  if [ -n "$found" ]; then
    type=$(blkid -p -o value -s TYPE "$2" </dev/null 2>/dev/null) || type=
    if [ "$type" != "$3" ]; then fail "$2: $4 wants $3, and the device has something else: $found"; fi
    if [ "$(blkid -p -o value -s LABEL "$2" </dev/null 2>/dev/null)" = "$unfinished" ]; then begun=1; fi
  fi
  if [ -n "$found" ] && [ -z "$begun" ]; then
    say "$1: $2 has its file system and is left alone"
  else
    check_programs "$3" "$2"
    if [ -n "$begun" ]; then
      say "$1: an earlier run did not complete the file system of $2; going on with it"
    else
      say "$1: making $3 on $2 for $4"
      make_file_system "$3" "$2" || fail "$2: mkfs failed"
    fi
    mount -t "$3" -- "$2" "$work/mount" </dev/null || fail "$2 can not be mounted"
    mounted=$work/mount
    fill "$2" || fail "$2: what the services need could not be made; this is repeated when the command runs again"
    sync
    attempt umount -- "$mounted" || fail "$mounted can not be unmounted"
    mounted=
    finish_file_system "$3" "$2" || fail "$2: the label '$unfinished' could not be removed"
  fi
  put_back || exit 1
}
`;
