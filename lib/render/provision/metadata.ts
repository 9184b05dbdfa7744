/** Shell functions: what is on a device, and DRBD metadata for devices with nothing on them. */
export const METADATA = `
# present, none, or unknown: get-gi only fails, dump-md says why.
metadata_of() { # RESOURCE/NUMBER
  if drbdadm get-gi "$1" </dev/null >/dev/null 2>&1; then
    echo present
  elif answer=$(drbdadm dump-md "$1" </dev/null 2>&1); then
    echo present
  else
    case $answer in
      *'No valid meta data found'*) echo none ;;
      *) echo unknown ;;
    esac
  fi
}

# What blkid and wipefs find, on one line; nothing when both find nothing.
content_of() { # DEVICE
  code=0
  probed=$(blkid -p "$1" </dev/null 2>&1) || code=$?
  # blkid(8): 2 is "nothing found", and also "can not be read", with a message.
  if [ "$code" -ne 2 ] && [ -z "$probed" ]; then probed="blkid ends with status $code"; fi
  signatures=$(wipefs -n "$1" </dev/null 2>&1) || signatures="wipefs fails: $signatures"
  printf '%s %s' "$probed" "$signatures" | tr '\\n' ' ' | sed 's/  */ /g; s/^ //; s/ $//'
}

refuse() {
  say "ERROR: $1" >&2
  refused=1
}

# Everything is looked at before anything is changed.
look_at_devices() {
  create=
  refused=
  while read -r resource number device disk meta; do
    missing=
    for backing in $disk $meta; do
      if [ "$backing" = internal ]; then continue; fi
      if ! blockdev --getsize64 "$backing" </dev/null >/dev/null 2>&1; then
        refuse "$resource/$number: there is no block device $backing; create the partition or volume, or correct 'disk' in the stack"
        missing=1
      fi
    done
    if [ -n "$missing" ]; then continue; fi
    case $(metadata_of "$resource/$number") in
      present) say "$resource/$number: $disk has DRBD metadata and is left alone" ;;
      none)
        empty=1
        for backing in $disk $meta; do
          if [ "$backing" = internal ]; then continue; fi
          found=$(content_of "$backing")
          if [ -n "$found" ]; then
            empty=
            refuse "$resource/$number: $backing has no DRBD metadata of this kind, but is not empty: $found. Save what it holds and clear it with 'wipefs -a $backing', or give the resource another device"
          fi
        done
        if [ -n "$empty" ]; then create="$create $resource/$number"; fi
        ;;
      *) refuse "$resource/$number: it is not certain whether $disk has DRBD metadata; see 'drbdadm dump-md $resource/$number'" ;;
    esac
  done <<END
$(own_volumes)
END
  if [ -n "$refused" ]; then fail 'nothing was changed on any device'; fi
}

is_up() { # RESOURCE
  case $(drbdadm role "$1" </dev/null 2>/dev/null) in
    *Primary* | *Secondary*) return 0 ;;
    *) return 1 ;;
  esac
}

metadata() {
  # The metadata is that of the generation that the kernel has, so the module comes first.
  modprobe drbd </dev/null || fail 'the kernel has no module drbd; install it for this kernel'
  look_at_devices
  for volume in $create; do
    say "$volume: its device is empty, creating metadata"
    quietly drbdadm create-md --force "$volume" || fail "$volume: drbdadm create-md failed"
  done
  for resource in $(own_resources); do
    if is_up "$resource"; then
      quietly drbdadm adjust "$resource" || fail "$resource: drbdadm adjust failed"
    else
      quietly drbdadm up "$resource" || fail "$resource: drbdadm up failed"
      say "$resource: is up"
    fi
  done
}
`;
