import type { ConstructPath } from '../../topology/units';
import { HB_STANDBY } from '../../topology/standby-request';
import { printScript } from '../shell/script';

/** Where a watcher remembers restarts; made by the first that runs after a boot. */
export const MONITOR_MEMORY = '/run/tandem-monitor';

/** Seconds after which a restart no longer counts, and within which a group is given away once at most. */
const HOUR = 3600;

/**
 * The watcher of one group. It probes the services in start order, restarts one that does not answer, and gives the
 * group to the other node when restarts do not help. All it remembers lies in files of `/run`, so it can itself be
 * restarted at any time.
 */
export function watchScript(source: ConstructPath): string {
  return printScript({ source, variables: [['hour', HOUR]], body: BODY });
}

const BODY = `PATH=$PATH:/usr/sbin:/sbin
export PATH
cd /

configurations=\${TANDEM_MONITOR_CONFIGURATIONS:-/etc/tandem/monitor}
memory=\${TANDEM_MONITOR_MEMORY:-${MONITOR_MEMORY}}
clock=\${TANDEM_MONITOR_CLOCK:-/proc/uptime}
drbd=\${TANDEM_MONITOR_DRBD:-/proc/drbd}

usage() {
  cat <<END
Usage: tandem-monitor [--once|--check] GROUP

Probes the services of a resource group and restarts those that fail; gives the
group to the other node when restarts do not help. Heartbeat starts and stops it
with the group. Settings: $configurations/GROUP.conf

  --once   one round, then exit
  --check  probe and print only; exit status 1 when a service fails
  --help   show this text
END
}

mode=loop
case \${1-} in
  --once) mode=once ;;
  --check) mode=check ;;
  --help)
    usage
    exit 0
    ;;
esac
if [ "$mode" != loop ]; then shift; fi
case \${1-} in
  '' | -* | .* | */*)
    usage >&2
    exit 64
    ;;
esac
group=$1
file=$configurations/$group.conf
memory=$memory/$group

note() {
  printf '%s: %s\\n' "$group" "$2"
  logger -t tandem-monitor -p "daemon.$1" -- "$group: $2" || :
}

# Seconds since boot: a clock that is set does not count.
now() {
  read -r seconds _ <"$clock"
  printf '%s\\n' "\${seconds%%.*}"
}

recall() {
  if [ -r "$memory/$1" ]; then cat "$memory/$1"; else printf '%s\\n' "$2"; fi
}

# 0: works, 1: fails, 2: does not answer in time
probe() {
  result=0
  timeout -k 1 "$timeout" sh -c "$1" </dev/null >/dev/null 2>&1 || result=$?
  case $result in
    0) return 0 ;;
    124 | 137) return 2 ;;
    *) return 1 ;;
  esac
}

settings() {
  peer='' standby=local interval=10 timeout=10 restarts=3 settle=30 resources=''
  while read -r keyword value; do
    case $keyword in
      peer) peer=$value ;;
      standby) standby=$value ;;
      interval) interval=$value ;;
      timeout) timeout=$value ;;
      restarts) restarts=$value ;;
      settle) settle=$value ;;
      dstate | cstate) resources="$resources $keyword:$value" ;;
    esac
  done <"$file"
}

# The peer can only carry on with data that is up to date there.
peer_is_ready() {
  if [ -z "$peer" ]; then
    note warning 'there is no other node'
    return 1
  fi
  state=$(timeout 10 cl_status nodestatus "$peer" 2>/dev/null) || :
  if [ "$state" != active ]; then
    note warning "$peer is not active (\${state:-unknown}): the group stays"
    return 1
  fi
  for resource in $resources; do
    case $resource in
      dstate:*) wanted=UpToDate/UpToDate ;;
      *) wanted=Connected ;;
    esac
    state=$(timeout 10 drbdadm "\${resource%%:*}" "\${resource#*:}" 2>/dev/null) || :
    if [ -z "$state" ] || printf '%s\\n' "$state" | grep -qvx "$wanted"; then
      note warning "DRBD resource \${resource#*:} is not up to date on $peer (\${state:-unknown}): the group stays"
      return 1
    fi
  done
}

${HB_STANDBY}

# Heartbeat stops this watcher first when it hands over the group.
give_away() {
  given=$(recall given '')
  if [ -n "$given" ] && [ $(($(now) - given)) -lt "$hour" ]; then
    note warning "it was given to $peer $(($(now) - given)) s ago and came back: the group stays"
    return 1
  fi
  peer_is_ready || return 1
  note err "giving the group to $peer"
  now >"$memory/given"
  if hb_standby "$standby"; then
    waited=0
    while [ "$waited" -lt 120 ]; do
      sleep 5
      waited=$((waited + 5))
    done
  fi
  note err "$peer did not take the group"
  rm -f "$memory/given"
  return 1
}

# Restarting the unit also starts what it only pulls in; a start of a unit that never went down would do nothing.
restart() {
  note warning "$service: $1, restarting"
  for unit in $processes; do
    if [ "$1" = 'does not answer' ]; then timeout 10 systemctl kill -s KILL "$unit" || :; fi
    timeout 10 systemctl reset-failed "$unit" 2>/dev/null || :
  done
  if timeout 90 systemctl restart "$main"; then return 0; fi
  for unit in $processes; do timeout 10 systemctl kill -s KILL "$unit" 2>/dev/null || :; done
  timeout 90 systemctl restart "$main"
}

answers_again() {
  until=$(($(now) + settle))
  while [ "$(now)" -lt "$until" ]; do
    if probe "$1"; then return 0; fi
    sleep 1
  done
  return 1
}

# DRBD lets no write come to its end while it does not know what became of its peer, for longer than a probe waits.
holds_writes() { grep -qE '^ *[0-9]+: cs:.* ds:[^ ]+ [ABC? ] s' "$drbd" 2>/dev/null; }
lost_its_peer() { grep -E '^ *[0-9]+: cs:' "$drbd" 2>/dev/null | grep -qv 'cs:Connected'; }

# A restart would wait for the same writes, and end what goes on by itself as soon as they do.
waits_for_drbd() { # PROBE
  if holds_writes; then
    note warning "$service: $failure while DRBD holds writes back: left alone"
    return 0
  fi
  # They may have been held while the probe ran.
  lost_its_peer && probe "$1"
}

watch() {
  outcome=0
  probe "$1" || outcome=$?
  case $outcome in
    0)
      if [ "$mode" = check ]; then printf '%s: works\\n' "$service"; fi
      return 0
      ;;
    1) failure='fails' ;;
    *) failure='does not answer' ;;
  esac
  if [ "$mode" = check ]; then
    printf '%s: %s\\n' "$service" "$failure"
    broken=1
    return 0
  fi

  if [ "$(now)" -lt "$(recall "$service.pause" 0)" ]; then return 0; fi
  if waits_for_drbd "$1"; then return 0; fi
  since=$(($(now) - hour))
  recall "$service.restarts" '' | awk -v since="$since" '$1 != "" && $1 > since' >"$memory/$service.new"
  mv "$memory/$service.new" "$memory/$service.restarts"
  count=$(awk 'END { print NR }' "$memory/$service.restarts")
  if [ "$count" -ge "$restarts" ]; then
    note err "$service: $failure after $count restarts within an hour"
    give_away || :
    pause=$interval
    doubled=$restarts
    while [ "$doubled" -le "$count" ] && [ "$pause" -lt 600 ]; do
      pause=$((pause * 2))
      doubled=$((doubled + 1))
    done
    if [ "$pause" -gt 600 ]; then pause=600; fi
    printf '%s\\n' "$(($(now) + pause))" >"$memory/$service.pause"
  fi
  now >>"$memory/$service.restarts"
  if restart "$failure" && answers_again "$1"; then
    note notice "$service: works again"
  else
    note err "$service: does not work after a restart"
  fi
}

# Services stand in start order, so what a restarted one carries is probed after it.
round() {
  settings
  while read -r keyword value <&3; do
    case $keyword in
      service) service=$value main='' processes='' ;;
      unit) main=$value ;;
      process) processes="$processes $value" ;;
      probe) watch "$value" ;;
    esac
  done 3<"$file"
}

if [ ! -r "$file" ]; then
  note err "$file can not be read"
  exit 78
fi
broken=0
if [ "$mode" != check ]; then mkdir -p "$memory"; fi
if [ "$mode" != loop ]; then
  round
  exit "$broken"
fi
settings
# From round to round, however long the probes of one take: an outage is predicted from the interval.
sleep "$interval" &
timer=$!
while wait "$timer"; do
  sleep "$interval" &
  timer=$!
  round
done
`;
