import type { ConstructPath } from '../../topology/units';
import { MOUNTS } from './places';
import { printScript } from '../shell/script';

/** What puts files and certificates of a container in place and lets its server take them up. */
export function takeScript(source: ConstructPath, deployment: string): string {
  return printScript({
    source,
    variables: [
      ['deployment', deployment],
      ['secrets', MOUNTS.secrets],
      ['authorities', MOUNTS.authorities],
      ['certificate', MOUNTS.certificate],
      ['tls', '/etc/ldap/tls'],
      // How long a server that was open may take to be open again.
      ['patience', 120],
    ],
    body: BODY,
  });
}

const BODY = `# Usage: tandem-take ACTION
#   files         takes the bundle on standard input (script, files, "end") and lets the server take them up
#   upload        only takes the bundle
#   run           lets the server take up what was uploaded
#   place         takes the bundle on standard input before slapd runs
#   certificates  takes the certificates of the mounted folder
action=\${1:-}
# In memory: values of secrets pass through it.
upload=/run/tandem-upload/$deployment

say() { printf 'tandem: %s\\n' "$*"; }
fail() {
  printf 'tandem: ERROR: %s\\n' "$*" >&2
  exit 1
}

# Values that did not come with the bundle are those of the mounted files.
mounted_secrets() {
  for file in "$secrets"/*; do
    [ -f "$file" ] || continue
    printf 'secret %s %s\\n' "\${file##*/}" "$(cat "$file")"
  done
}

upload() {
  rm -rf "$upload"
  mkdir -p "$upload"
  cat >"$upload/bundle"
  if [ "$(tail -n 1 "$upload/bundle")" != end ]; then
    rm -rf "$upload"
    fail 'the bundle is cut off; send it again'
  fi
  sed '$d' "$upload/bundle" >"$upload/apply"
  rm "$upload/bundle"
  # Not of the secrets: the id is written down.
  grep -v '^secret ' "$upload/apply" | sha256sum | cut -c 1-32 >"$upload/id"
  mounted_secrets >>"$upload/apply"
  echo end >>"$upload/apply"
}

apply() {
  [ -s "$upload/apply" ] || fail 'nothing was uploaded; run terraform apply again'
  id=$(cat "$upload/id")
  sh "$upload/apply" run "$deployment" "$id"
  rm -rf "$upload"
}

state_of() { sha256sum /etc/ldap/slapd.ldif /etc/default/slapd /usr/local/sbin/tandem-slapd-config 2>/dev/null || true; }

good_certificate() { # CA CERTIFICATE KEY
  for file in "$1" "$2" "$3"; do
    [ -s "$file" ] || { fault="$file is missing; run 'tandem certificates init' beside the stack"; return 1; }
  done
  openssl verify -CAfile "$1" "$2" >/dev/null 2>&1 ||
    { fault="$2 is not valid now, or not by the authority in $1"; return 1; }
  [ "$(openssl x509 -in "$2" -noout -pubkey 2>/dev/null)" = "$(openssl pkey -in "$3" -pubout 2>/dev/null)" ] ||
    { fault="$3 is not the key of $2"; return 1; }
}

# A broken file changes nothing; the old ones stay. Status 0: something changed.
certificates() {
  [ -d "\${authorities%/*}" ] || return 1
  fault=
  if ! good_certificate "$authorities" "$certificate/server.crt" "$certificate/server.key"; then
    [ -s "$tls/server.key" ] || fail "$fault"
    say "$fault: the certificate of before stays" >&2
    return 1
  fi
  if cmp -s "$authorities" "$tls/ca.pem" && cmp -s "$certificate/server.crt" "$tls/server.crt" &&
    cmp -s "$certificate/server.key" "$tls/server.key"; then return 1; fi
  install -d -m 0755 "$tls"
  install -m 0644 "$authorities" "$tls/.new.ca.pem"
  install -m 0644 "$certificate/server.crt" "$tls/.new.server.crt"
  install -m 0640 -g openldap "$certificate/server.key" "$tls/.new.server.key"
  for file in ca.pem server.crt server.key; do mv "$tls/.new.$file" "$tls/$file"; done
  say 'took new certificates'
}

# A server that was open has to be open again before the next one begins.
take_up() { # STATE OF BEFORE
  restart=
  if [ "$(state_of)" != "$1" ]; then restart=yes; fi
  if certificates; then restart=yes; fi
  [ -n "$restart" ] || return 0
  systemctl is-active --quiet slapd.service || return 0
  say 'slapd starts again with the new files'
  systemctl restart slapd.service
}

run() {
  opened=
  if tandem-health >/dev/null; then opened=yes; fi
  before=$(state_of)
  apply
  take_up "$before"
  if [ -z "$opened" ]; then return 0; fi
  tandem-health "$patience" || fail "the server was open and is not open again after $patience s; the next one is not touched"
}

# Two at a time would mix their files.
mkdir -p /run/tandem
exec 8>/run/tandem/take.lock
flock 8
case $action in
  files)
    upload
    run
    ;;
  upload) upload ;;
  run) run ;;
  place)
    upload
    apply
    ;;
  certificates) take_up "$(state_of)" ;;
  *) sed -n '/^# Usage/,/^action/p' "$0" | sed '$d; s/^# //' >&2; exit 64 ;;
esac
`;
