import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';

/** Tells Docker, and whoever waits, whether the server of a container serves. */
export function healthScript(source: ConstructPath): string {
  return printScript({ source, variables: [['ldif', '/etc/ldap/slapd.ldif']], body: BODY });
}

const BODY = `# Usage: tandem-health [SECONDS]: whether slapd answers and every database is open; waits so long for it.
seconds=\${1:-0}

# shellcheck disable=SC1091
[ ! -r /etc/default/slapd ] || . /etc/default/slapd
port=\${SLAPD_SERVICES-}
port=\${port#*ldap://:}
port=\${port%%/*}

# Anonymous, as every client may ask.
ask() { timeout 2 ldapsearch -x -LLL -o nettimeout=1 -H "ldap://127.0.0.1:\${port:-389}" -s base "$@" 1.1 2>/dev/null; }

# The databases that every start closes.
databases() {
  awk '/^dn: / { dn = substr($0, 5) } /^olcRestrict: all$/ { print dn }' "$ldif"
}

# The result is 0 with and without an entry.
open() {
  fault='slapd does not answer'
  if [ ! -r "$ldif" ] || ! ask -b '' >/dev/null; then return 1; fi
  for database in $(databases); do
    if ! ask -b "$database" '(!(olcRestrict=all))' | grep -q '^dn:'; then
      fault="$database is closed"
      return 1
    fi
  done
}

fault=
end=$(($(date +%s) + seconds))
until open; do
  if [ "$(date +%s)" -ge "$end" ]; then
    echo "tandem-health: $fault"
    exit 1
  fi
  sleep 0.2
done
`;
