import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';
import type { ContainerEngine } from './engine';

/** What stands in for systemctl(1) in a container, where the entry point looks after the server. */
export function systemctlScript(source: ConstructPath, { systemctl }: ContainerEngine): string {
  return printScript({ source, variables: [], body: `${USAGE}\n${systemctl}\n${MAIN}` });
}

const USAGE = `# Usage: systemctl VERB UNIT...: knows the units of what the entry point runs.
run=/run/tandem

`;

const MAIN = `fail() {
  printf 'systemctl (of this container): %s\\n' "$1" >&2
  exit 1
}

process_of() { # UNIT: prints the id of its process; fails where it does not run
  file=$run/$(process_file "$1") || return 1
  [ -s "$file" ] || return 1
  process=$(cat "$file")
  kill -0 "$process" 2>/dev/null || return 1
  echo "$process"
}

# The entry point starts again what ends, the server only where it was asked to.
restart() { # UNIT
  old=$(process_of "$1") || return 0
  if is_server "$1"; then : >"$run/restart"; fi
  kill "$old"
  end=$(($(date +%s) + 90))
  until new=$(process_of "$1") && [ "$new" != "$old" ] && { ! is_server "$1" || answers; }; do
    [ "$(date +%s)" -lt "$end" ] || fail "$1 did not start again within 90 s"
    sleep 0.1
  done
}

stop() { # slapd alone: the entry point stays, and waits until it is to start again
  old=$(process_of slapd) || return 0
  : >"$run/stopped"
  kill "$old"
  end=$(($(date +%s) + 90))
  while kill -0 "$old" 2>/dev/null; do
    [ "$(date +%s)" -lt "$end" ] || fail 'slapd did not end within 90 s'
    sleep 0.1
  done
}

start() { # slapd, where it was stopped
  [ -e "$run/stopped" ] || return 0
  rm -f "$run/stopped"
  end=$(($(date +%s) + 90))
  until process_of slapd >/dev/null && answers; do
    [ "$(date +%s)" -lt "$end" ] || fail 'slapd did not start within 90 s'
    sleep 0.1
  done
}

verb=
quiet=
units=
for word; do
  case $word in
    --quiet | -q) quiet=yes ;;
    -*) ;;
    *) if [ -z "$verb" ]; then verb=$word; else units="$units $word"; fi ;;
  esac
done
# Names of units are without spaces.
case $verb in
  is-active)
    status=3
    for unit in $units; do
      state=inactive
      if process_of "$unit" >/dev/null; then state=active status=0; fi
      [ -n "$quiet" ] || echo "$state"
    done
    exit "$status"
    ;;
  is-enabled)
    for unit in $units; do
      process_file "$unit" >/dev/null || exit 1
    done
    ;;
  restart | try-restart | reload-or-restart)
    for unit in $units; do
      process_file "$unit" >/dev/null || fail "there is no unit $unit in a container"
      restart "$unit"
    done
    ;;
  stop | start)
    for unit in $units; do
      case $verb-\${unit%.service} in
        *-slapd) "$verb" ;;
        # It runs beside slapd; the entry point starts the others.
        *-tandem-directory-gate | start-*) ;;
        *) fail "$unit can not be stopped in a container" ;;
      esac
    done
    ;;
  # The entry point knows no units by file.
  enable | disable | reset-failed | daemon-reload) ;;
  *) fail "$verb is not known in a container" ;;
esac
`;
