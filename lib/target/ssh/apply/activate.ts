/**
 * Services take note of changed files. A service that a cluster manages is never started, stopped or restarted: where it
 * runs it reloads, elsewhere nothing happens. Calls of systemctl are few, because each is slow, a reload of systemd most.
 */
export const ACTIVATE = `
run_quietly() {
  # Without the lock, which a daemon that is started here would keep for ever.
  if ! "$@" </dev/null >"$state/output" 2>&1 9>&-; then
    sed 's/^/  /' "$state/output" >&2
    return 1
  fi
}

# Lines "enable:UNIT", "daemon-reload", "command PATH TEXT" and other "KIND:UNIT", each thing once.
in_order() { # LIST
  awk '
    { thing = $0; if ($1 == "command") sub(/^command [^ ]* /, "", thing) }
    !seen[thing]++ { lines[++count] = $0 }
    END {
      kinds = split("enable: daemon-reload command restart: reload: reload-if-active:", kind, " ")
      for (k = 1; k <= kinds; k++) for (i = 1; i <= count; i++) if (index(lines[i], kind[k]) == 1) print lines[i]
    }' "$1"
}

not_activated() { # ACTIVATION
  [ -n "$going_back" ] || fail "failed: $1"
  say "$1 failed with the old files too" >&2
}

# On the way back, what was begun with the new files is done again with the old ones.
begin() { # ACTIVATION
  if [ -e "$backup/open" ]; then printf '%s\\n' "$1" >>"$backup/begun"; fi
}

needs_reload() { grep -q '^enable:\\|^daemon-reload' "$1"; }

# While other nodes commit, this one does what disturbs nobody. As a unit: what a login leaves behind may end with it.
begin_ahead() {
  rm -f "$state/ahead"
  [ -s "$pending" ] || return 0
  systemd-run --quiet --collect --no-block --unit="tandem-ahead-$deployment" \\
    /bin/sh "$state/apply" ahead "$deployment" "$expected" || say 'services take note in the turn of this host'
}

# Hosts take turns so that a cluster never loses both and a directory never two. Where heartbeat does not run, and no directory
# server that clients may miss, nothing is lost, and services take note at once; else systemd alone learns of the new units, which takes seconds and touches no service. What is left
# undone here is done again, and judged, in the turn of this host.
ahead() {
  if [ ! -s "$pending" ] || ! committed; then return 0; fi
  idle=no
  case $(systemctl is-active heartbeat.service </dev/null 2>/dev/null) in
    inactive | failed | unknown) if ! may_serve; then idle=yes; fi ;;
  esac
  case $idle in
    yes)
      exec >"$state/ahead" 2>&1
      activate
      ;;
    *)
      needs_reload "$pending" || return 0
      begin daemon-reload
      run_quietly systemctl daemon-reload && : >"$backup/reloaded"
      ;;
  esac
}

tell_ahead() {
  [ -e "$state/ahead" ] || return 0
  if [ -s "$pending" ]; then
    say 'services did not take note ahead of the turn of this host, so they do now'
    sed 's/^/  /' "$state/ahead"
  else
    cat "$state/ahead"
  fi
  rm -f "$state/ahead"
}

reload_systemd() {
  if [ -z "$going_back" ] && [ -e "$backup/reloaded" ]; then return 0; fi
  run_quietly systemctl daemon-reload || not_activated daemon-reload
}

# systemd learns of all units at once, before any of them is enabled or started.
enable_units() { # LIST
  enabled=
  needs_reload "$1" || return 0
  begin daemon-reload
  reload_systemd
  list=$1
  set --
  while read -r activation _; do
    case $activation in enable:*) ;; *) continue ;; esac
    begin "$activation"
    unit=\${activation#enable:}
    case "$forgotten " in *" $unit "*) ;; *) set -- "$@" "$unit" ;; esac
  done <"$list"
  [ "$#" -gt 0 ] || return 0
  enabled=$*
  run_quietly systemctl --no-reload enable "$@" || not_activated "enable:$*"
}

# A unit that is started now reads its files: it needs no restart for them.
not_running() { # UNIT...
  begun=$(
    systemctl is-active "$@" </dev/null 2>/dev/null | while read -r word && [ "$#" -gt 0 ]; do
      case $word in inactive | failed | unknown) printf '%s ' "$1" ;; esac
      shift
    done
  )
}

# After the commands: one that restarts a unit that runs has nothing to do for a new one.
start_units() { # LIST
  begun=
  [ -n "$enabled" ] || return 0
  # Names of units are without spaces.
  # shellcheck disable=SC2086
  if grep -q '^restart:\\|^reload:' "$1"; then not_running $enabled; fi
  # shellcheck disable=SC2086
  { run_quietly systemctl start $enabled && say "enabled $enabled"; } || not_activated "enable:$enabled"
}

run_commands() { # LIST
  while read -r activation path text; do
    [ "$activation" = command ] || continue
    # On the way back: the command of a file that is gone again would look for it.
    if [ -n "$going_back" ] && [ ! -e "$root$path" ]; then continue; fi
    begin "$activation $path $text"
    { run_quietly sh -c "$text" && say "ran the command of $path"; } || not_activated "command of $path: $text"
  done <"$1"
}

# Prints the units of a list that run.
running_units() { # LIST
  list=$1
  set --
  while read -r activation _; do
    case $activation in restart:* | reload:* | reload-if-active:*) set -- "$@" "\${activation#*:}" ;; esac
  done <"$list"
  [ "$#" -gt 0 ] || return 0
  # One line for each unit, in their order.
  systemctl is-active "$@" </dev/null 2>/dev/null | while read -r word && [ "$#" -gt 0 ]; do
    case $word in active | reloading) printf '%s ' "$1" ;; esac
    shift
  done
}

active() { case $running in *" $1 "*) return 0 ;; *) return 1 ;; esac; }
active_or_enabled() { active "$1" || systemctl is-enabled --quiet "$1" </dev/null 2>/dev/null; }

reload_services() { # LIST
  running=" $(running_units "$1")"
  while read -r activation _; do
    unit=\${activation#*:}
    case " $begun" in *" $unit "*) continue ;; esac
    case $activation in
      restart:*)
        active_or_enabled "$unit" || continue
        begin "$activation"
        { run_quietly systemctl restart "$unit" && say "restarted $unit"; } || not_activated "$activation"
        ;;
      reload:*)
        active_or_enabled "$unit" || continue
        begin "$activation"
        { run_quietly systemctl reload-or-restart "$unit" && say "reloaded $unit"; } || not_activated "$activation"
        ;;
      reload-if-active:*)
        if active "$unit"; then
          begin "$activation"
          { run_quietly systemctl reload "$unit" && say "reloaded $unit"; } || not_activated "$activation"
        else
          say "$unit does not run here: left alone"
        fi
        ;;
    esac
  done <"$1"
}

perform() { # LIST
  in_order "$1" >"$state/activations"
  enable_units "$state/activations"
  run_commands "$state/activations"
  start_units "$state/activations"
  reload_services "$state/activations"
  rm -f "$state/activations" "$state/output"
}

activate() {
  [ -s "$pending" ] || return 0
  perform "$pending"
  rm -f "$pending"
}

# A unit that came with the new files must not stay enabled without its file.
forget_units() {
  set --
  while read -r path; do
    case $path in /etc/systemd/system/*@.*) continue ;; /etc/systemd/system/*.timer | /etc/systemd/system/*.service) ;; *) continue ;; esac
    if [ -e "$backup/root$path" ] || [ -L "$backup/root$path" ]; then continue; fi
    forgotten="$forgotten \${path##*/}"
    set -- "$@" "\${path##*/}"
  done <"$backup/touched"
  if [ "$#" -gt 0 ]; then
    run_quietly systemctl disable --now "$@" 2>/dev/null || true
    run_quietly systemctl reset-failed "$@" 2>/dev/null || true
  fi
}

rollback() {
  [ -e "$backup/open" ] || return 0
  # Left running, it would undo the next commit.
  disarm_rollback
  going_back=yes
  if [ -s "$backup/begun" ]; then forget_units; fi
  lost=$(files restore) || lost='everything'
  rm -f "$pending"
  if [ -s "$backup/begun" ]; then
    mv "$backup/begun" "$state/again"
    perform "$state/again"
    rm -f "$state/again"
  fi
  [ -z "$lost" ] || fail "could not bring back $lost; the old files are in $backup/root"
  rm -rf "$backup"
  say 'rolled back: this host has its old files again' >&2
  tell_of_others
}
`;
