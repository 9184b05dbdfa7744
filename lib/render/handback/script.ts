import { HANDBACK_INTERVAL, HANDBACK_ROUNDS } from '../../topology/handback';
import { HB_STANDBY } from '../../topology/standby-request';
import { OTHER_NODE } from '../shell/fragments';
import { printScript } from '../shell/script';
import type { Handback } from './build';

/**
 * The program that gives a group to the other node when this one claims it and runs nothing of it. Heartbeat counts a
 * failed start as a takeover that is complete, and never tries again: after DRBD refused to promote an outdated copy,
 * services would stay down although the node with the newest data is back.
 */
export function handbackScript({ source, nodes, groups }: Handback): string {
  return printScript({
    source,
    variables: [
      ['nodes', nodes.join(' ')],
      [
        'groups',
        groups
          .map(({ name, preferred, address, resources }) => [name, preferred, address || '-', ...resources].join(' '))
          .join('\n'),
      ],
      ['interval', HANDBACK_INTERVAL / 1000],
      ['patience', HANDBACK_ROUNDS],
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

runs_here() { # ADDRESS RESOURCES
  if [ "$1" != - ] && ip -o address show | grep -qF " $1/"; then return 0; fi
  shift
  roles=$(drbdadm role "$@" 2>/dev/null) || return 0
  printf '%s\\n' "$roles" | grep -q '^Primary'
}

# One call for all resources: a line for each of their volumes.
up_to_date() { # RESOURCES
  states=$(drbdadm dstate "$@" 2>/dev/null) || return 1
  if printf '%s\\n' "$states" | grep -qvx UpToDate/UpToDate; then return 1; fi
  case $roles in */Primary*) return 1 ;; esac
}

# The word for hb_standby of a group that nobody runs and the other node could.
look() { # PREFERRED ADDRESS RESOURCES
  word=
  claimed "$1" || return 1
  shift
  if runs_here "$@"; then return 1; fi
  shift
  up_to_date "$@" && [ "$(cl_status nodestatus "$peer" 2>/dev/null)" = active ]
}

# A takeover that is at work has nothing running for a moment too: several rounds count.
stuck=0
while :; do
  sleep "$interval"
  found=
  held=$(cl_status rscstatus 2>/dev/null) || held=
  case $held in
    local | foreign | all)
      while read -r group preferred rest; do
        # shellcheck disable=SC2086 # names without blanks
        if [ -z "$found" ] && look "$preferred" $rest </dev/null; then found="$group $word"; fi
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
    note "group \${found% *}: heartbeat claims it here and nothing of it runs; its data is up to date on both nodes: $peer takes it"
    hb_standby "\${found#* }" || note "group \${found% *}: heartbeat does not take the request"
  fi
done
`;
