/**
 * Services take note of changed files. A service that a cluster manages is never started, stopped or restarted: where it
 * runs it reloads, elsewhere nothing happens.
 */
export const ACTIVATE = `
run_quietly() {
  # Without the lock, which a daemon that is started here would keep for ever.
  if ! "$@" </dev/null >"$state/output" 2>&1 9>&-; then
    sed 's/^/  /' "$state/output" >&2
    return 1
  fi
}

active() { systemctl is-active --quiet "$1" </dev/null; }
enabled() { systemctl is-enabled --quiet "$1" </dev/null 2>/dev/null; }

activate_one() { # ACTIVATION COMMAND
  unit=\${1#*:}
  case $1 in
    daemon-reload) run_quietly systemctl daemon-reload ;;
    enable:*)
      run_quietly systemctl daemon-reload || return 1
      # A unit whose file went away has been disabled before.
      if systemctl cat "$unit" </dev/null >/dev/null 2>&1; then run_quietly systemctl enable --now "$unit" && say "enabled $unit"; fi
      ;;
    command) run_quietly sh -c "$2" && say "ran: $2" ;;
    restart:*)
      if active "$unit" || enabled "$unit"; then run_quietly systemctl restart "$unit" && say "restarted $unit"; fi
      ;;
    reload:*)
      if active "$unit" || enabled "$unit"; then
        run_quietly systemctl reload-or-restart "$unit" && say "reloaded $unit"
      fi
      ;;
    reload-if-active:*)
      if active "$unit"; then
        run_quietly systemctl reload "$unit" && say "reloaded $unit"
      else
        say "$unit does not run here: left alone"
      fi
      ;;
    *)
      say "unknown activation $1" >&2
      return 1
      ;;
  esac
}

# systemd learns of units first, then units are enabled, then commands run, then services reload.
in_order() { # LIST
  for kind in daemon-reload enable: command restart: reload: reload-if-active:; do
    awk -v kind="$kind" 'index($1, kind) == 1 && !seen[$0]++' "$1"
  done
}

activate() {
  [ -s "$pending" ] || return 0
  in_order "$pending" >"$state/activations"
  while read -r activation command; do
    activate_one "$activation" "$command" || fail "failed: $activation\${command:+ $command}"
  done <"$state/activations"
  rm -f "$pending" "$state/activations" "$state/output"
}

# A unit that came with the new files must not stay enabled without its file.
forget_unit() { # PATH
  case $1 in
    /etc/systemd/system/*.timer | /etc/systemd/system/*.service)
      run_quietly systemctl disable --now "\${1##*/}" || true
      run_quietly systemctl reset-failed "\${1##*/}" || true
      ;;
  esac
}

restore() { # PATH
  new=$(new_name "$1")
  rm -f "$new"
  if [ -e "$backup/root$1" ] || [ -L "$backup/root$1" ]; then
    cp -a "$backup/root$1" "$new" && mv -f "$new" "$root$1"
  else
    forget_unit "$1" 2>/dev/null
    rm -f "$root$1"
  fi
}

rollback() {
  [ -e "$backup/open" ] || return 0
  # Left running, it would undo the next commit.
  disarm_rollback
  lost=
  while read -r path; do
    restore "$path" || lost="$lost $path"
  done <"$backup/touched"
  remove_empty_directories "$backup/directories"
  cp "$backup/manifest" "$state/manifest"
  rm -f "$state/bundle"
  if [ -f "$backup/bundle" ]; then cp "$backup/bundle" "$state/bundle"; fi
  # What was activated with the new files takes note of the old ones, as far as it can.
  cat "$pending" "$state/activations" 2>/dev/null >"$state/again" || true
  in_order "$state/again" >"$state/activations"
  while read -r activation command; do
    activate_one "$activation" "$command" || say "$activation failed with the old files too" >&2
  done <"$state/activations"
  rm -f "$pending" "$state/activations" "$state/again" "$state/output"
  [ -z "$lost" ] || fail "could not bring back$lost; the old files are in $backup/root"
  rm -rf "$backup"
  say 'rolled back: this host has its old files again' >&2
}
`;
