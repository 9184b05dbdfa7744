import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';

/** What stands in for systemctl(1) in a container, where the entry point looks after slapd. */
export function systemctlScript(source: ConstructPath): string {
  return printScript({ source, variables: [], body: BODY });
}

const BODY = `# Usage: systemctl VERB UNIT...: knows slapd.service and tandem-directory-gate.service, which the entry point runs.
run=/run/tandem

fail() {
  printf 'systemctl (of this container): %s\\n' "$1" >&2
  exit 1
}

process_of() { # UNIT: prints the id of its process; fails where it does not run
  case \${1%.service} in
    slapd) file=$run/slapd.pid ;;
    tandem-directory-gate) file=$run/gate.pid ;;
    *) return 1 ;;
  esac
  [ -s "$file" ] || return 1
  process=$(cat "$file")
  kill -0 "$process" 2>/dev/null || return 1
  echo "$process"
}

answers() { timeout 2 ldapsearch -x -H ldapi:/// -s base -b '' 1.1 >/dev/null 2>&1; }

# The entry point starts again what ends, slapd only where it was asked to.
restart() { # UNIT
  old=$(process_of "$1") || return 0
  case $1 in slapd*) : >"$run/restart" ;; esac
  kill "$old"
  end=$(($(date +%s) + 90))
  until new=$(process_of "$1") && [ "$new" != "$old" ] && { [ "\${1%.service}" != slapd ] || answers; }; do
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
      case \${unit%.service} in slapd | tandem-directory-gate) ;; *) exit 1 ;; esac
    done
    ;;
  restart | try-restart | reload-or-restart)
    for unit in $units; do
      case \${unit%.service} in
        slapd | tandem-directory-gate) restart "$unit" ;;
        *) fail "there is no unit $unit in a container" ;;
      esac
    done
    ;;
  stop | start)
    for unit in $units; do
      case \${unit%.service} in
        slapd) "$verb" ;;
        # It runs beside slapd.
        tandem-directory-gate) ;;
        *) fail "there is no unit $unit in a container" ;;
      esac
    done
    ;;
  # The entry point knows no units by file.
  enable | disable | reset-failed | daemon-reload) ;;
  *) fail "$verb is not known in a container" ;;
esac
`;
