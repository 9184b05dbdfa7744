/**
 * Action `commit`: everything that can run out of space (copies) comes first, then renames, which cannot leave half a
 * file. The checked files stay until they are confirmed, so that a commit can be tried again.
 */
export const COMMIT = `
committed() { [ -f "$state/bundle" ] && [ "$(cat "$state/bundle")" = "$expected" ]; }

still_committed() {
  committed ||
    fail 'the files were not confirmed in time and this host went back to the old ones; run terraform apply again'
}

# A unit whose file goes away is disabled while systemd still finds the file. The way back enables it again.
disable_removed() {
  set --
  while read -r _ _ _ _ _ _ activation; do
    case $activation in
      enable:*)
        set -- "$@" "\${activation#enable:}"
        printf '%s\\n' "$activation" >>"$backup/begun"
        ;;
    esac
  done <"$staged/removed"
  run_quietly systemctl disable --now "$@" || true
}

commit() {
  if [ ! -f "$staged/id" ] || [ "$(cat "$staged/id")" != "$expected" ]; then
    if committed; then
      say 'already in place'
      return 0
    fi
    fail "bundle $expected was never checked on this host; replace the host's resource: terraform apply -replace=ADDRESS"
  fi
  open=copying
  rm -f "$backup/reloaded"
  files commit
  if [ -e "$backup/open" ]; then open=yes; fi
  if grep -q ' enable:[^ ]*$' "$staged/removed"; then
    disable_removed
    files place
  fi
}

discard_copies() {
  files discard
  rm -rf "$backup"
  say 'nothing was changed on this host' >&2
  tell_of_others
}

# Nodes cannot speak to each other here, so the one that fails cannot make the others go back at once.
tell_of_others() {
  case $action in
    commit) say "a host that takes turns with this one and has new files goes back by itself within $confirm_within s" >&2 ;;
    activate) say "a node of its cluster that has new files goes back by itself within $confirm_within s" >&2 ;;
    turn) say "a server of its directories that has new files goes back by itself within $confirm_within s" >&2 ;;
  esac
}

# Two nodes commit one after the other. Without the last word of the one that drives them, each goes back by itself.
arm_rollback() {
  if [ -e "$backup/open" ]; then
    disarm_rollback
    : >"$backup/armed"
    # Timers may be a minute late unless they say otherwise.
    systemd-run --quiet --collect --unit="$timer" --on-active="$confirm_within" --timer-property=AccuracySec=1s \\
      /bin/sh "$state/apply" rollback "$deployment"
    say "goes back by itself in $confirm_within s unless it is confirmed"
  fi
}

disarm_rollback() {
  if [ -e "$backup/armed" ]; then systemctl stop "$timer.timer" >/dev/null 2>&1 || true; fi
}

confirm() {
  still_committed
  disarm_rollback
  if [ -e "$backup/open" ]; then
    # On the disk before the rest: a backup that came back with the power would undo what was confirmed.
    rm -f "$backup/open"
    sync "$backup"
  fi
  # A folder of ours is empty only when its last file went away.
  if [ -s "$staged/removed" ] && [ -s "$state/directories" ]; then files prune; fi
  rm -rf "$backup" "$staged"
  say 'confirmed'
}
`;
