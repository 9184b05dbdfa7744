/** Shell functions: two empty replicas become equal without a copy, then the volumes get their file systems. */
export const INITIALIZE = `
# LOCAL/PEER; a peer that is not connected is Unknown. DRBD 9 tells the peer's role by status only.
roles() { # RESOURCE
  if [ "$generation" = 9 ]; then
    drbdadm status "$1" </dev/null 2>/dev/null | awk '
      match($0, /role:[A-Za-z]+/) {
        role = substr($0, RSTART + 5, RLENGTH - 5)
        if ($0 ~ /^ /) { if (peer == "" || role == "Primary") peer = role } else own = role
      }
      END { print (own == "" ? "Unconfigured" : own) "/" (peer == "" ? "Unknown" : peer) }'
  else
    answer=$(drbdadm role "$1" </dev/null 2>/dev/null) || answer=Unconfigured
    echo "$answer"
  fi
}

connected() { # RESOURCE
  case $(roles "$1") in
    */Primary | */Secondary) return 0 ;;
    *) return 1 ;;
  esac
}

# Whether nothing is copied between the nodes at the moment. DRBD 9 names the replication only while something happens.
settled() { # RESOURCE
  [ "$(drbdadm cstate "$1" </dev/null 2>/dev/null)" = Connected ] || return 1
  if [ "$generation" = 9 ]; then
    case $(drbdadm status "$1" </dev/null 2>/dev/null) in
      *replication:*) return 1 ;;
    esac
  fi
}

disks() { # RESOURCE/NUMBER
  answer=$(drbdadm dstate "$1" </dev/null 2>/dev/null) || answer=unknown
  echo "$answer"
}

# A volume that has metadata and nothing else: its generation is the one that create-md writes.
just_created() { # RESOURCE/NUMBER
  case $(drbdadm get-gi "$1" </dev/null 2>/dev/null) in
    0000000000000004:*) return 0 ;;
    *) return 1 ;;
  esac
}

# Where a group runs; nothing when none of its resources is primary.
runs_on() { # RESOURCES
  for resource in $1; do
    case $(roles "$resource") in
      Primary/*)
        echo 'this node'
        return 0
        ;;
      */Primary)
        echo 'the other node'
        return 0
        ;;
    esac
  done
}

volumes_of() { # RESOURCES
  for resource in $1; do own_volumes | awk -v resource="$resource" '$1 == resource { print $1 "/" $2 }'; done
}

wait_for_peer() { # RESOURCES
  waited=0
  while :; do
    absent=
    for resource in $1; do connected "$resource" || absent="$absent $resource"; done
    if [ -z "$absent" ]; then return 0; fi
    if [ "$waited" -ge "$wait" ]; then
      fail "not connected to the other node after $wait s:$absent; run 'tandem-provision metadata' there, and look at the replication link and 'drbdadm cstate'"
    fi
    if [ $((waited % 10)) -eq 0 ]; then say "waiting for the other node ($waited of $wait s):$absent"; fi
    sleep 1
    waited=$((waited + 1))
  done
}

leave_running() { # GROUP NODE VOLUMES
  for volume in $3; do
    if just_created "$volume"; then
      fail "$1 runs on $2, and $volume was never initialized; stop heartbeat on both nodes, then run 'tandem-provision initialize' again"
    fi
  done
  say "group $1 runs on $2 and is left alone"
}

# Only replicas that were just created on both sides are declared equal. One that is not would make this node copy from
# it or to it, so where both are connected, inconsistent and at rest, the peer's is as new as this one.
equalize() { # VOLUMES
  new=
  for volume in $1; do
    state=$(disks "$volume")
    case $state in
      UpToDate/* | */UpToDate) say "$volume: its data is in place ($state)" ;;
      *)
        if [ "$state" = Inconsistent/Inconsistent ] && settled "\${volume%/*}" && just_created "$volume"; then
          new="$new $volume"
        else
          fail "$volume: its disks are $state, and at least one of them was in use before, so neither copy is declared good here; decide which one is, then run 'drbdadm primary --force \${volume%/*}' on its node. Nothing was changed"
        fi
        ;;
    esac
  done
  for volume in $new; do
    say "$volume: both replicas are new and empty, declaring them equal"
    if [ "$generation" = 9 ]; then
      quietly drbdadm new-current-uuid --clear-bitmap "$volume" || fail "$volume: drbdadm new-current-uuid failed"
    else
      quietly drbdadm -- --clear-bitmap new-current-uuid "$volume" || fail "$volume: drbdadm new-current-uuid failed"
    fi
  done
  for volume in $new; do
    waited=0
    until [ "$(disks "$volume")" = UpToDate/UpToDate ]; do
      if [ "$waited" -ge "$wait" ]; then fail "$volume: its disks are $(disks "$volume") and not up to date after $wait s"; fi
      sleep 1
      waited=$((waited + 1))
    done
  done
}

initialize_group() { # GROUP RESOURCES
  place=$(runs_on "$2")
  if [ -z "$place" ]; then
    wait_for_peer "$2"
    place=$(runs_on "$2")
  fi
  replicas=$(volumes_of "$2")
  if [ -n "$place" ]; then
    leave_running "$1" "$place" "$replicas"
    return 0
  fi
  # It would mount and start while file systems are being made.
  if cl_status hbstatus </dev/null >/dev/null 2>&1; then
    fail "heartbeat runs here (resources: $(cl_status rscstatus </dev/null 2>/dev/null || echo unknown)), but group $1 runs nowhere; stop heartbeat on both nodes, then run 'tandem-provision initialize' again"
  fi
  equalize "$replicas"
  while read -r of resource number device type directory; do
    if [ "$of" = "$1" ]; then prepare_mount "$resource" "$device" "$type" "$directory"; fi
  done <<END
$mounts
END
  say "group $1 is ready"
}

initialize() {
  trap leave EXIT
  trap 'exit 143' HUP INT TERM
  work=$(mktemp -d "$root/run/tandem-provision.XXXXXX")
  # Users of services go through it to their own directories.
  chmod 0711 "$work"
  mkdir -m 0755 -- "$work/mount"
  any=
  while read -r host group resources; do
    if [ "$host" != "$self" ]; then continue; fi
    any=1
    if [ -n "$resources" ]; then
      initialize_group "$group" "$resources"
    else
      say "group $group has no DRBD resource: nothing to do"
    fi
  done <<END
$groups
END
  if [ -z "$any" ]; then say "no group prefers this node: nothing to do"; fi
}
`;
