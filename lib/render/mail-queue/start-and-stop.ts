/** Shell functions: `start` and `stop`. */
export const START_AND_STOP = `# Postfix inherits no lock: it would keep it while it runs.
postfix_() { postfix -c "$config" "$@" 8>&- 9>&-; }

# Actions of this host take turns.
take_turn() {
  [ -d /run/tandem/mail-queue ] || install -d -m 0755 /run/tandem /run/tandem/mail-queue
  exec 9>"/run/tandem/mail-queue/$server.lock"
  flock -w 120 9 || fail 'another action of this host does not end' 75
}

# Another host, or container, starts or ends the queue right now.
take_queue() {
  exec 8>>"$queue/tandem-lock"
  flock -n 8 || fail 'another one starts or ends this queue' 75
}

# All is there that postfix(1) would make. The directory of data is not in the queue: before the first take-over it may be missing.
is_whole() {
  [ -d "$data" ] || install -d -m 0700 -o "$owner" -- "$data"
  for directory in active bounce corrupt defer deferred flush hold incoming maildrop pid private public saved trace; do
    [ -d "$queue/$directory" ] || return 1
  done
}

# Of the checks of postfix-script(1) the one that mail depends on is made each time: that files lie where their names say
# (postsuper(1)). Making what is missing asks for every setting with a process of its own, and the rest are warnings about the
# installation: a slow host was busy with these for most of a take-over.
start_postfix() {
  if is_whole; then
    postsuper -c "$config" -s 8>&- 9>&- || return 1
    : >"$queue/quick-start"
  fi
  postfix_ start
}

start_instance() {
  take_turn
  is_here || fail "$queue is not mounted"
  if is_locked; then
    if is_mine; then exit 0; fi
    fail 'another one has this queue' 75
  fi
  take_queue
  if left_group; then
    say 'its master is gone and left processes'
    end_group "$group"
  fi
  for try in 1 2 3; do
    if start_postfix >"$runs.said" 2>&1; then
      is_mine || fail 'Postfix started and is not there'
      echo "$master $(life)" >"$runs"
      say "runs, process $master"
      if [ "$home" = no ]; then postqueue -c "$config" -f 8>&- 9>&-; fi
      exit 0
    fi
    cat "$runs.said" >&2
    rm -f -- "$queue/quick-start"
    if is_locked; then fail 'another one has this queue' 75; fi
    sleep 0.2
  done
  fail 'Postfix does not start'
}

# GROUP: whoever lost its master ends when its work is done. What goes on for longer is ended: a delivery after $patience
# seconds, a message that comes in after two, as its client was told nothing yet.
end_group() {
  began=$(date +%s)
  while deliveries=$(members "$1" "$delivering") && messages=$(members "$1" cleanup) && [ -n "$deliveries$messages" ]; do
    waited=$(($(date +%s) - began))
    if [ -z "$deliveries" ] && [ "$waited" -ge 2 ]; then break; fi
    if [ "$waited" -ge "$patience" ]; then
      say "waited $patience seconds for deliveries; they may come twice"
      break
    fi
    sleep 0.1
  done
  # cleanup(8) then takes its unfinished file away.
  end_processes TERM "$1" cleanup
  end_processes KILL "$1" "$daemons"
}

end_processes() { # SIGNAL GROUP NAMES
  signal=$1
  tries=0
  while left=$(members "$2" "$3") && [ -n "$left" ]; do
    for process in $left; do kill "-$signal" "$process" 2>/dev/null || :; done
    tries=$((tries + 1))
    if [ "$tries" -gt 20 ]; then signal=KILL; fi
    sleep 0.05
  done
}

stop_instance() {
  take_turn
  if is_here && is_locked && is_mine; then
    take_queue
    # As postfix-script(1) drains: without their master, processes end by themselves, after the message that they work on.
    kill -KILL "$master"
    end_group "$master"
    say 'stopped'
  elif left_group; then end_group "$group"
  fi
  rm -f -- "$runs"
}
`;
