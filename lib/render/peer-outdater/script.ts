import { ASKED_TOGETHER } from '../../topology/peer-outdater';
import type { ConstructPath } from '../../topology/units';
import { NOW, OTHER_NODE } from '../shell/fragments';
import { printScript } from '../shell/script';
import { STAMPS } from '../stonith/plugin-script';

/** What the handler of a pair has to know. */
export interface PeerOutdater {
  readonly source: ConstructPath;
  /** Names of the two nodes. */
  readonly nodes: readonly [string, string];
  /** Seconds after which the other node has noticed too that a link is gone. */
  readonly settle: number;
}

/**
 * The fence-peer handler (X4). While it runs a primary with `resource-and-stonith` acknowledges nothing, so whoever wins
 * a partition, no acknowledged write is lost. Why it is not drbd-peer-outdater alone, seen in drills:
 * - dopd serves one caller, sends the next away with an answer that DRBD takes for "the peer is dead", and is away for a
 *   second or two after each call: of six resources that lost their link together two were outdated.
 * - A secondary that has not noticed the loss yet says yes to being outdated and does nothing.
 * - Heartbeat resets no peer that held no resources: only the standby would shoot, and the working node would lose.
 */
export function outdaterScript({ source, nodes, settle }: PeerOutdater): string {
  return printScript({
    source,
    variables: [
      ['nodes', nodes.join(' ')],
      ['settle', settle],
      ['together', ASKED_TOGETHER / 1000],
      ['tries', 5],
      ['stamps', STAMPS],
    ],
    body: BODY,
  });
}

const BODY = `PATH=$PATH:/usr/sbin:/sbin:/usr/bin
export PATH

# Exit codes that DRBD knows: 3 inconsistent, 4 outdated, 5 unreachable, 6 refused because it is primary, 7 reset.
# Anything else: nothing is known, and DRBD promotes nothing on the ground of it.
resource=\${DRBD_RESOURCE:?}
folder=/run/tandem-peer-outdater
${OTHER_NODE}
note() { logger -t tandem-peer-outdater -p daemon.warning -- "$resource: $1" || :; }

# Seconds since boot: a clock that is set does not count.
${NOW}
finish() { # CODE TEXT
  note "$2"
  exit "$1"
}

primary_here() { case $(drbdadm role "$resource" 2>/dev/null) in Primary*) return 0 ;; *) return 1 ;; esac; }

# Resources whose loss is old enough that the other node has noticed it too.
settled_resources() {
  for file in "$folder"/waiting/*; do
    if [ -e "$file" ] && read -r since <"$file" && [ $(($(now) - since)) -ge "$settle" ]; then echo "\${file##*/}"; fi
  done
}

# One that is nearly as old is waited for: after each call dopd is away for seconds.
some_settle_soon() {
  for file in "$folder"/waiting/*; do
    if [ -e "$file" ] && read -r since <"$file"; then
      age=$(($(now) - since))
      if [ "$age" -lt "$settle" ] && [ "$age" -ge $((settle - together)) ]; then return 0; fi
    fi
  done
  return 1
}

# dopd hands the text to 'drbdadm outdate', which takes several resources: one call for all.
ask() {
  resources=$(settled_resources | paste -s -d ' ' -)
  code=0
  /usr/libexec/heartbeat/drbd-peer-outdater -t 4 -p "$peer" -r "$resources" </dev/null 9>&- || code=$?
  case $code in
    3 | 4 | 6 | 7) for one in $resources; do echo "$code $(now)" >"$folder/answer/$one"; done ;;
    *) return 1 ;;
  esac
}

answered() {
  [ -r "$folder/answer/$resource" ] && read -r code at <"$folder/answer/$resource" && [ "$at" -ge $((began + settle)) ]
}

reset_since() { [ -r "$stamps/$peer" ] && read -r at <"$stamps/$peer" && [ "$at" -ge "$began" ]; }

# Heartbeat's own device of this node, with the values that stand there. Of several lines the last counts.
shoot() {
  if reset_since; then return 0; fi
  awk -v self="$self" '
    $1 == "stonith_host" && ($2 == self || $2 == "*") { plugin = $3; $1 = $2 = $3 = ""; sub(/^ +/, ""); values = $0 }
    END { if (plugin != "") print plugin "\\n" values }' /etc/ha.d/ha.cf >"$folder/device"
  { read -r plugin && read -r values; } <"$folder/device" || return 2
  echo "$values" >"$folder/values"
  note "resetting $peer by $plugin"
  confirmed=0
  timeout 120 stonith -t "$plugin" -F "$folder/values" -T reset "$peer" </dev/null >/dev/null 2>&1 9>&- || confirmed=1
  rm -f "$folder/device" "$folder/values"
  return "$confirmed"
}

fence() { # WHY
  code=0
  shoot || code=$?
  case $code in
    0) finish 7 "$peer is reset: $1" ;;
    2) return 2 ;;
    *) note "the reset of $peer is not confirmed ($1); it is tried again" ;;
  esac
}

mkdir -p "$folder/waiting" "$folder/answer"
began=$(now)
# Its file has the name of the resource, and DRBD calls one handler of a resource at a time.
trap 'rm -f "$folder/waiting/$resource"' EXIT
trap 'exit 1' HUP INT TERM
echo "$began" >"$folder/waiting/$resource"
exec 9>"$folder/lock"
flock 9
failed=0
while :; do
  # Asked first: the handlers of all resources stand in one line, and writes of the last one wait for those before it.
  if reset_since; then finish 7 "$peer is reset since this link was lost"; fi
  if answered; then finish "$code" "$peer answered $code"; fi
  # It exits with 1 for a dead node and says so all the same.
  state=$(timeout 5 cl_status nodestatus "$peer" 2>/dev/null) || :
  # The other node resets this one before it takes over; whoever stopped heartbeat here may be at work on both.
  if [ -z "$state" ] && timeout 5 cl_status hbstatus 2>/dev/null | grep -q stopped; then
    finish 5 'heartbeat is stopped here: nothing is asked of the other node'
  fi
  if [ "$state" = dead ]; then
    # A node that takes over does so after heartbeat had the reset confirmed.
    if ! primary_here; then finish 5 "$peer is dead, and heartbeat takes over"; fi
    fence 'heartbeat does not hear it' || finish 5 "$peer is dead, and no fencing device can reset it"
  elif [ $(($(now) - began)) -ge "$settle" ] && ! some_settle_soon; then
    if ! ask; then
      failed=$((failed + 1))
      if [ "$failed" -ge "$tries" ]; then
        primary_here || finish 1 "$peer lives and does not answer: nothing is known of its copy"
        fence 'it lives and does not answer' || finish 1 "$peer lives and does not answer, and no fencing device can reset it"
      fi
    fi
  fi
  answered || sleep 1
done
`;
