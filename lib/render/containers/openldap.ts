import { CERTIFICATE_LINES } from '../directory-server/certificate-lines';
import { quote } from '../shell/quote';
import { BESIDE } from './beside';
import type { ContainerEngine } from './engine';
import { SHIPPED } from './places';

const ENTRY_POINT = `gate=/usr/local/sbin/tandem-directory-gate
# Without a network Docker's resolver is silent, and whoever waits for it closes nothing.
export RES_OPTIONS='timeout:1 attempts:1'

begin() {
  install -d -m 0755 /run/slapd
  chown openldap:openldap /run/slapd
  # The volume of /etc/ldap may come from an image of before.
  cp -a ${SHIPPED}/ldap/. /etc/ldap/
}

# The gate is started again whenever it ends; a directory with a guard takes no writes meanwhile.
stand_beside() {
  while [ -x "$gate" ]; do
    "$gate" &
    process=$!
    echo "$process" >"$run/gate.pid"
    wait "$process" || true
    "$gate" close || true
    sleep 1
  done
}

${BESIDE}
serve() {
  rm -f "$run/restart" "$run/slapd.pid"
  /usr/local/sbin/tandem-slapd-config
  # shellcheck disable=SC1091
  . /etc/default/slapd
  slapd -d 0 -h "$SLAPD_SERVICES" -g "$SLAPD_GROUP" -u "$SLAPD_USER" -F "$SLAPD_CONF" &
  server=$!
  echo "$server" >"$run/slapd.pid"
  start_beside
  wait_for_server
  end_beside gate.pid
}
`;

const TAKE = `place_of_certificate() {
  tls=/etc/ldap/tls
  certificate_lines=${quote(CERTIFICATE_LINES.join('\n'))}
}
`;

const HEALTH = `ldif=/etc/ldap/slapd.ldif

# As it is now: whoever waits may have begun before the files of this host were there.
read_port() {
  # shellcheck disable=SC1091
  [ ! -r /etc/default/slapd ] || . /etc/default/slapd
  port=\${SLAPD_SERVICES-}
  port=\${port#*ldap://:}
  port=\${port%%/*}
}

# Anonymous, as every client may ask.
ask() { timeout 2 ldapsearch -x -LLL -o nettimeout=1 -H "ldap://127.0.0.1:\${port:-389}" -s base "$@" 1.1 2>/dev/null; }

# The databases that every start closes.
databases() {
  awk '/^dn: / { dn = substr($0, 5) } /^olcRestrict: all$/ { print dn }' "$ldif"
}

# The result is 0 with and without an entry.
serves() {
  fault='slapd does not answer'
  read_port
  if [ ! -r "$ldif" ] || ! ask -b '' >/dev/null; then return 1; fi
  for database in $(databases); do
    if ! ask -b "$database" '(!(olcRestrict=all))' | grep -q '^dn:'; then
      fault="$database is closed"
      return 1
    fi
  done
}
`;

const SYSTEMCTL = `process_file() { # UNIT
  case \${1%.service} in
    slapd) echo slapd.pid ;;
    tandem-directory-gate) echo gate.pid ;;
    *) return 1 ;;
  esac
}

is_server() { [ "\${1%.service}" = slapd ]; }

answers() { timeout 2 ldapsearch -x -H ldapi:/// -s base -b '' 1.1 >/dev/null 2>&1; }
`;

/**
 * Containers of OpenLDAP. The whole of `/etc/ldap` is a volume, because the configuration database is replaced by renames,
 * which a mount point does not allow.
 */
export const OPENLDAP: ContainerEngine = {
  packages: ['ldap-utils', 'libnss-myhostname', 'slapd'],
  answers: ['slapd slapd/no_configuration boolean true'],
  afterwards: [
    'rm -rf /etc/ldap/slapd.d /var/lib/ldap/*',
    // Every LDAP client looks its own host up. Docker takes that name out of /etc/hosts with the network.
    "sed -i 's/^hosts:.*/hosts: files myhostname dns/' /etc/nsswitch.conf",
    `mkdir -p ${SHIPPED}/ldap`,
    `cp -a /etc/ldap/. ${SHIPPED}/ldap/`,
  ],
  volumes: { configuration: '/etc/ldap', data: '/var/lib/ldap' },
  startPeriod: 60_000,
  entryPoint: ENTRY_POINT,
  take: TAKE,
  health: HEALTH,
  systemctl: SYSTEMCTL,
};
