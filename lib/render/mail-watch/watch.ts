import { QUEUE_WANTED } from '../../topology/mail-instances';

/** The fixed text of `tandem-mail-watch`. */
export const WATCH = `# Usage: tandem-mail-watch ACTION
#   run       starts the own server and looks after the queue of the peer, for ever
#   release   stops what runs here, before the container ends
#   health    tells whether the own server serves
run=/run/tandem/mail
# The owner asks for its queue by a file of this name in it.
wanted=${QUEUE_WANTED}

say() { printf 'tandem-mail-watch: %s\\n' "$*" >&2; }
now() { date +%s; }

# A server that hangs has a port that opens, and says nothing. One that greets is left in good order.
greets() { # ADDRESS
  install -d -m 0755 "$run"
  words=$run/words.$$
  rm -f "$words"
  mkfifo "$words"
  result=0
  # A named pipe, not a file that is read while it is written.
  # shellcheck disable=SC2094
  timeout "$greeting_limit" nc -w 2 "$1" 25 <"$words" 2>/dev/null | {
    exec 7>"$words"
    read -r greeting || greeting=
    case $greeting in 220*) ;; *) exit 1 ;; esac
    printf 'QUIT\\r\\n' >&7
    cat >/dev/null
  } || result=$?
  rm -f "$words"
  return "$result"
}

peer_answers() {
  for address in $addresses; do
    if greets "$address"; then return 0; fi
  done
  return 1
}

meaning() { # WORD
  case $1 in
    serves) echo 'serves' ;;
    waits) echo 'waits until the peer has given its queue back' ;;
    stopped) echo 'was stopped by hand' ;;
    failed) echo 'does not start' ;;
    answers) echo 'answers' ;;
    silent) echo 'does not answer' ;;
    dead) echo 'is taken for dead; an operator decides who delivers its queue' ;;
    taken) echo 'is dead, and its queue is delivered here' ;;
    held) echo 'does not answer and holds its queue: nothing is taken over until it ends; look after it' ;;
    back) echo 'wants its queue, and has it back' ;;
  esac
}

# Told once, when it becomes so: a line for each server, with its name, a word and the second since which it is so.
tell() { # SERVER WORD
  if awk -v server="$1" -v word="$2" '$1 == server && $2 == word { found = 1 } END { exit !found }' "$state"; then return 0; fi
  {
    awk -v server="$1" '$1 != server' "$state"
    printf '%s %s %s\\n' "$1" "$2" "$(now)"
  } >"$state.new"
  mv "$state.new" "$state"
  if [ -s "$run/said" ]; then cat "$run/said" >&2; fi
  : >"$run/said"
  say "$1 $(meaning "$2")"
}

# Whether the instance that was started here has its master.
runs() { # SERVER
  process=
  if [ -s "$run/postfix-$1.pid" ]; then read -r process <"$run/postfix-$1.pid" || :; fi
  [ -n "$process" ] && kill -0 "$process" 2>/dev/null
}

# SERVER QUEUE: 0 it runs, 75 another one has the queue
start() {
  result=0
  "$queue_program" start "$1" 2>"$run/said" || result=$?
  if [ "$result" = 0 ]; then
    read -r process <"$2/pid/master.pid" || :
    printf '%s\\n' "$process" >"$run/postfix-$1.pid"
  else
    rm -f "$run/postfix-$1.pid"
  fi
  return "$result"
}

stop() { # SERVER
  result=0
  "$queue_program" stop "$1" 2>"$run/said" || result=$?
  rm -f "$run/postfix-$1.pid"
  return "$result"
}

look_after_own() {
  if [ -e "$run/stopped" ]; then
    tell "$own" stopped
    return 0
  fi
  if runs "$own"; then return 0; fi
  : >"$own_queue/$wanted"
  result=0
  start "$own" "$own_queue" || result=$?
  case $result in
    0)
      rm -f "$own_queue/$wanted"
      tell "$own" serves
      ;;
    75) tell "$own" waits ;;
    *) tell "$own" failed ;;
  esac
}

silent_since=

look_after_peer() {
  if [ -e "$peer_queue/$wanted" ]; then
    had=
    if runs "$peer"; then had=yes; fi
    if stop "$peer"; then
      rm -f "$peer_queue/$wanted"
      [ -z "$had" ] || tell "$peer" back
    fi
    # It is not silent before it had the time to start.
    silent_since=$(now)
    return 0
  fi
  if runs "$peer"; then return 0; fi
  asked=$(now)
  if peer_answers; then
    silent_since=
    tell "$peer" answers
    return 0
  fi
  silent_since=\${silent_since:-$asked}
  if [ "$(($(now) - silent_since))" -lt "$deadtime" ]; then
    # What is told of it goes on for one that was never heard since.
    if grep -q "^$peer answers " "$state" || ! grep -q "^$peer " "$state"; then tell "$peer" silent; fi
    return 0
  fi
  if [ "$decision" = operator ] && [ "$("$queue_program" status "$peer")" != running ]; then
    tell "$peer" dead
    return 0
  fi
  result=0
  start "$peer" "$peer_queue" || result=$?
  case $result in
    0) tell "$peer" taken ;;
    75) tell "$peer" held ;;
    *) tell "$peer" failed ;;
  esac
}

case \${1:-} in
  run)
    install -d -m 0755 "$run"
    : >"$state"
    while :; do
      look_after_own
      look_after_peer
      # Who answers is asked less often.
      if [ -z "$silent_since" ]; then sleep "$interval"; else sleep "$silent_interval"; fi
    done
    ;;
  release)
    "$queue_program" stop "$own" &
    "$queue_program" stop "$peer"
    wait
    ;;
  health)
    if [ "$("$queue_program" status "$own")" != running ]; then
      echo "Postfix of $own does not run"
      exit 1
    fi
    if ! greets 127.0.0.1; then
      echo "Postfix of $own does not answer"
      exit 1
    fi
    ;;
  *) sed -n '/^# Usage/,/^run/p' "$0" | sed '$d; s/^# //' >&2; exit 64 ;;
esac
`;
