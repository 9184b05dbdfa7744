import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';
import type { ContainerRole } from './container-role';
import { MOUNTS, programOf, PROGRAMS, ROLES_VARIABLE, RUN, STATE } from './places';

/**
 * The first program of a container: it waits for files and starts what the container is for. With one role it ends with
 * the server, so that Docker sees it and starts both again; with several a role that ends must not take the others along.
 */
export function entryPointScript(source: ConstructPath, deployment: string, roles: readonly ContainerRole[]): string {
  const [role] = roles;
  return printScript({
    source,
    variables: [
      ['bundle', `${MOUNTS.bundle}/bundle`],
      ['state', `${STATE}/${deployment}`],
    ],
    body:
      roles.length === 1 && role
        ? `${begin(role.run)}server=\n\n${SAY}${places(role.run)}${WAIT}\n${role.entryPoint}\n${STOP}${BEGIN}begin\n\n${PLACE}${LOOP}`
        : `${begin(RUN)}\n${SAY}${places(RUN)}\n${KEEP}${PLACE}${ALL}`,
  });
}

/** Runs one role of several, as the first program of the container asks it to. */
export const roleEntryPointScript = (source: ConstructPath, role: ContainerRole): string =>
  printScript({
    source,
    variables: [],
    body: `${USAGE}${begin(role.run)}server=\n\n${SAY}${WAIT}\n${role.entryPoint}\n${STOP}${CASE}${LOOP}`,
  });

const begin = (run: string): string => `run=${run}\nstopping=\n`;

const USAGE = `# Usage: tandem-entry-point ACTION
#   begin   prepares what must be there before there are files
#   serve   runs the server until it ends
`;

const SAY = `say() { printf 'tandem-entry-point: %s\\n' "$*" >&2; }
`;

const places = (run: string): string => `
# Every file of the last bundle is in place: those outside of volumes are gone with the container of before.
in_place() {
  [ -s "$state/manifest" ] || return 1
  while read -r kind path _; do
    if [ "$kind" = file ] && [ ! -e "$path" ]; then return 1; fi
  done <"$state/manifest"
}

wait_for_files() {
  waited=0
  # Whoever places files holds the lock until they count.
  until in_place && flock "${run === RUN ? '$run' : RUN}/take.lock" true && in_place; do
    [ -z "$stopping" ] || exit 0
    if [ "$((waited % 300))" = 0 ]; then say 'waits for the files of this host: terraform apply brings them'; fi
    waited=$((waited + 1))
    sleep 0.1
  done
}
`;

const WAIT = `
# A signal ends the wait and not the server.
wait_for_server() {
  status=0
  while :; do
    if wait "$server"; then status=0; else status=$?; fi
    kill -0 "$server" 2>/dev/null || break
  done
  server=
}
`;

const STOP = `# Called by a trap alone.
# shellcheck disable=SC2317
stop() {
  stopping=yes
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
}

trap stop TERM INT
`;

const BEGIN = `install -d -m 0755 "$run"
rm -f "$run/stopped"
`;

const CASE = `${BEGIN}case \${1:-} in
  begin)
    begin
    exit 0
    ;;
  serve) ;;
  *) sed -n 's/^# //p; /^run=/q' "$0" >&2; exit 64 ;;
esac

`;

const PLACE = `if [ -r "$bundle" ]; then
  if ! tandem-take place <"$bundle"; then
    in_place || { say 'there are no files of before: the server does not start'; exit 1; }
    say 'the new files were refused: the server starts with those of before'
  fi
else
  wait_for_files
fi

`;

const LOOP = `while [ -z "$stopping" ]; do
  serve
  [ -n "$stopping" ] || [ -e "$run/restart" ] || [ -e "$run/stopped" ] || break
  while [ -e "$run/stopped" ] && [ -z "$stopping" ]; do sleep 0.1; done
done
[ -z "$stopping" ] || status=0
say "the server ended ($status)"
exit "$status"
`;

const KEEP = `roles=\${${ROLES_VARIABLE}:?}
keepers=
process=

# A role that ends is started again, and the others go on.
keep() { # ROLE
  while [ -z "$stopping" ]; do
    "${programOf('$1', PROGRAMS.entryPoint)}" serve &
    process=$!
    [ -z "$stopping" ] || kill "$process"
    wait_for "$process"
    if [ -z "$stopping" ]; then
      say "$1 ended and starts again"
      sleep 2 &
      process=$!
      wait_for "$process"
    fi
  done
}

# A signal ends the wait and not the process.
wait_for() { # PROCESS
  while :; do
    wait "$1" || true
    kill -0 "$1" 2>/dev/null || break
  done
}

# Called by a trap alone; a keeper has a process and no keepers.
# shellcheck disable=SC2317
stop() {
  stopping=yes
  for one in $keepers $process; do kill "$one" 2>/dev/null || true; done
}

trap stop TERM INT
install -d -m 0755 "$run"
for role in $roles; do "${programOf('$role', PROGRAMS.entryPoint)}" begin; done

`;

const ALL = `started=
for role in $roles; do
  keep "$role" &
  started="$started $!"
done
keepers=$started
[ -z "$stopping" ] || stop
for keeper in $keepers; do wait_for "$keeper"; done
say 'all servers ended'
`;
