import { NOWHERE } from './carry-over';

/** Exit code of `tandem-slapd-config online` when only a restart of slapd brings the new configuration. */
export const RESTART_NEEDED = 3;

/**
 * Shell: the commands `online`, which brings a running slapd to the LDIF without a restart, and `certificates`, which
 * makes it read its certificate again. Neither does anything where slapd does not run. What belongs to the gate and to
 * whoever switches the master stays as it is.
 */
export const ONLINE = `local_root() { program=$1; shift; timeout 30 "$program" -Q -Y EXTERNAL -H ldapi:/// "$@"; }

is_running() { local_root ldapsearch -LLL -s base -b cn=config 1.1 >/dev/null 2>&1; }

# With a wrong word or file slapd would have no TLS at all until it is mended: another slapd tries them first.
check_tls() { # LDIF of slapcat
  {
    printf 'dn: cn=config\\nobjectClass: olcGlobal\\ncn: config\\nolcPidFile: %s\\n' "$scratch/pid"
    sed -n '/^olcTLS/p' "$1"
    printf '\\ndn: olcDatabase={0}config,cn=config\\nobjectClass: olcDatabaseConfig\\nolcDatabase: {0}config\\n'
  } >"$scratch/tls.ldif"
  rm -rf "$scratch/tls"
  mkdir "$scratch/tls"
  slapadd -n 0 -F "$scratch/tls" -l "$scratch/tls.ldif" && chown -R openldap:openldap "$scratch" &&
    slapd -h "ldapi://$(printf '%s' "$scratch/socket" | sed 's,/,%2F,g')" -u openldap -g openldap -F "$scratch/tls" || return 1
  tries=0
  until [ -s "$scratch/pid" ] || [ "$tries" = 50 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  kill "$(cat "$scratch/pid")"
}

# Prints the changes from what runs to what is wanted; what needs a restart goes to the file 'restart'.
differences() { # RUNNING WANTED
  awk -v nowhere='${NOWHERE}' -v restart="$scratch/restart" '
    function skipped(dn, name) {
      if (name ~ /^(structuralObjectClass|entryUUID|creatorsName|createTimestamp|entryCSN|modifiersName|modifyTimestamp|contextCSN|olcConfigFile|olcConfigDir|dn)$/) return 1
      if (dn !~ /^dn: olcDatabase=[{][0-9]+[}]mdb,cn=config$/) return 0
      if (name ~ /^(olcReadOnly|olcRestrict|olcUpdateRef|olcMultiProvider)$/) return 1
      # A member that is not confirmed reads from nobody.
      return name == "olcSyncrepl" && (!((1, dn, name) in values) || index(values[1, dn, name], "provider=" nowhere " "))
    }
    function comparable(name, line) {
      if (name == "olcSyncrepl" || name == "olcModuleLoad") sub(/: [{][0-9]+[}]/, ": ", line)
      return line
    }
    function same(dn, name,   i, number, list, found, count) {
      number = split(values[1, dn, name], list, "\\n")
      for (i = 1; i < number; i++) { found[comparable(name, list[i])] = 1; count++ }
      number = split(values[2, dn, name], list, "\\n")
      for (i = 1; i < number; i++) { if (!(comparable(name, list[i]) in found)) return 0; count-- }
      return count == 0
    }
    function must_restart(dn, what) { print substr(dn, 5) ": " what >restart }
    function modules(dn,   i, number, list, found) {
      number = split(values[2, dn, "olcModuleLoad"], list, "\\n")
      for (i = 1; i < number; i++) found[comparable("olcModuleLoad", list[i])] = 1
      number = split(values[1, dn, "olcModuleLoad"], list, "\\n")
      for (i = 1; i < number; i++) {
        if (!(comparable("olcModuleLoad", list[i]) in found)) { must_restart(dn, "a module is removed"); return "" }
        delete found[comparable("olcModuleLoad", list[i])]
      }
      changed = "add: olcModuleLoad\\n"
      for (i in found) changed = changed i "\\n"
      return changed "-\\n"
    }
    function change(dn,   i, name, changes) {
      changes = ""
      for (i = 1; i <= names; i++) {
        name = attribute[i]
        if (skipped(dn, name) || same(dn, name)) continue
        if (name ~ /^(objectClass|cn|olcDatabase|olcDbDirectory|olcSuffix|olcOverlay|olcPidFile|olcArgsFile|olcServerID|olcModulePath|olcAttributeTypes|olcObjectClasses|olcAccessLogDB)$/)
          must_restart(dn, name)
        else if (name == "olcModuleLoad") changes = changes modules(dn)
        else if (name == "olcSyncrepl") changes = changes "replace: " name "\\n" unnumbered(values[2, dn, name]) "-\\n"
        else changes = changes "replace: " name "\\n" values[2, dn, name] "-\\n"
      }
      if (changes != "") print dn "\\nchangetype: modify\\n" changes
    }
    function unnumbered(lines) { gsub(/olcSyncrepl: [{][0-9]+[}]/, "olcSyncrepl: ", lines); return lines }
    function added(dn,   i) {
      if (dn !~ /^dn: (olcOverlay=|cn=[{][0-9]+[}][^,]*,cn=schema,)/) { must_restart(dn, "is new"); return }
      print dn "\\nchangetype: add"
      for (i = 1; i <= names; i++) if (!skipped(dn, attribute[i])) printf "%s", values[2, dn, attribute[i]]
      print ""
    }
    FNR == 1 { side++ }
    /^dn::? / { dn = $0; if (!((side, dn) in entries)) { entries[side, dn] = 1; order[side, ++count[side]] = dn } }
    /^[A-Za-z]/ {
      name = substr($0, 1, index($0, ":") - 1)
      if (name != "dn") values[side, dn, name] = values[side, dn, name] $0 "\\n"
      if (!(name in known)) { known[name] = 1; attribute[++names] = name }
    }
    END {
      for (i = 1; i <= count[1]; i++) if (!((2, order[1, i]) in entries)) must_restart(order[1, i], "is gone")
      for (i = 1; i <= count[2]; i++) {
        dn = order[2, i]
        if (dn == "dn: cn=schema,cn=config") continue
        if ((1, dn) in entries) change(dn)
        else added(dn)
      }
    }' "$1" "$2"
}

scratch=
# shellcheck disable=SC2317
forget() { [ -z "$scratch" ] || rm -rf "$scratch"; }

online() {
  if ! is_running; then exit 0; fi
  scratch=$(mktemp -d)
  chmod 0755 "$scratch"
  trap forget EXIT
  mkdir "$scratch/config"
  as_running=yes
  export as_running
  prepared "$ldif" >"$scratch/ldif"
  # Databases lie where they lie; slapadd writes nothing into them.
  if ! slapadd -n 0 -F "$scratch/config" -l "$scratch/ldif"; then
    say "$ldif was refused, slapd goes on as it was"
    exit 1
  fi
  slapcat -n 0 -F "$scratch/config" -o ldif-wrap=no >"$scratch/wanted"
  local_root ldapsearch -LLL -o ldif-wrap=no -b cn=config >"$scratch/running"
  differences "$scratch/running" "$scratch/wanted" >"$scratch/changes"
  if [ -s "$scratch/restart" ]; then
    say "only a restart of slapd brings: $(tr '\\n' ';' <"$scratch/restart")"
    exit ${RESTART_NEEDED}
  fi
  if grep -q '^replace: olcTLS' "$scratch/changes" && ! check_tls "$scratch/wanted"; then
    say 'slapd takes no such settings of TLS, it goes on as it was'
    exit 1
  fi
  if [ -s "$scratch/changes" ] && ! local_root ldapmodify -f "$scratch/changes" >/dev/null; then
    say 'slapd has refused a change; what came before it is in force'
    exit 1
  fi
  # The gate takes its lines from here.
  cat "$ldif" >"$live/$mark.new"
  chown openldap:openldap "$live/$mark.new"
  mv "$live/$mark.new" "$live/$mark"
  exit 0
}

# slapd reads its certificate when the setting is made, also when it stays the same, and that of its own connections with
# each line.
certificates() {
  if ! is_running; then exit 0; fi
  scratch=$(mktemp -d)
  chmod 0755 "$scratch"
  trap forget EXIT
  local_root ldapsearch -LLL -o ldif-wrap=no -b cn=config >"$scratch/running"
  if ! check_tls "$scratch/running"; then
    say 'slapd takes no such certificate, it goes on with the one of before'
    exit 1
  fi
  awk '
    function show() {
      if (certificate != "" && key != "")
        print dn "\\nchangetype: modify\\nreplace: olcTLSCertificateFile\\n" certificate "\\n-\\nreplace: olcTLSCertificateKeyFile\\n" key "\\n"
      if (lines != "") print dn "\\nchangetype: modify\\nreplace: olcSyncrepl\\n" lines
      certificate = ""; key = ""; lines = ""
    }
    /^dn: / { show(); dn = $0 }
    /^olcTLSCertificateFile: / { certificate = $0 }
    /^olcTLSCertificateKeyFile: / { key = $0 }
    /^olcSyncrepl: / { sub(/: [{][0-9]+[}]/, ": "); lines = lines $0 "\\n" }
    END { show() }' "$scratch/running" >"$scratch/changes"
  local_root ldapmodify -f "$scratch/changes" >/dev/null || {
    say 'slapd has refused to read its certificate again'
    exit 1
  }
  exit 0
}
`;

/** Looks at the argument of the script; without one slapd is about to start. */
export const ONLINE_COMMANDS = `case \${1-} in
  online) online ;;
  certificates) certificates ;;
  '') ;;
  *)
    say "Usage: $0 [online|certificates]"
    exit 64
    ;;
esac
`;
