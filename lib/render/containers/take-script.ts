import type { ConstructPath } from '../../topology/units';
import type { ContainerRole } from './container-role';
import { MOUNTS, ROLES_VARIABLE } from './places';
import { printScript } from '../shell/script';

/** What puts files and certificates of a container in place and lets its servers take them up. */
export function takeScript(source: ConstructPath, deployment: string, roles: readonly ContainerRole[]): string {
  const certified = roles.find(({ take }) => take !== undefined);
  return printScript({
    source,
    variables: [
      ['deployment', deployment],
      ['secrets', MOUNTS.secrets],
      ...(certified
        ? ([
            ['authorities', MOUNTS.authorities],
            ['certificate', MOUNTS.certificate],
          ] as const)
        : []),
      // How long a server that was open may take to be open again.
      ['patience', 120],
    ],
    body: `${FUNCTIONS}\n${certified ? `${certified.take}\n` : ''}${SECRETS}${certified ? CERTIFICATE : ''}${UPLOAD}${apply(linesOf(certified, roles))}${MAIN}`,
  });
}

/** A container without the role that has a certificate gets none. */
function linesOf(certified: ContainerRole | undefined, roles: readonly ContainerRole[]): string {
  if (!certified) return '';
  if (roles.length === 1) return '    mounted_certificate\n';
  return `    case " \${${ROLES_VARIABLE}:?} " in *' ${certified.name} '*) mounted_certificate ;; esac\n`;
}

const FUNCTIONS = `# Usage: tandem-take ACTION
#   files         takes the bundle on standard input (script, files, "end") and lets the server take them up
#   upload        only takes the bundle
#   run           lets the server take up what was uploaded
#   place         takes the bundle on standard input before the server runs
action=\${1:-}
# In memory: values of secrets pass through it.
upload=/run/tandem-upload/$deployment

say() { printf 'tandem: %s\\n' "$*"; }
fail() {
  printf 'tandem: ERROR: %s\\n' "$*" >&2
  exit 1
}

`;

const SECRETS = `# Values that did not come with the bundle are those of the mounted files.
mounted_secrets() {
  for file in "$secrets"/*; do
    [ -f "$file" ] || continue
    printf 'secret %s %s\\n' "\${file##*/}" "$(cat "$file")"
  done
}
`;

const CERTIFICATE = `
# The apply script looks at it, and keeps the old one where it is no good.
mounted_certificate() {
  place_of_certificate
  for file in "$authorities" "$certificate/server.crt" "$certificate/server.key"; do
    [ -s "$file" ] || fail "$file is missing or empty: 'tandem certificates init' makes the mounted files"
  done
  printf 'content %s ' "$tls/ca.pem"
  base64 -w 0 "$authorities"
  printf '\\ncontent %s ' "$tls/server.crt"
  base64 -w 0 "$certificate/server.crt"
  printf '\\ncontent %s ' "$tls/server.key"
  base64 -w 0 "$certificate/server.key"
  printf '\\n%s\\n' "$certificate_lines"
}
`;

const UPLOAD = `
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
}

`;

const apply = (certificate: string): string => `apply() {
  [ -s "$upload/apply" ] || fail 'nothing was uploaded; run terraform apply again'
  id=$(cat "$upload/id")
  # Not earlier: Terraform hides what the step before says.
  {
${certificate}    mounted_secrets
    echo end
  } >>"$upload/apply"
  sh "$upload/apply" run "$deployment" "$id"
  rm -rf "$upload"
}

`;

const MAIN = `# A server that was open has to be open again before the next one begins.
run() {
  opened=
  if tandem-health >/dev/null; then opened=yes; fi
  apply
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
  *) sed -n '/^# Usage/,/^action/p' "$0" | sed '$d; s/^# //' >&2; exit 64 ;;
esac
`;
