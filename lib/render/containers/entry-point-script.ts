import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';
import { MOUNTS, SHIPPED } from './places';

/** The first program of a container: it waits for files, starts slapd and its gate, and ends with slapd. */
export function entryPointScript(source: ConstructPath, deployment: string): string {
  return printScript({
    source,
    variables: [
      ['deployment', deployment],
      ['bundle', `${MOUNTS.bundle}/bundle`],
      ['shipped', SHIPPED],
    ],
    body: BODY,
  });
}

const BODY = `run=/run/tandem
state=/var/lib/tandem/$deployment
gate=/usr/local/sbin/tandem-directory-gate

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

# The gate is started again whenever it ends; a directory with a guard takes no writes meanwhile.
guard() {
  while [ -x "$gate" ]; do
    "$gate" &
    process=$!
    echo "$process" >"$run/gate.pid"
    wait "$process" || true
    "$gate" close || true
    sleep 1
  done
}

stop_guard() {
  [ -n "$guard" ] || return 0
  kill "$guard" 2>/dev/null || true
  if [ -s "$run/gate.pid" ]; then kill "$(cat "$run/gate.pid")" 2>/dev/null || true; fi
  wait "$guard" 2>/dev/null || true
  rm -f "$run/gate.pid"
  guard=
}

serve() {
  rm -f "$run/restart" "$run/slapd.pid"
  /usr/local/sbin/tandem-slapd-config
  # shellcheck disable=SC1091
  . /etc/default/slapd
  slapd -d 0 -h "$SLAPD_SERVICES" -g "$SLAPD_GROUP" -u "$SLAPD_USER" -F "$SLAPD_CONF" &
  slapd=$!
  echo "$slapd" >"$run/slapd.pid"
  guard &
  guard=$!
  # A signal ends the wait and not slapd.
  status=0
  while :; do
    if wait "$slapd"; then status=0; else status=$?; fi
    kill -0 "$slapd" 2>/dev/null || break
  done
  slapd=
  stop_guard
}

# Called by a trap alone.
# shellcheck disable=SC2317
stop() {
  stopping=yes
  [ -z "$slapd" ] || kill "$slapd" 2>/dev/null || true
}

stopping=
slapd=
guard=
trap stop TERM INT
install -d -m 0755 "$run" /run/slapd
rm -f "$run/stopped"
chown openldap:openldap /run/slapd
# The volume of /etc/ldap may come from an image of before.
cp -a "$shipped/." /etc/ldap/

if [ -r "$bundle" ]; then
  if ! tandem-take place <"$bundle"; then
    in_place || { say 'there are no files of before: slapd does not start'; exit 1; }
    say 'the new files were refused: slapd starts with those of before'
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
say "slapd ended ($status)"
exit "$status"
`;
