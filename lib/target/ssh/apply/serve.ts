import { SERVES_AGAIN } from '../turns';

/**
 * The turn of a directory server. It ends when the server serves again, so that no two of a directory are away at a time.
 * One that did not serve before, because it is new or closed, is left to its gate: it may wait for those that come after it.
 */
export const SERVE = `
directory_configuration=/etc/ldap/slapd.d/tandem
serves_within=${SERVES_AGAIN}

# Prints which databases are closed, by the restriction "all"; fails where slapd does not say.
restrictions() {
  timeout 10 ldapsearch -LLL -Q -Y EXTERNAL -H ldapi:/// -o nettimeout=5 -s one -b cn=config \\
    '(objectClass=olcMdbConfig)' olcRestrict </dev/null 2>/dev/null
}

serves() {
  closed=$(restrictions) || return 1
  case $closed in *'olcRestrict: all'*) return 1 ;; esac
}

# Whoever can not be asked is taken for one that serves. The configuration that comes with the package is not ours.
may_serve() {
  [ -e "$root$directory_configuration" ] || return 1
  case $(systemctl is-active slapd.service </dev/null 2>/dev/null) in inactive | failed | unknown) return 1 ;; esac
  case $(restrictions) in *'olcRestrict: all'*) return 1 ;; esac
}

turn() {
  if ! may_serve; then
    activate
    return 0
  fi
  activate
  waited=0
  until serves; do
    [ "$waited" -lt "$serves_within" ] ||
      fail "the directory server does not serve again after $serves_within s; see journalctl -u slapd -u tandem-directory-gate"
    sleep 1
    waited=$((waited + 1))
  done
  say 'the directory server serves'
}
`;
