/**
 * Action `commit`: everything that can run out of space (backups, copies) comes first, then renames, which cannot leave
 * half a file. The checked files stay until they are confirmed, so that a commit can be tried again.
 */
export const COMMIT = `
new_name() { printf '%s/.tandem-new.%s' "$(dirname "$root$1")" "$(basename "$1")"; }

same_file() { # PATH MODE OWNER GROUP
  [ -f "$root$1" ] && [ ! -L "$root$1" ] && cmp -s "$staged/root$1" "$root$1" &&
    [ "$(stat -c '%a %U %G' "$root$1")" = "$(stat -c '%a %U %G' "$staged/root$1")" ]
}

file_line() {
  printf 'file %s %s %s %s %s %s\\n' "$path" "$mode" "$owner" "$group" "$checker" "$activation"
}

find_changed() {
  if same_file "$path"; then
    unchanged=$((unchanged + 1))
  else
    file_line >>"$staged/changed"
  fi
}

find_removed() {
  if ! grep -qF "file $path " "$staged/manifest" && { [ -e "$root$path" ] || [ -L "$root$path" ]; }; then
    file_line >>"$staged/removed"
  fi
}

# Parents that are missing, made readable for all as packages make them, and remembered for the way back.
make_parents() { # DIRECTORY
  [ ! -d "$root$1" ] || return 0
  make_parents "$(dirname "$1")"
  mkdir -m 0755 "$root$1"
  printf '%s\\n' "$1" >>"$backup/directories"
}

copy_beside() {
  make_parents "$(dirname "$path")"
  cp -p "$staged/root$path" "$(new_name "$path")"
  sync "$(new_name "$path")"
}

keep_old() {
  if [ -e "$root$path" ] || [ -L "$root$path" ]; then
    mkdir -p "$backup/root$(dirname "$path")"
    cp -a "$root$path" "$backup/root$path"
  fi
  printf '%s\\n' "$path" >>"$backup/touched"
}

note_activation() {
  case $activation in
    -) ;;
    command) awk -v path="$path" '$1 == "command" && $2 == path { sub(/^command [^ ]* /, "command "); print }' "$staged/manifest" >>"$pending" ;;
    *) printf '%s\\n' "$activation" >>"$pending" ;;
  esac
}

# The command of a file that went away would look for the file.
note_removal() {
  [ "$activation" = command ] || note_activation
}

put_in_place() {
  mv -f "$(new_name "$path")" "$root$path"
  say "changed $path"
}

take_away() {
  case $activation in enable:*) run_quietly systemctl disable --now "\${activation#enable:}" || true ;; esac
  rm -f "$root$path"
  say "removed $path"
}

remove_empty_directories() { # LIST, parents first
  [ -f "$1" ] || return 0
  sort -r "$1" | while read -r directory; do rmdir "$root$directory" 2>/dev/null || true; done
}

commit() {
  if [ ! -f "$staged/id" ] || [ "$(cat "$staged/id")" != "$expected" ]; then
    if [ -f "$state/bundle" ] && [ "$(cat "$state/bundle")" = "$expected" ]; then
      say 'already in place'
      return 0
    fi
    fail "bundle $expected was never checked on this host; replace the host's resource: terraform apply -replace=ADDRESS"
  fi
  unchanged=0
  : >"$staged/changed"
  : >"$staged/removed"
  touch "$state/manifest"
  each_file "$staged/manifest" find_changed
  each_file "$state/manifest" find_removed
  if [ -s "$staged/changed" ] || [ -s "$staged/removed" ]; then
    rm -rf "$backup"
    mkdir "$backup"
    touch "$backup/touched" "$backup/directories"
    cp "$state/manifest" "$backup/manifest"
    if [ -f "$state/bundle" ]; then cp "$state/bundle" "$backup/bundle"; fi
    open=copying
    each_file "$staged/changed" keep_old
    each_file "$staged/removed" keep_old
    each_file "$staged/changed" copy_beside
    : >"$backup/open"
    open=yes
    # Written before the first rename: a run that is cut short is finished by the next one.
    each_file "$staged/changed" note_activation
    each_file "$staged/removed" note_removal
    each_file "$staged/removed" take_away
    each_file "$staged/changed" put_in_place
    cat "$backup/directories" >>"$state/directories"
    sync "$state"
  fi
  cp "$staged/manifest" "$state/manifest"
  cp "$staged/id" "$state/bundle"
  say "$(grep -c . "$staged/changed" || true) changed, $(grep -c . "$staged/removed" || true) removed, $unchanged unchanged"
}

# Nothing was renamed yet, so there is nothing to bring back.
discard_copies() {
  each_file "$staged/changed" discard_copy
  remove_empty_directories "$backup/directories"
  rm -rf "$backup"
  say 'nothing was changed on this host' >&2
}

discard_copy() { rm -f "$(new_name "$path")"; }

# Two nodes commit one after the other. Without the last word of the one that drives them, each goes back by itself.
arm_rollback() {
  if [ -e "$backup/open" ]; then
    : >"$backup/armed"
    systemctl stop "$timer.timer" >/dev/null 2>&1 || true
    systemd-run --quiet --collect --unit="$timer" --on-active="$confirm_within" /bin/sh "$state/apply" rollback "$deployment"
    say "goes back by itself in $confirm_within s unless it is confirmed"
  fi
}

disarm_rollback() {
  if [ -e "$backup/armed" ]; then systemctl stop "$timer.timer" >/dev/null 2>&1 || true; fi
}

confirm() {
  if [ ! -f "$state/bundle" ] || [ "$(cat "$state/bundle")" != "$expected" ]; then
    fail 'the files were not confirmed in time and this host went back to the old ones; run terraform apply again'
  fi
  disarm_rollback
  rm -rf "$backup" "$staged"
  remove_empty_directories "$state/directories"
  say 'confirmed'
}
`;
