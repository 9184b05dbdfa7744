import { certificateLines } from '../ds389/certificate-lines';
import { INITIALIZE, localUrl, RENDERED, SETUP } from '../ds389/places';
import { quote } from '../shell/quote';
import { BESIDE } from './beside';
import type { ContainerEngine } from './engine';
import { SHIPPED } from './places';

/** What stands for the name of the instance in texts for all containers. */
const NAME = '@instance@';

const ENTRY_POINT = `begin() {
  install -d -o dirsrv -g dirsrv -m 0770 /run/dirsrv /run/lock/dirsrv
  install -d -o dirsrv -g dirsrv -m 0750 /etc/dirsrv /var/lib/dirsrv /var/log/dirsrv
  # The volume of /etc/dirsrv may come from an image of before.
  cp -a ${SHIPPED}/dirsrv/. /etc/dirsrv/
}

answers() { timeout 5 ldapsearch -Q -Y EXTERNAL -H "${localUrl('$name')}" -s base -b '' 1.1 >/dev/null 2>&1; }

# dscreate starts what it makes, as a process of its own.
end_created() {
  while [ -s "$pidfile" ] && kill "$(cat "$pidfile")" 2>/dev/null; do sleep 0.2; done
  rm -f "$pidfile"
}

# In the background: what needs a server that answers.
stand_beside() {
  until answers; do sleep 0.2; done
  until ${SETUP} configure "$name" 2>"$run/configured.log"; do
    cat "$run/configured.log" >&2
    sleep 5
  done
  cat "$run/configured.log" >&2
  if grep -q ': has to be started again$' "$run/configured.log"; then
    : >"$run/restart"
    kill "$server"
    return 0
  fi
  : >"$run/configured"
  # Consumers that can not be reached yet are asked again.
  while :; do
    ${INITIALIZE} &
    process=$!
    echo "$process" >"$run/initialize.pid"
    if wait "$process"; then return 0; fi
    sleep 10
  done
}

${BESIDE}
serve() {
  rm -f "$run/restart" "$run/configured" "$run/dirsrv.pid"
  set -- ${RENDERED}/*/instance.inf
  name=\${1%/instance.inf}
  name=\${name##*/}
  pidfile=/run/dirsrv/slapd-$name.pid
  ${SETUP} create "$name"
  end_created
  # They are gone with the container of before.
  install -d -o dirsrv -g dirsrv -m 0770 "/var/log/dirsrv/slapd-$name" "/run/lock/dirsrv/slapd-$name"
  ${SETUP} prepare "$name"
  ns-slapd -D "/etc/dirsrv/slapd-$name" -i "$pidfile" -d 0 &
  server=$!
  echo "$server" >"$run/dirsrv.pid"
  start_beside
  wait_for_server
  end_beside initialize.pid
}
`;

const TAKE = `place_of_certificate() {
  name=$(sed -n 's|^content ${RENDERED}/\\([^/]*\\)/instance.inf .*|\\1|p' "$upload/apply")
  tls=${RENDERED}/$name/tls
  certificate_lines=$(printf '%s' ${quote(certificateLines(NAME).join('\n'))} | sed "s|${NAME}|$name|g")
}
`;

const HEALTH = `setting() { sed -n "s/^$1 = //p" "$instance"; }

# By TLS, anonymous, as every client may ask.
ask() {
  LDAPTLS_CACERT=\${instance%/*}/tls/ca.pem LDAPTLS_REQCERT=demand \\
    timeout 5 ldapsearch -x -LLL -o ldif-wrap=no -o nettimeout=2 -H "ldaps://$(setting full_machine_name):$(setting secure_port)" -s base "$@" 2>/dev/null
}

suffixes() {
  printf '%s\\n' "$root" | while IFS= read -r line; do
    case $line in
      namingContexts::*) printf '%s\\n' "$(printf '%s' "\${line#*:: }" | base64 -d)" ;;
      namingContexts:*) printf '%s\\n' "\${line#*: }" ;;
    esac
  done
}

# A suffix without an entry (32) is a directory that waits for its first one.
serves() {
  fault='ns-slapd does not answer'
  # As it is now: whoever waits may have begun before the files of this host were there.
  instance=$(echo ${RENDERED}/*/instance.inf)
  if [ ! -r "$instance" ] || ! root=$(ask -b '' namingContexts); then return 1; fi
  fault='ns-slapd is not configured yet'
  if [ ! -e /run/tandem/configured ]; then return 1; fi
  suffixes >/run/tandem/suffixes.$$
  closed=
  while IFS= read -r suffix; do
    result=0
    ask -b "$suffix" 1.1 >/dev/null || result=$?
    case $result in 0 | 32) ;; *) closed=$suffix ;; esac
  done </run/tandem/suffixes.$$
  rm -f /run/tandem/suffixes.$$
  fault="$closed is closed"
  [ -z "$closed" ]
}
`;

const SYSTEMCTL = `process_file() { # UNIT
  case $1 in dirsrv@*) echo dirsrv.pid ;; *) return 1 ;; esac
}

is_server() { process_file "$1" >/dev/null; }

answers() {
  set -- /run/slapd-*.socket
  timeout 5 ldapsearch -Q -Y EXTERNAL -H "ldapi://%2Frun%2F\${1##*/}" -s base -b '' 1.1 >/dev/null 2>&1
}
`;

/**
 * Containers of 389 Directory Server. `tandem-ds389-setup` makes the instance of a new container and configures it after
 * each start; `tandem-ds389-initialize` fills the consumers that are empty.
 */
export const DS389: ContainerEngine = {
  packages: ['389-ds-base', 'ldap-utils', 'libnss3-tools'],
  answers: [],
  afterwards: [
    // There is no systemd that dscreate could ask to start an instance.
    "sed -i 's/^with_systemd.*/with_systemd = 0/' /usr/share/dirsrv/inf/defaults.inf",
    `mkdir -p ${SHIPPED}/dirsrv`,
    `cp -a /etc/dirsrv/. ${SHIPPED}/dirsrv/`,
  ],
  volumes: { configuration: '/etc/dirsrv', data: '/var/lib/dirsrv' },
  startPeriod: 180_000,
  entryPoint: ENTRY_POINT,
  take: TAKE,
  health: HEALTH,
  systemctl: SYSTEMCTL,
};
