import type { ConstructPath } from '../../topology/units';
import { groupUsage } from '../shell/fragments';
import { printScript } from '../shell/script';
import { MOUNT_FUNCTIONS } from './mount-functions';
import { GROUP_CONFIGURATIONS, GROUP_RESOURCE } from './names';

/**
 * The resource script of a group that starts together. It does what `drbddisk`, `Filesystem` and the init scripts do,
 * for all members of a kind at once. It runs with the few processes that do the work; a status and a start for each
 * member is most of the time that a takeover takes on a node that has just become busy.
 */
export function groupScript(source: ConstructPath): string {
  return printScript({
    source,
    variables: [
      ['configurations', GROUP_CONFIGURATIONS],
      ['mount_table', '/proc/self/mounts'],
      ['type_table', '/proc/filesystems'],
      ['drbd_table', '/proc/drbd'],
    ],
    body: BODY,
  });
}

// Heartbeat asks for the status before it starts a group: what is complete is left as it is. It asks again when a stop
// has failed for the last time: then it resets the node, unless the answer is that nothing runs. One answer for both
// would let the other node take a file system that is still mounted here, or would never complete a group of which a
// part runs. So whoever takes the group is told whether all of it runs, and anybody else whether any of it does.
const BODY = `PATH=$PATH:/usr/sbin:/sbin
export PATH
cd /
set -f
newline='
'
words=$IFS

${groupUsage(GROUP_RESOURCE)}case \${2-} in
  start | stop | status) ;;
  *) usage ;;
esac
group=$1
action=$2
file=$configurations/$group.conf

note() {
  echo "tandem-group $group: $1" >&2
  logger -t tandem-group -p daemon.err -- "$group: $1" || :
}

settings() {
  resources='' volumes='' units='' reversed=''
  while read -r keyword value; do
    case $keyword in
      resource) resources="$resources $value" ;;
      mount) volumes="$volumes$value$newline" ;;
      service) units="$units $value" reversed="$value $reversed" ;;
    esac
  done <"$file"
}

# DRBD that does not tell a role may be primary, unless its table has no primary device of the resource.
is_primary() { # RESOURCE
  case $(drbdadm role "$1" 2>/dev/null) in
    Primary*) return 0 ;;
    Secondary* | Unconfigured*) return 1 ;;
  esac
  if [ ! -e "$drbd_table" ]; then return 1; fi
  minors=$(drbdadm sh-minor "$1" 2>/dev/null) || return 0
  for minor in $minors; do
    if grep -q "^ *$minor: cs:.* ro:Primary/" "$drbd_table"; then return 0; fi
  done
  return 1
}

# As patient as drbddisk: DRBD may notice the loss of the other node later than heartbeat. Resources that wait for
# different connections do so one after the other, so tries count anew when one of them got through.
promote() {
  left=$resources
  while [ -n "$left" ]; do
    for try in 1 2 3 4 5 6; do
      # shellcheck disable=SC2086 # names without blanks
      if drbdadm primary $left; then return 0; fi
      if [ "$try" -lt 6 ]; then sleep 1; fi
    done
    refused=
    for resource in $left; do
      if ! is_primary "$resource"; then refused="$refused $resource"; fi
    done
    if [ "$refused" = "$left" ]; then
      note "DRBD does not make primary:$refused"
      return 1
    fi
    left=$refused
  done
}

demote() {
  left=$resources tries=1
  while [ -n "$left" ]; do
    # shellcheck disable=SC2086 # names without blanks
    if drbdadm secondary $left; then return 0; fi
    held=
    for resource in $left; do
      if is_primary "$resource"; then held="$held $resource"; fi
    done
    left=$held
    if [ -n "$left" ] && [ "$tries" -ge 3 ]; then
      note "DRBD does not make secondary:$left"
      return 1
    fi
    tries=$((tries + 1))
    if [ -n "$left" ]; then sleep 1; fi
  done
}

# The units that are active, on their way there or from there, and the others; one process for all.
look_at_units() {
  active='' inactive=''
  if [ -z "$units" ]; then return 0; fi
  # shellcheck disable=SC2086 # names without blanks
  states=$(systemctl is-active $units 2>/dev/null) || :
  # shellcheck disable=SC2086 # one state for each unit
  set -- $states
  for unit in $units; do
    case \${1-} in
      inactive | failed | unknown) inactive="$inactive $unit" ;;
      active | reloading) active="$active $unit" ;;
      *) active="$active $unit(\${1:-unknown})" inactive="$inactive $unit" ;;
    esac
    if [ $# -gt 0 ]; then shift; fi
  done
}

# systemd gets the units one by one, and keeps the order of their requirements among those it has got already: so what is
# required stands first here, and last when they stop.
start_services() {
  # shellcheck disable=SC2086 # names without blanks
  if [ -z "$units" ] || systemctl start $units; then return 0; fi
  look_at_units
  note "not started:$inactive"
  return 1
}

stop_services() {
  # shellcheck disable=SC2086 # names without blanks
  if [ -z "$units" ] || systemctl stop $reversed; then return 0; fi
  look_at_units
  if [ -z "$active" ]; then return 0; fi
  note "not stopped:$active"
  return 1
}

${MOUNT_FUNCTIONS}
# What of the group is here, and what is not. It ends early where all of it was asked for and something is missing.
survey() {
  here='' missing=''
  look_at_mounts
  while read -r _ _ directory _; do
    if [ -z "$directory" ]; then continue; fi
    canonical "$directory"
    if is_mounted; then here="$here $directory"; else missing="$missing $directory"; fi
  done <<END
$volumes
END
  if [ -n "$taking" ] && [ -n "$missing" ]; then return 0; fi
  for resource in $resources; do
    if is_primary "$resource"; then here="$here $resource"; else missing="$missing $resource"; fi
  done
  look_at_units
  missing=$missing$inactive
  # A service beside the cluster does not make the group one that is here, which heartbeat would not take any more.
  if [ -z "$resources$volumes" ]; then here=$here$active; fi
}

status() {
  taking='' caller=''
  IFS= read -r caller <"/proc/$PPID/cmdline" || :
  case $caller in *ResourceManager*takegroup*) taking=1 ;; esac
  if [ -r "$file" ]; then
    settings
    survey
  else
    here=' perhaps' missing=" $file"
  fi
  if [ -z "$missing" ]; then
    echo running
  elif [ -n "$taking" ] || [ -z "$here" ]; then
    echo stopped
    exit 3
  else
    echo "running in part, without$missing"
    exit 4
  fi
}

if [ "$action" = status ]; then
  status
  exit 0
fi
if [ ! -r "$file" ]; then
  note "$file can not be read"
  exit 1
fi
settings
case $action in
  start) promote && mount_all && start_services ;;
  stop) stop_services && unmount_all && demote ;;
esac
`;
