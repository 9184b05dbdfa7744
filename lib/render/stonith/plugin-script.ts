import { HAS_MARK, NOW } from '../shell/fragments';
import { printScript } from '../shell/script';
import type { DelayedPlugin } from './build';

/** Where Debian's cluster-glue keeps plugins that are programs. */
export const PLUGIN_DIRECTORY = '/usr/lib/stonith/plugins';

/** Where a plugin notes when it has reset a node, in seconds since boot. */
export const STAMPS = '/run/tandem-stonith';

/** Seconds in which a node that was reset cannot have booted, joined and be lost again. */
const RECENT = 20;

/**
 * The plugin that waits. Of two nodes that hear nothing of each other both reset the other one; the node that runs less
 * gives the other the time to be first, so that the one that works wins. A node that is really dead does not shoot, and
 * is reset after the delay.
 */
export function pluginScript({ source, plugin, delay, first, groups }: DelayedPlugin): string {
  return printScript({
    source,
    variables: [
      ['plugin', `${PLUGIN_DIRECTORY}/${plugin}`],
      ['delay', delay],
      ['first', first],
      ['stamps', STAMPS],
      ['recent', RECENT],
      ['groups', groups.map(({ mark, resources }) => [mark || '-', ...resources].join(' ')).join('\n')],
    ],
    body: BODY,
  });
}

const BODY = `PATH=$PATH:/usr/sbin:/sbin
export PATH

note() { logger -t tandem-stonith -p daemon.warning -- "$1" || :; }

${HAS_MARK}
# The mark counts, and where there is none or it is not up yet, a DRBD resource that is primary here.
runs_here() { # MARK RESOURCES
  if has_mark "$1"; then return 0; fi
  shift
  for resource in "$@"; do
    case $(drbdadm role "$resource" 2>/dev/null) in Primary*) return 0 ;; esac
  done
  return 1
}

count_groups() {
  running=0
  absent=0
  while read -r mark resources; do
    # shellcheck disable=SC2086 # names without blanks
    if runs_here "$mark" $resources </dev/null; then running=$((running + 1)); else absent=$((absent + 1)); fi
  done <<END
$groups
END
}

${NOW}
# Heartbeat and the handler of DRBD may both want the same node reset: once is enough.
reset_once() { # ACTION NODE
  mkdir -p "$stamps"
  exec 9>"$stamps/lock"
  flock -w 120 9 || return 1
  if [ -r "$stamps/$2" ] && read -r at <"$stamps/$2" && [ $(($(now) - at)) -lt "$recent" ]; then
    note "$1 $2: it was reset $(($(now) - at)) s ago"
    return 0
  fi
  "$plugin" "$@" 9>&- || return $?
  now >"$stamps/$2"
}

# heartbeat hands the values of the device over in the environment, which the plugin behind gets too.
case \${1-} in
  reset | off)
    count_groups
    if [ "$absent" -eq 0 ]; then
      note "$1 \${2-}: this node runs all groups and does not wait"
    elif [ "$running" -gt 0 ] && [ "$(uname -n)" = "$first" ]; then
      note "$1 \${2-}: both nodes may run groups, and this one is the first"
    else
      note "$1 \${2-}: waiting $delay s, in which a node that works resets this one"
      sleep "$delay"
    fi
    if [ -z "\${2-}" ]; then exec "$plugin" "$@"; fi
    reset_once "$@"
    exit
    ;;
esac
exec "$plugin" "$@"
`;
