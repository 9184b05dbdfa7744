/**
 * The programs that own the formats look at the staged files. Several of them report a wrong word and still exit with 0,
 * so their output counts too.
 */
export const CHECKERS = `
need() { # PROGRAM PACKAGE
  command -v "$1" >/dev/null 2>&1 || fail "the checker $1 is not installed on this host; install the package $2"
}

refused() { # WHAT
  sed 's/^/  /' "$work/output" >&2
  fail "$1 was refused; nothing was changed on this host"
}

# Runs a checker; its output is shown only when it refuses.
accepts() { # WHAT COMMAND...
  what=$1
  shift
  "$@" </dev/null >"$work/output" 2>&1 || refused "$what"
}

silent() { # WHAT: the checker must have had nothing to say
  [ ! -s "$work/output" ] || refused "$1"
}

# postconf prints the settings to standard output and what is wrong with them to standard error.
complaints_of() {
  "$@" >/dev/null
}

# Some checkers give up root's rights and then cannot see the staged tree: they get a copy that is theirs.
copy_for() { # USER FILE...
  visible=$(mktemp -d)
  user=$1
  shift
  cp "$@" "$visible/"
  if [ "$(id -u)" = 0 ]; then chown -R "$user" "$visible"; fi
}

drop_copy() {
  rm -rf "$visible"
  visible=
}

once() { # NAME: true the first time
  [ ! -e "$work/done-$1" ] || return 1
  : >"$work/done-$1"
}

check_drbdadm() {
  # The dispatcher drbdadm asks the kernel module, which is not loaded on a new host.
  program=drbdadm
  if [ "$drbd_version" = 8.4 ] && [ -x "$root/lib/drbd/drbdadm-84" ]; then program=$root/lib/drbd/drbdadm-84; fi
  need "$program" drbd-utils
  accepts "$path" "$program" -c "$file" dump all
}

# A dry run loads no modules and then knows none of their attributes; a real one tries to write into the database
# directory, which belongs to the running service or is not mounted here. So it gets a directory of its own.
check_slapadd() {
  need slapadd slapd
  # The gate of a directory server asks its peers.
  if [ -e "$staged/root/usr/local/sbin/tandem-directory-gate" ]; then need ldapsearch ldap-utils; fi
  rm -rf "$work/slapd"
  mkdir -p "$work/slapd/config" "$work/slapd/data"
  sed "s|^olcDbDirectory: .*|olcDbDirectory: $work/slapd/data|" "$file" >"$work/slapd/ldif"
  accepts "$path" slapadd -n 0 -F "$work/slapd/config" -l "$work/slapd/ldif"
}

# The files of a certificate belong together. openssl comes with no package that a directory server needs.
check_certificate() {
  once certificate || return 0
  if ! command -v openssl >/dev/null 2>&1; then
    say 'the certificate was not looked at: openssl is not installed on this host'
    return 0
  fi
  tls=\${file%/*}
  accepts "\${path%/*}/ca.pem" openssl x509 -in "$tls/ca.pem" -noout
  accepts "\${path%/*}/server.crt" openssl x509 -in "$tls/server.crt" -noout -pubkey
  mv "$work/output" "$work/of-certificate"
  # A key with a password would be asked for, and slapd can not ask.
  accepts "\${path%/*}/server.key" openssl pkey -in "$tls/server.key" -passin pass: -pubout
  cmp -s "$work/output" "$work/of-certificate" ||
    fail "\${path%/*}/server.key is not the key of server.crt; nothing was changed on this host"
  # Of what follows the certificate in its file, only what leads to the authority is used.
  accepts "\${path%/*}/server.crt" openssl verify -CAfile "$tls/ca.pem" -untrusted "$tls/server.crt" "$tls/server.crt"
}

check_authorities() {
  if ! command -v openssl >/dev/null 2>&1; then
    say "$path was not looked at: openssl is not installed on this host"
    return 0
  fi
  accepts "$path" openssl x509 -in "$file" -noout
}

# Only postgresql.conf has a checker; pg_hba.conf shows its faults to a running server alone.
check_postgres() {
  case $path in */postgresql.conf) ;; *) return 0 ;; esac
  need postgres postgresql
  set -- "$(command -v postgres)" -C data_directory
  if [ "$(id -u)" = 0 ]; then set -- runuser -u postgres -- "$@"; fi
  copy_for postgres "$file"
  accepts "$path" "$@" -c "config_file=$visible/postgresql.conf"
  drop_copy
}

# postfix check would create directories below a queue that is not mounted, so postconf reads the files instead. It is
# the slowest to be read from the disk: the other checkers are at work meanwhile.
check_postfix() {
  once postfix || return 0
  need postconf postfix
  check_postfix_files &
  beside=$!
}

# Every instance: one may read files of another that is staged too.
check_postfix_files() {
  work=$work/beside
  mkdir "$work"
  for folder in "$staged/root/etc/postfix" "$staged/root/etc"/postfix-*; do
    [ -d "$folder" ] || continue
    path=/etc/\${folder##*/}
    mkdir "$work/\${folder##*/}"
    if [ -d "$root$path" ]; then cp -R "$root$path/." "$work/\${folder##*/}/"; fi
    cp -R "$folder/." "$work/\${folder##*/}/"
    # postconf reads tables of ldap_table(5) where main.cf says: the new ones are in the copy alone.
    if [ -f "$work/\${folder##*/}/main.cf" ]; then sed -i "s|:$path/|:$work/\${folder##*/}/|g" "$work/\${folder##*/}/main.cf"; fi
    accepts "$path/main.cf" complaints_of postconf -c "$work/\${folder##*/}" -n
    silent "$path/main.cf"
    accepts "$path/master.cf" complaints_of postconf -c "$work/\${folder##*/}" -M
    silent "$path/master.cf"
  done
}

join() {
  [ -n "$beside" ] || return 0
  process=$beside
  beside=
  wait "$process"
}

check_cyrus() {
  once cyrus || return 0
  need cyr_info cyrus-common
  imapd=$staged/root/etc/imapd.conf
  [ -f "$imapd" ] || imapd=$root/etc/imapd.conf
  services=$staged/root/etc/cyrus.conf
  [ -f "$services" ] || services=$root/etc/cyrus.conf
  copy_for cyrus "$imapd" "$services"
  accepts '/etc/imapd.conf or /etc/cyrus.conf' cyr_info -C "$visible/imapd.conf" -M "$visible/cyrus.conf" conf-lint
  silent '/etc/imapd.conf or /etc/cyrus.conf'
  drop_copy
}

check_nft() {
  need nft nftables
  accepts "$path" nft -c -f "$file"
}

check_chronyd() {
  need chronyd chrony
  accepts "$path" chronyd -p -f "$file"
}

check_logrotate() {
  need logrotate logrotate
  accepts "$path" logrotate -d -s "$work/logrotate" "$file"
  if grep -qF "error: $file" "$work/output"; then refused "$path"; fi
}

check_haproxy() {
  need haproxy haproxy
  # What keepalived asks HAProxy by.
  need socat socat
  accepts "$path" haproxy -c -f "$file"
}

# Its programs are looked at too: those that come with the file still lie beside the old ones.
check_keepalived() {
  need keepalived keepalived
  if grep -q '^ *misc_path ' "$file"; then need ldapsearch ldap-utils; fi
  sed "s| \\"/etc/keepalived/| \\"$staged/root/etc/keepalived/|" "$file" >"$work/keepalived.conf"
  accepts "$path" keepalived -t -f "$work/keepalived.conf"
  silent "$path"
}

# It has no check: asked for its state, it reads the file first, and says that it does not run (3) with no fault in it.
check_ldirectord() {
  need ldirectord ldirectord
  need ldapsearch ldap-utils
  cp "$file" "$work/tandem-check.cf"
  ldirectord "$work/tandem-check.cf" status </dev/null >"$work/output" 2>&1 || [ $? -eq 3 ] || refused "$path"
  if grep -q -e '^Error' -e '^Warning' "$work/output"; then refused "$path"; fi
}

verify_units() { # UNIT...
  env "SYSTEMD_UNIT_PATH=$staged/units:" systemd-analyze verify "$@"
}

# One call for all: it takes long to learn of the units of the host. Another one for each file only to name the culprit.
check_systemd_analyze() {
  once systemd || return 0
  need systemd-analyze systemd
  set --
  while read -r path unit shown; do set -- "$@" "$unit"; done <"$staged/units/list"
  if verify_units "$@" </dev/null >"$work/output" 2>&1 && ! grep -qF "$staged/units" "$work/output"; then return 0; fi
  while read -r path unit shown; do
    accepts "$path" verify_units "$unit"
    if grep -qF "$shown" "$work/output"; then refused "$path"; fi
  done <"$staged/units/list"
}

check_sh() {
  read -r first <"$file" || first=
  case $first in
    *bash*) accepts "$path" bash -n "$file" ;;
    *) accepts "$path" sh -n "$file" ;;
  esac
}

check_file() {
  file=$staged/root$path
  case $checker in
    -) return 0 ;;
    drbdadm) check_drbdadm ;;
    slapadd) check_slapadd ;;
    certificate) check_certificate ;;
    authorities) check_authorities ;;
    postgres) check_postgres ;;
    postfix) check_postfix ;;
    cyrus) check_cyrus ;;
    nft) check_nft ;;
    chronyd) check_chronyd ;;
    logrotate) check_logrotate ;;
    haproxy) check_haproxy ;;
    keepalived) check_keepalived ;;
    ldirectord) check_ldirectord ;;
    systemd-analyze) check_systemd_analyze ;;
    sh) check_sh ;;
    *) fail "$path asks for the unknown checker $checker" ;;
  esac
  checked=$((checked + 1))
}

check_all() {
  work=$staged/work
  mkdir "$work"
  checked=0
  each_file "$staged/due" check_file
  join || exit 1
  rm -rf "$work" "$staged/units"
  mv "$staged/accepted" "$state/accepted"
  printf '%s\\n' "$expected" >"$staged/id"
  say "$host: $checked files accepted by their checkers, $(($(grep -c . "$state/accepted" || true) - checked)) accepted before"
}
`;
