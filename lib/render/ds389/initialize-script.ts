import type { ShellScript } from '../shell/script';
import { LOCAL, type Ds389ScriptProps } from './setup-script';

/**
 * The script that sends directories to the consumers of a host's instances, one after the other. It waits until this host
 * has a directory itself, so that it can be started on all hosts at once: the one that was loaded by hand begins. A
 * consumer that has entries is left alone unless `--again` says otherwise, because everything it has is replaced. Suffixes
 * as arguments are the only ones that it looks after.
 */
export function initializeScript({ source, instances }: Ds389ScriptProps): ShellScript {
  return { source, variables: [['instances', instances.join(' ')]], body: BODY };
}

const BODY = `again=no
[ "\${1:-}" != --again ] || { again=yes; shift; }
# Seconds for which the directory may take to arrive here.
patience=\${TANDEM_PATIENCE:-3600}

say() { printf 'tandem-ds389-initialize: %s: %s\\n' "$name" "$1" >&2; }

${LOCAL}
tab=$(printf '\\t')
status=0

# A suffix without an entry is an empty replica.
wait_for_entries() { # SUFFIX
  end=$(($(date +%s) + patience))
  until entry_of "$name" "$1" '(objectClass=*)' 1.1 >/dev/null 2>&1; do
    [ "$(date +%s)" -lt "$end" ] || return 1
    sleep 1
  done
}

# Anyone may ask whether the entry of a suffix exists: 32 is no, whatever else he may read.
is_empty() { # SUFFIX URL
  result=0
  LDAPTLS_CACERT=/etc/tandem/ds389/$name/tls/ca.pem LDAPTLS_REQCERT=demand \\
    ldapsearch -x -LLL -o nettimeout=10 -H "$2" -b "$1" -s base 1.1 >/dev/null 2>&1 || result=$?
  case $result in
    32) return 0 ;;
    0) return 1 ;;
    *) return 2 ;;
  esac
}

is_one_of() { # TEXT TEXT...
  text=$1
  shift
  for other; do [ "$text" != "$other" ] || return 0; done
  return 1
}

begin() { # DN: the name goes as it is, whatever it holds
  printf 'dn:: %s\\nchangetype: modify\\nreplace: nsds5BeginReplicaRefresh\\nnsds5BeginReplicaRefresh: start\\n' \\
    "$(printf '%s' "$1" | base64 -w 0)" | ldapmodify -Q -Y EXTERNAL -H "$(url_of "$name")" >/dev/null
}

runs() { entry_of "$name" "$1" '(objectClass=*)' nsds5BeginReplicaRefresh | grep -qi '^nsds5BeginReplicaRefresh:'; } # DN

for name in $instances; do
  while IFS=$tab read -r suffix agreement url consumer; do
    case $suffix in '#'*) continue ;; esac
    [ $# -eq 0 ] || is_one_of "$suffix" "$@" || continue
    wait_for_entries "$suffix" || { say "$suffix has not arrived here"; status=1; continue; }
    result=0
    is_empty "$suffix" "$url" || result=$?
    if [ $result = 2 ]; then
      say "$consumer does not answer"
      status=1
      continue
    fi
    if [ $result = 1 ] && [ $again = no ]; then
      say "$consumer has $suffix already"
      continue
    fi
    say "$consumer gets $suffix"
    begin "$agreement"
    while runs "$agreement"; do sleep 0.2; done
    answer=$(entry_of "$name" "$agreement" '(objectClass=*)' nsds5ReplicaLastInitStatus | sed -n 's/^nsds5ReplicaLastInitStatus: //p')
    case $answer in
      'Error (0) '*) ;;
      *) say "$consumer: $answer"; status=1 ;;
    esac
  done <"/etc/tandem/ds389/$name/initialize"
done
exit $status
`;
