import { HANDBACK_INTERVAL, HANDBACK_ROUNDS } from '../../topology/handback';
import { HB_STANDBY } from '../../topology/standby-request';
import { HAS_MARK, OTHER_NODE } from '../shell/fragments';
import { printScript } from '../shell/script';
import type { Handback } from './build';

/**
 * The program that gives a group to the other node when this one claims it and runs nothing of it. Heartbeat counts a
 * failed start as a takeover that is complete, and never tries again: after DRBD refused to promote an outdated copy,
 * services would stay down although the node with the newest data is back.
 *
 * The groups of a mail pair it also gives home: those that this node took while the other one was lost. What an operator moved
 * stays where it is.
 */
export function handbackScript({ source, nodes, groups, goHome }: Handback): string {
  return printScript({
    source,
    variables: [
      ['nodes', nodes.join(' ')],
      [
        'groups',
        groups
          .map(({ name, preferred, mark, resources }) => [name, preferred, mark || '-', ...resources].join(' '))
          .join('\n'),
      ],
      ['interval', HANDBACK_INTERVAL / 1000],
      ['patience', HANDBACK_ROUNDS],
      ['go_home', goHome ? 'yes' : ''],
    ],
    body: BODY,
  });
}

const BODY = `PATH=$PATH:/usr/sbin:/sbin
export PATH
cd /

if [ "\${1-}" = --help ]; then
  cat <<END
Usage: tandem-handback

Gives a resource group to the other node when heartbeat claims it here, nothing
of it runs, and both copies of its data are up to date. heartbeat.service pulls
it in. It looks every $interval s, and acts after $patience rounds.
END
  if [ -n "$go_home" ]; then
    echo 'A group that was taken while its own node was lost is given back the same way.'
  fi
  exit 0
fi

${OTHER_NODE}
note() {
  echo "$1"
  logger -t tandem-handback -p daemon.err -- "$1" || :
}

${HB_STANDBY}

# What hb_standby calls a group here, when heartbeat believes that it runs here.
claimed() { # PREFERRED
  if [ "$1" = "$self" ]; then word=local; else word=foreign; fi
  case $held in
    all | "$word") return 0 ;;
  esac
  return 1
}

${HAS_MARK}
runs_here() { # MARK RESOURCES
  roles=
  if has_mark "$1"; then return 0; fi
  shift
  if [ $# -eq 0 ]; then return 1; fi
  roles=$(drbdadm role "$@" 2>/dev/null) || return 0
  printf '%s\\n' "$roles" | grep -q '^Primary'
}

# One call for all resources: a line for each of their volumes.
up_to_date() { # RESOURCES
  if [ $# -eq 0 ]; then return 0; fi
  states=$(drbdadm dstate "$@" 2>/dev/null) || return 1
  if printf '%s\\n' "$states" | grep -qvx UpToDate/UpToDate; then return 1; fi
  case $roles in */Primary*) return 1 ;; esac
}

# A group that was taken from the other node while it was lost, until it leaves this one.
taken=\${TANDEM_HANDBACK_MEMORY:-/run/tandem-handback}

remember() { # GROUP PREFERRED
  if [ -z "$go_home" ] || [ "$2" = "$self" ]; then return 0; fi
  case $state in
    dead) mkdir -p "$taken" && : >"$taken/$1" ;;
  esac
}

# The word for hb_standby of a group that the other node should have: nobody runs it, or it is to go home.
look() { # GROUP PREFERRED MARK RESOURCES
  group=$1 word=
  if ! claimed "$2"; then
    rm -f "$taken/$1"
    return 1
  fi
  # Of a node that is dead it says so and fails.
  state=$(cl_status nodestatus "$peer" 2>/dev/null) || :
  preferred=$2
  shift 2
  if runs_here "$@"; then
    remember "$group" "$preferred"
    [ -e "$taken/$group" ] || return 1
    why='it runs here since the other node was lost, which is back'
  else
    rm -f "$taken/$group"
    why='heartbeat claims it here and nothing of it runs'
  fi
  shift
  [ "$state" = active ] && up_to_date "$@"
}

# A takeover that is at work has nothing running for a moment too: several rounds count.
stuck=0
while :; do
  sleep "$interval"
  found=
  held=$(cl_status rscstatus 2>/dev/null) || held=
  case $held in
    local | foreign | all | none)
      while read -r group preferred rest; do
        # shellcheck disable=SC2086 # names without blanks
        if [ -z "$found" ] && look "$group" "$preferred" $rest </dev/null; then found="$group $word" reason=$why; fi
      done <<END
$groups
END
      ;;
  esac
  if [ -z "$found" ]; then
    stuck=0
  elif [ "$stuck" -lt "$patience" ]; then
    stuck=$((stuck + 1))
  else
    stuck=0
    note "group \${found% *}: $reason; its data is up to date on both nodes: $peer takes it"
    hb_standby "\${found#* }" || note "group \${found% *}: heartbeat does not take the request"
  fi
done
`;
