/** Action `check` up to the checkers: unpack the bundle, put in the secrets, refuse what this host cannot take. */
export const STAGE = `
unpack_contents() {
  while read -r kind path content; do
    if [ "$kind" = content ]; then
      mkdir -p "$staged/root$(dirname "$path")"
      printf %s "$content" | base64 -d >"$staged/root$path"
    fi
  done <"$bundle"
}

prepare_file() {
  target=$staged/root$path
  [ -f "$target" ] || fail "$path has no content in the bundle"
  [ ! -d "$root$path" ] || fail "$path is a directory on this host; move it away"
  if grep -q '@@tandem-secret:' "$target"; then
    sed -f "$staged/substitute" "$target" >"$target.tandem-clear"
    mv "$target.tandem-clear" "$target"
    if grep -q '@@tandem-secret:' "$target"; then
      fail "$path still needs $(grep -o '@@tandem-secret:[a-z0-9_]*' "$target" | head -n 1 | cut -d: -f2), a secret that was not sent"
    fi
    case $mode in *0) ;; *) fail "$path holds a secret and its mode $mode lets everybody read it" ;; esac
  fi
  [ "$owner" = root ] || id -u "$owner" >/dev/null 2>&1 ||
    fail "$path belongs to user $owner, who does not exist here; install the package that creates this user"
  [ "$group" = root ] || getent group "$group" >/dev/null ||
    fail "$path belongs to group $group, which does not exist here; install the package that creates this group"
  chown "$owner:$group" "$target"
  chmod "$mode" "$target"
}

# The salt is drawn once for a host, so that the same value gives the same file again.
crypt() { # VALUE
  [ -s "$state/salt" ] || od -An -N8 -tx1 /dev/urandom | tr -d ' \\n' >"$state/salt"
  printf %s "$1" | perl -e 'print crypt(<STDIN>, "\\$6\\$$ARGV[0]\\$")' "$(cat "$state/salt")"
}

# Values are letters, digits, '.', '_' and '-' only: safe in sed and in every format. They stay out of process lists.
write_substitutions() {
  : >"$staged/substitute"
  [ -f "$upload/secrets" ] || return 0
  while read -r name value; do
    case $name in '' | *[!a-z0-9_]*) fail "a secret has an impossible name" ;; esac
    case $value in *[!A-Za-z0-9._-]*) fail "the value of secret $name must be letters, digits, '.', '_' and '-'" ;; esac
    if [ "\${#value}" -lt 12 ] || [ "\${#value}" -gt 64 ]; then
      fail "the value of secret $name must have 12 to 64 characters"
    fi
    printf 's|@@tandem-secret:%s@@|%s|g\\n' "$name" "$value" >>"$staged/substitute"
    if grep -rqF "@@tandem-secret:$name:crypt@@" "$staged/root"; then
      printf 's|@@tandem-secret:%s:crypt@@|%s|g\\n' "$name" "$(crypt "$value")" >>"$staged/substitute"
    fi
  done <"$upload/secrets"
}

unpack() {
  bundle=$upload/bundle
  [ -f "$bundle" ] || fail "$bundle is missing"
  [ "$(tail -n 1 "$bundle")" = end ] || fail "$bundle is cut off; run terraform apply again"
  read -r word format name host drbd_version <"$bundle"
  [ "$word $format" = 'bundle 1' ] || fail "$bundle has an unknown layout"
  [ "$name" = "$deployment" ] || fail "$bundle is for deployment $name, not for $deployment"
  [ -n "$root" ] || [ "$(uname -n)" = "$host" ] ||
    fail "these files are for host $host, but this machine calls itself $(uname -n); correct the address or the host name"
  rm -rf "$staged"
  mkdir -p "$staged/root"
  unpack_contents
  write_substitutions
  grep '^file \\|^command ' "$bundle" >"$staged/manifest" || true
  each_file "$staged/manifest" prepare_file
  rm -f "$staged/substitute" "$upload/secrets"
  say "$host: $(grep -c '^file ' "$staged/manifest" || true) files staged"
}
`;
