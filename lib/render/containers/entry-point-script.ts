import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';
import type { ContainerEngine } from './engine';
import { MOUNTS, STATE } from './places';

/** The first program of a container: it waits for files, starts the server and what belongs to it, and ends with it. */
export function entryPointScript(source: ConstructPath, deployment: string, engine: ContainerEngine): string {
  return printScript({
    source,
    variables: [
      ['bundle', `${MOUNTS.bundle}/bundle`],
      ['state', `${STATE}/${deployment}`],
    ],
    body: `${FUNCTIONS}\n${engine.entryPoint}\n${MAIN}`,
  });
}

const FUNCTIONS = `run=/run/tandem
stopping=
server=

say() { printf 'tandem-entry-point: %s\\n' "$*" >&2; }

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
  until in_place && flock "$run/take.lock" true && in_place; do
    [ -z "$stopping" ] || exit 0
    if [ "$((waited % 300))" = 0 ]; then say 'waits for the files of this host: terraform apply brings them'; fi
    waited=$((waited + 1))
    sleep 0.1
  done
}

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

const MAIN = `# Called by a trap alone.
# shellcheck disable=SC2317
stop() {
  stopping=yes
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
}

trap stop TERM INT
install -d -m 0755 "$run"
rm -f "$run/stopped"
begin

if [ -r "$bundle" ]; then
  if ! tandem-take place <"$bundle"; then
    in_place || { say 'there are no files of before: the server does not start'; exit 1; }
    say 'the new files were refused: the server starts with those of before'
  fi
else
  wait_for_files
fi

while [ -z "$stopping" ]; do
  serve
  [ -n "$stopping" ] || [ -e "$run/restart" ] || [ -e "$run/stopped" ] || break
  while [ -e "$run/stopped" ] && [ -z "$stopping" ]; do sleep 0.1; done
done
[ -z "$stopping" ] || status=0
say "the server ended ($status)"
exit "$status"
`;
