/**
 * Shell function: heartbeat is started where it shall run, and never restarted. It answers its clients when it has seen
 * its peer or `initdead` is over, and then it fences a peer that it has not seen: all nodes start before one is waited for.
 */
export const START = `
start() {
  if ! systemctl is-enabled --quiet heartbeat.service </dev/null 2>/dev/null; then
    say 'heartbeat is not enabled on this node and is left alone'
    return 0
  fi
  if systemctl is-active --quiet heartbeat.service </dev/null; then
    say 'heartbeat runs already'
  else
    say 'starting heartbeat'
    # It may wait for its peer before it starts; the limit for that is the one below.
    systemctl start --no-block heartbeat.service </dev/null || fail "heartbeat does not start; see 'journalctl -u heartbeat'"
  fi
  if [ -n "$no_wait" ]; then return 0; fi
  waited=0
  until cl_status hbstatus </dev/null >/dev/null 2>&1; do
    if systemctl is-failed --quiet heartbeat.service </dev/null; then fail "heartbeat failed; see 'journalctl -u heartbeat'"; fi
    if [ "$waited" -ge "$wait" ]; then fail "heartbeat does not answer after $wait s; see 'journalctl -u heartbeat'"; fi
    if [ $((waited % 10)) -eq 9 ]; then say "waiting for heartbeat ($waited of $wait s)"; fi
    sleep 1
    waited=$((waited + 1))
  done
  say 'heartbeat answers'
}
`;

/** Shell function: what there is, without a change. */
export const STATUS = `
# A secondary's device can not be read, but its backing device begins with the same file system. DRBD writes past the
# buffers of that device, so what was read there before is dropped first.
file_system_of() { # DEVICE DISK ROLES
  wanted=$(printf '%s\\n' "$mounts" | awk -v device="$1" '$4 == device { print $5; exit }')
  case $3 in
    Primary/*) readable=$1 ;;
    *)
      readable=$2
      blockdev --flushbufs "$2" </dev/null >/dev/null 2>&1 || :
      ;;
  esac
  if [ -z "$wanted" ]; then
    echo 'not mounted by a group'
  elif type=$(blkid -p -n "$wanted" -o value -s TYPE "$readable" </dev/null 2>/dev/null) && [ -n "$type" ]; then
    echo "$type"
  else
    echo "no $wanted"
  fi
}

status() {
  while read -r resource number device disk _; do
    both=$(roles "$resource")
    connection=$(drbdadm cstate "$resource" </dev/null 2>/dev/null) || connection=unknown
    printf '%s: %s on %s, metadata %s, role %s, connection %s, disk %s, file system %s\\n' "$resource/$number" "$device" "$disk" \\
      "$(metadata_of "$resource/$number")" "$both" "$connection" "$(disks "$resource/$number")" \\
      "$(file_system_of "$device" "$disk" "$both")"
  done <<END
$(own_volumes)
END
}
`;
