import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';
import type { ContainerRole } from './container-role';
import { programOf, PROGRAMS, ROLES_VARIABLE } from './places';

/** What stands in for systemctl(1) in a container, where the entry point looks after the servers. */
export const systemctlScript = (source: ConstructPath, roles: readonly ContainerRole[]): string =>
  printScript({
    source,
    variables: [],
    body: roles.length === 1 && roles[0] ? bodyOf(roles[0]) : `${USAGE}\n${FAIL}\n${WORDS}\n${ALL}`,
  });

/** The same for the units of one role of several. */
export const roleSystemctlScript = (source: ConstructPath, role: ContainerRole): string =>
  printScript({ source, variables: [], body: bodyOf(role) });

const bodyOf = ({ run, systemctl, reload, stop }: ContainerRole): string =>
  [
    `${USAGE}run=${run}\n\n\n${systemctl}\n${FAIL}${MAIN}`,
    ...(reload === undefined ? [] : [`${reload}\n`]),
    stop === undefined ? STOP : `${stop}\n`,
    `${START}${WORDS}${cases(reload !== undefined)}`,
  ].join('');

const USAGE = `# Usage: systemctl VERB UNIT...: knows the units of what the entry point runs.
`;

const FAIL = `fail() {
  printf 'systemctl (of this container): %s\\n' "$1" >&2
  exit 1
}
`;

const MAIN = `
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

`;

const STOP = `stop() { # UNIT: the entry point stays, and waits until it is to start the server again
  old=$(process_of "$1") || return 0
  : >"$run/stopped"
  kill "$old"
  end=$(($(date +%s) + 90))
  while kill -0 "$old" 2>/dev/null; do
    [ "$(date +%s)" -lt "$end" ] || fail "$1 did not end within 90 s"
    sleep 0.1
  done
}

`;

const START = `start() { # UNIT, where it was stopped
  [ -e "$run/stopped" ] || return 0
  rm -f "$run/stopped"
  end=$(($(date +%s) + 90))
  until process_of "$1" >/dev/null && answers; do
    [ "$(date +%s)" -lt "$end" ] || fail "$1 did not start within 90 s"
    sleep 0.1
  done
}

`;

const WORDS = `verb=
quiet=
units=
for word; do
  case $word in
    --quiet | -q) quiet=yes ;;
    -*) ;;
    *) if [ -z "$verb" ]; then verb=$word; else units="$units $word"; fi ;;
  esac
done
`;

const cases = (reload: boolean): string => `# Names of units are without spaces.
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
${reload ? RELOAD : ''}  restart | try-restart${reload ? '' : ' | reload-or-restart'})
    for unit in $units; do
      process_file "$unit" >/dev/null || fail "there is no unit $unit in a container"
      restart "$unit"
    done
    ;;
  stop | start)
    for unit in $units; do
      process_file "$unit" >/dev/null || fail "there is no unit $unit in a container"
      # What runs beside the server ends and starts with it.
      if is_server "$unit"; then "$verb" "$unit"; fi
    done
    ;;
  # The entry point knows no units by file.
  enable | disable | reset-failed | daemon-reload) ;;
  *) fail "$verb is not known in a container" ;;
esac
`;

const RELOAD = `  reload | reload-or-restart)
    for unit in $units; do
      process_file "$unit" >/dev/null || fail "there is no unit $unit in a container"
      reload "$unit"
    done
    ;;
`;

const ALL = `# Each unit is one of the role that knows it.
owner() { # UNIT
  for role in \${${ROLES_VARIABLE}:?}; do
    program=${programOf('$role', PROGRAMS.systemctl)}
    if "$program" is-enabled "$1"; then return 0; fi
  done
  return 1
}

status=0
# Names of units are without spaces.
case $verb in
  is-active)
    status=3
    for unit in $units; do
      if ! owner "$unit"; then
        [ -n "$quiet" ] || echo inactive
      elif "$program" is-active $quiet "$unit"; then
        status=0
      fi
    done
    ;;
  is-enabled)
    for unit in $units; do owner "$unit" || status=1; done
    ;;
  restart | try-restart | reload | reload-or-restart | stop | start)
    for unit in $units; do owner "$unit" || fail "there is no unit $unit in a container"; done
    for unit in $units; do
      owner "$unit"
      "$program" "$verb" "$unit"
    done
    ;;
  # The entry point knows no units by file.
  enable | disable | reset-failed | daemon-reload) ;;
  *) fail "$verb is not known in a container" ;;
esac
exit "$status"
`;
