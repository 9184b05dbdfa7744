import type { ConstructPath } from '../../topology/units';
import type { ShellScript } from '../shell/script';

/** What a script of a host with 389 Directory Servers works on. */
export interface Ds389ScriptProps {
  readonly source: ConstructPath;
  /** Names of the instances. */
  readonly instances: readonly string[];
}

/**
 * The script that brings instances to what their files say: it adds what is missing, changes what differs and removes
 * agreements and peers that are gone. Databases, their entries, and settings that no file names stay as they are. Run
 * twice, it changes nothing the second time.
 */
export function setupScript({ source, instances }: Ds389ScriptProps): ShellScript {
  return { source, variables: [['instances', instances.join(' ')]], body: BODY };
}

/** How the scripts talk to an instance on their own host: the local root is its administrator. */
export const LOCAL = `url_of() { printf 'ldapi://%%2Frun%%2Fslapd-%s.socket' "$1"; }
# NAME DN [FILTER] [ATTRIBUTE]...: an entry, without folded lines
entry_of() { name=$1 dn=$2; shift 2; ldapsearch -Q -Y EXTERNAL -LLL -o ldif-wrap=no -H "$(url_of "$name")" -b "$dn" -s base "$@"; }
`;

const BODY = `mode=all
case \${1:-} in
  create | prepare | configure) mode=$1; shift ;;
esac
[ $# -eq 0 ] || instances=$*

say() { printf 'tandem-ds389-setup: %s: %s\\n' "$name" "$1" >&2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

${LOCAL}
has_systemd() { [ -d /run/systemd/system ]; }
runs() { entry_of "$name" '' '(objectClass=*)' 1.1 >/dev/null 2>&1; }

# dscreate also starts the instance, and enables its unit.
create() {
  mark=/etc/dirsrv/tandem-creates-$name
  # What was begun and not finished has no entry of anybody.
  if [ -e "$mark" ]; then rm -rf "/etc/dirsrv/slapd-$name" "/var/lib/dirsrv/slapd-$name"; fi
  [ ! -e "/etc/dirsrv/slapd-$name/dse.ldif" ] || return 0
  say 'is created'
  : >"$mark"
  dscreate from-file "$from/instance.inf" >"$work/dscreate" 2>&1 || { cat "$work/dscreate" >&2; exit 1; }
  sync
  rm "$mark"
}

# What the server reads at a start alone: its certificate, how it maps those of others, and schema of its own.
prepare() {
  directory=/etc/dirsrv/slapd-$name
  tls=$from/tls
  changed=no
  put() { # FILE TARGET
    cmp -s "$1" "$2" || { install -o dirsrv -g dirsrv -m 0440 "$1" "$2"; changed=yes; }
  }
  put "$from/certmap.conf" "$directory/certmap.conf"
  for file in "$from"/98*.ldif; do
    [ ! -e "$file" ] || put "$file" "$directory/schema/\${file##*/}"
  done
  for file in ca.pem server.crt server.key; do
    [ -r "$tls/$file" ] || { say "$tls/$file is missing"; exit 1; }
  done
  for file in ca.pem server.crt; do put "$tls/$file" "$directory/tandem-$file"; done
  cmp -s "$tls/server.key" "$directory/tandem-server.key" || install -o dirsrv -g dirsrv -m 0400 "$tls/server.key" "$directory/tandem-server.key"
  sum=$(cat "$tls/ca.pem" "$tls/server.crt" "$tls/server.key" | sha256sum)
  [ "$sum" != "$(cat "$directory/tandem-tls" 2>/dev/null)" ] || return 0
  openssl pkcs12 -export -in "$tls/server.crt" -inkey "$tls/server.key" -name Server-Cert -passout pass: -out "$work/server.p12"
  nss() { certutil -d "sql:$directory" -f "$directory/pwdfile.txt" "$@"; }
  # The old key too, and the authority that dscontainer makes, whose key lies on this host.
  nss -F -n Server-Cert 2>/dev/null || nss -D -n Server-Cert 2>/dev/null || true
  for old in Self-Signed-CA tandem-authority; do nss -D -n "$old" 2>/dev/null || true; done
  nss -A -n tandem-authority -t CT,, -a -i "$tls/ca.pem"
  pk12util -i "$work/server.p12" -d "sql:$directory" -k "$directory/pwdfile.txt" -W '' >"$work/output" || { cat "$work/output" >&2; exit 1; }
  rm -f "$work/server.p12"
  chown dirsrv:dirsrv "$directory"/*.db
  printf '%s\\n' "$sum" >"$directory/tandem-tls"
  changed=yes
}

# One record of a file to a file, its lines not folded.
records() { # FILE DIRECTORY
  rm -rf "$2"
  mkdir "$2"
  sed -e '/^#/d' "$1" | awk -v directory="$2" '
    function flush() { if (line != "") { print line >file; line = "" } }
    /^ / { line = line substr($0, 2); next }
    { flush() }
    $0 == "" { if (file != "") close(file); file = ""; next }
    { if (file == "") file = sprintf("%s/%04d", directory, ++number); line = $0 }
    END { flush() }'
}

name_in() { # FILE: the name of its record, as an argument
  case $(sed -n 1p "$1") in
    dn::*) sed -n '1s/^dn:: *//p' "$1" | base64 -d ;;
    *) sed -n '1s/^dn: *//p' "$1" ;;
  esac
}

# FILE OF WHAT IS: passwords come in base64 whatever they hold
plain_passwords() {
  while IFS= read -r line; do
    case $line in
      userPassword::*) printf 'userPassword: %s\\n' "$(printf '%s' "\${line#userPassword:: }" | base64 -d)" ;;
      *) printf '%s\\n' "$line" ;;
    esac
  done <"$1"
}

# Left alone: what stands in no change, because the server sets it itself or it names the entry.
DIFFERENCE='
BEGIN {
  split("dn objectclass cn sn nsslapd-suffix nsslapd-state nsslapd-backend nsds5replicaroot", list, " ")
  for (i in list) left[list[i]] = 1
  if (!secrets) left["nsds5replicacredentials"] = 1
  split("nsds5replicaupdateschedule nsds5replicatedattributelist nsds5replicatedattributelisttotal nsds5replicabinddn nsds5replicacredentials nsds5replicareferral", list, " ")
  for (i in list) optional[list[i]] = 1
}
{
  at = index($0, ":")
  attribute = tolower(substr($0, 1, at - 1))
  if ($0 == "" || attribute == "") next
  if (FNR == NR) { if (attribute == "dn") name = $0; if (!(attribute in wanted)) order[++number] = attribute; wanted[attribute] = wanted[attribute] $0 "\\n"; count[attribute]++; want[attribute, substr($0, at)] = 1; next }
  is[attribute]++
  if ((attribute, substr($0, at)) in want) equal[attribute]++
}
END {
  for (i = 1; i <= number; i++) {
    attribute = order[i]
    if (attribute in left || (equal[attribute] == count[attribute] && is[attribute] == count[attribute])) continue
    text = text "replace: " attribute "\\n" wanted[attribute] "-\\n"
  }
  for (attribute in optional) if (attribute in is && !(attribute in wanted)) text = text "delete: " attribute "\\n-\\n"
  if (text != "") printf "%s\\nchangetype: modify\\n%s", name, text
}'

# What takes effect at a start alone.
NEEDS_START='^(replace: )(nsslapd-(pluginenabled|port|secureport|security|extract-pemfiles)|nssslclientauth|nssslpersonalityssl|sslversionmin|[a-z]*extractfile|nsds5replicatype|uniqueness-.*)$'

apply() { # FILE SECRETS
  dn=$(name_in "$1")
  result=0
  entry_of "$name" "$dn" '(objectClass=*)' >"$work/is" 2>"$work/output" || result=$?
  case $result in
    0) ;;
    32)
      say "$dn is added"
      ldapadd -Q -Y EXTERNAL -H "$(url_of "$name")" -f "$1" >/dev/null
      ! grep -qi '^objectClass: nsSlapdPlugin$' "$1" || changed=yes
      return
      ;;
    *) cat "$work/output" >&2; exit 1 ;;
  esac
  plain_passwords "$work/is" >"$work/is.plain"
  awk -v secrets="$2" "$DIFFERENCE" "$1" "$work/is.plain" >"$work/change"
  [ -s "$work/change" ] || return 0
  say "$dn is changed: $(sed -n -e 's/^replace: //p' -e 's/^delete: //p' "$work/change" | tr '\\n' ' ')"
  ldapmodify -Q -Y EXTERNAL -H "$(url_of "$name")" -f "$work/change" >/dev/null
  ! grep -Eq "$NEEDS_START" "$work/change" || changed=yes
}

# BASE FILTER DIRECTORY...: entries that no record names are removed
prune() {
  base=$1 filter=$2
  shift 2
  ldapsearch -Q -Y EXTERNAL -LLL -o ldif-wrap=no -H "$(url_of "$name")" -b "$base" "$filter" 1.1 >"$work/are"
  : >"$work/stay"
  for record in "$@"; do
    [ -e "$record" ] || continue
    result=0
    entry_of "$name" "$(name_in "$record")" '(objectClass=*)' 1.1 >>"$work/stay" 2>"$work/output" || result=$?
    [ $result = 0 ] || [ $result = 32 ] || { cat "$work/output" >&2; exit 1; }
  done
  sed '/^$/d' "$work/are" | grep -vxF -f "$work/stay" >"$work/gone" || true
  while IFS= read -r line; do
    say "\${line#dn*: } is removed"
    printf '%s\\nchangetype: delete\\n' "$line" | ldapmodify -Q -Y EXTERNAL -H "$(url_of "$name")" >/dev/null
  done <"$work/gone"
}

configure() {
  # Two at a time would add an entry twice.
  exec 9>"/run/tandem-ds389-$name.lock"
  flock 9
  records "$from/config.ldif" "$work/config"
  records "$from/agreements.ldif" "$work/agreements"
  # The server keeps passwords of agreements in a form of its own: they are written again where the file is another one.
  sum=$(sha256sum <"$from/agreements.ldif")
  secrets=1
  [ "$sum" != "$(cat "/etc/dirsrv/slapd-$name/tandem-agreements" 2>/dev/null)" ] || secrets=0
  for record in "$work"/config/*; do apply "$record" 1; done
  prune 'cn=mapping tree,cn=config' '(objectClass=nsDS5ReplicationAgreement)' "$work"/agreements/*
  for record in "$work"/agreements/*; do [ ! -e "$record" ] || apply "$record" "$secrets"; done
  prune cn=config '(&(objectClass=nsAccount)(cn=peer *))' "$work"/config/*
  prune cn=plugins,cn=config '(&(objectClass=nsSlapdPlugin)(cn=uniqueness of *))' "$work"/config/*
  ! grep -q ',cn=plugins,' "$work/gone" || changed=yes
  printf '%s\\n' "$sum" >"/etc/dirsrv/slapd-$name/tandem-agreements"
  exec 9>&-
}

# In a container systemctl knows the unit too.
start_again() {
  if systemctl --quiet is-active "dirsrv@$name.service" 2>/dev/null; then systemctl restart "dirsrv@$name.service"; else say 'has to be started again'; fi
}

for name in $instances; do
  from=/etc/tandem/ds389/$name
  changed=no
  case $mode in
    create) create ;;
    prepare) prepare ;;
    configure)
      configure
      [ $changed = no ] || say 'has to be started again'
      ;;
    all)
      create
      prepare
      if ! runs; then
        has_systemd || { say 'does not run, so the rest is done at its next start'; continue; }
        systemctl start "dirsrv@$name.service"
      elif [ $changed = yes ]; then
        start_again
      fi
      changed=no
      configure
      [ $changed = no ] || start_again
      ;;
  esac
done
`;
