import { COMMENTS } from './follow';

/** Functions of the gate by which it looks at its slapd and asks peers. */
export const LOOK = `LDAPTLS_CACERT=$authorities
LDAPTLS_REQCERT=demand
export LDAPTLS_CACERT LDAPTLS_REQCERT

# Which slapd it is that runs: one that was started anew is closed again.
process() { cat /run/slapd/slapd.pid 2>/dev/null; }

# The database of this server: closed, writes (yes, no), master (- for none) and reads_from (peers, nowhere, nobody); and
# log_closed (yes, no): that of its log of changes, or as the database itself where there is none
look() {
  running=$(process) || return 1
  timeout 5 ldapsearch -Q -Y EXTERNAL -H ldapi:/// -LLL -o ldif-wrap=no -s one -b cn=config '(objectClass=olcMdbConfig)' \\
    olcRestrict olcReadOnly olcUpdateRef olcSyncrepl olcSuffix >"$work/databases" 2>/dev/null || return 1
  awk -v dn="dn: $database" '/^dn: / { found = ($0 == dn) } found' "$work/databases" >"$work/database"
  if ! [ -s "$work/database" ]; then return 1; fi
  closed=no writes=yes master=- reads_from=nobody
  while read -r name value; do
    case $name in
      olcRestrict:) if [ "$value" = all ]; then closed=yes; fi ;;
      olcReadOnly:) if [ "$value" = TRUE ]; then writes=no; fi ;;
      olcUpdateRef:) master=$value ;;
      olcSuffix:) suffix=$value ;;
      olcSuffix::) suffix=$(printf '%s' "$value" | base64 -d) ;;
      olcSyncrepl:) case $value in *"provider=$nowhere "*) reads_from=nowhere ;; *) reads_from=peers ;; esac ;;
    esac
  done <"$work/database"
  log_closed=$closed
  if [ "$log" != - ]; then
    log_closed=$(awk -v dn="dn: $log" '
      BEGIN { closed = "no" }
      /^dn: / { found = ($0 == dn) }
      found && $0 == "olcRestrict: all" { closed = "yes" }
      END { print closed }' "$work/databases")
  fi
}

# How many entries this server holds; more than none when slapd does not say
entries() {
  number=\${database#*\\{}
  found=$(timeout 5 ldapsearch -Q -Y EXTERNAL -H ldapi:/// -LLL -s base \\
    -b "cn=Database \${number%%\\}*},cn=Databases,cn=Monitor" olmMDBEntries 2>/dev/null | sed -n 's/^olmMDBEntries: //p')
  printf '%s\\n' "\${found:-1}"
}

# A line for each peer that answers: its address, closed, reads or writes, who is master to it, its id, its part
ask() { # PEER
  url=\${1%%|*} rest=\${1#*|}
  # A slow peer is not a lost one: only a guard has to know soon.
  if [ "$minority" = - ]; then within=$slow; else within=$round; fi
  timeout "$within" ldapsearch -x -LLL -o ldif-wrap=no -o nettimeout="$within" -H "$url" -s base -b "\${rest%%|*}" \\
    '(olcSuffix=*)' olcRestrict olcReadOnly olcUpdateRef 2>/dev/null |
    awk -v url="$url" -v rest="\${rest#*|}" '
      BEGIN { state = "writes"; master = "-"; split(rest, word, "|") }
      /^dn: / { answers = 1 }
      /^olcReadOnly: TRUE/ && state == "writes" { state = "reads" }
      /^olcRestrict: all/ { state = "closed" }
      /^olcUpdateRef: / { master = $2 }
      END { if (answers) print url, state, master, word[1], word[2] }'
}

# All peers at the same time: none waits for another one that is silent
ask_all() {
  askers='' number=0
  for peer in $peers; do
    number=$((number + 1))
    ask "$peer" >"$work/peer.$number" &
    askers="$askers $!"
  done
  for asker in $askers; do wait "$asker" || true; done
  answers=
  if [ "$number" -gt 0 ]; then answers=$(cat "$work"/peer.*); fi
  asked=yes
}

# Answers that match a condition of awk, or their first words
those() { printf '%s\\n' "$answers" | awk "NF == 5 && ($1) { print \\$1 }" | tr '\\n' ' ' | sed 's/ $//'; }

# Peers that do not answer
silent() {
  for peer in $peers; do
    case "
$answers
" in *"
\${peer%%|*} "*) ;; *) printf ' %s' "\${peer%%|*}" ;; esac
  done
}

# The one member that takes writes and calls itself master; nothing where several do
writer() {
  # shellcheck disable=SC2046
  set -- $(those '$2 == "writes" && $5 == "member"')
  if [ $# = 1 ] && [ -n "$(those "\\$1 == \\"$1\\" && \\$3 == \\$1")" ]; then printf '%s\\n' "$1"; fi
}

# The lines by which the database reads: number, provider, phase, time of the last message, - or what it was told
read_consumers() {
  number=\${database#*\\{}
  timeout 5 ldapsearch -Q -Y EXTERNAL -H ldapi:/// -LLL -o ldif-wrap=no -s one \\
    -b "cn=Database \${number%%\\}*},cn=Databases,cn=Monitor" '(objectClass=olmSyncReplInstance)' \\
    cn olmSRProviderURIList olmSRSyncPhase olmSRLastContact olmSRLastCookieRcvd 2>/dev/null |
    awk '
      function show() { if (id != "") print id, url, phase, contact, (cookie == "" ? "-" : cookie); id = "" }
      /^dn: / { show(); url = "-"; phase = "-"; contact = "-"; cookie = "" }
      /^cn: / { id = $3 }
      /^olmSRProviderURIList: / { url = $2 }
      /^olmSRSyncPhase: / { phase = $2 }
      /^olmSRLastContact: / { contact = $2 }
      /^olmSRLastCookieRcvd: / { cookie = $2 }
      END { show() }' >"$work/consumers"
}

# Every line to a peer that answers and is open has got all there was: yes, no, or none where there is no such line
caught_up() {
  open_peers=$(those '$2 != "closed"')
  # A line that asks from time to time is never in that phase: it has to have been told where it stands.
  periodic=$(sed -n 's/^olcSyncrepl:.* provider=\\([^ ]*\\) .* type=refreshOnly .*/\\1/p' "$work/database" | tr '\\n' ' ')
  export open_peers periodic
  awk '
    BEGIN {
      split(ENVIRON["open_peers"], list, " "); for (i in list) open[list[i]] = 1
      split(ENVIRON["periodic"], list, " "); for (i in list) periodic[list[i]] = 1
    }
    $2 in open { lines++ }
    $2 in open && ($3 == "Persist" || ($2 in periodic && $5 != "-")) { ready++ }
    END { print (lines == 0 ? "none" : lines == ready ? "yes" : "no") }' "$work/consumers"
}

# Neither this server nor any that is open has an entry: there is nothing to catch up with, which syncrepl takes for a fault
all_empty() {
  [ "$(entries)" = 0 ] || return 1
  for peer in $(those '$2 != "closed"'); do
    code=0
    timeout "$round" ldapsearch -x -o nettimeout="$round" -H "$peer" -s base -b "$suffix" 1.1 >/dev/null 2>&1 || code=$?
    [ "$code" = 32 ] || return 1
  done
}

# Values of olcSyncrepl for a master, from the LDIF that slapd was built from
lines() { # MASTER
  awk -v database="$database" -v master="$1" '
    $1 == "#" && $2 == "${COMMENTS.line}" && $3 == database && ($4 == "-" || $4 == master) {
      sub(/^# [^ ]+ [^ ]+ [^ ]+ /, "")
      print "olcSyncrepl: " $0
    }' "$built_from"
}
`;

/** What it says, and for how long it waits. */
export const WORDS = `say() { printf 'tandem-directory-gate: %s: %s\\n' "$directory" "$1" >&2; }

# Once, and again from time to time
tell() {
  if [ "$1" = "$told" ] && [ $(($(now) - told_at)) -lt "$reminder" ]; then return; fi
  say "$1"
  told=$1 told_at=$(now)
}

# Nobody that is open has answered for a while
alone_for_long() {
  if [ -z "$alone_since" ]; then alone_since=$(now); fi
  [ $(($(now) - alone_since)) -ge "$patience" ]
}
`;

/** What it changes in its slapd. */
export const CHANGE = `# A change of the database, its parts on standard input. It is meant for the slapd that was looked at: to one that was
# started since then nothing of what was seen applies.
change() { # [DATABASE]
  [ "$(process)" = "$running" ] || return 1
  { printf 'dn: %s\\nchangetype: modify\\n' "\${1-$database}"; cat; } >"$work/change"
  if ! timeout 5 ldapmodify -Q -Y EXTERNAL -H ldapi:/// -f "$work/change" >/dev/null 2>"$work/refused"; then
    rm -f "$work/change"
    tell "slapd refuses a change: $(tail -n 1 "$work/refused")"
    return 1
  fi
  rm -f "$work/change"
  if [ "$(process)" != "$running" ]; then
    if running=$(process); then close_all || true; fi
    return 1
  fi
}

# The log of changes is opened before the database, so that who finds that one open finds both.
open_log() {
  if [ "$log" = - ] || [ "$log_closed" = no ]; then return; fi
  printf 'replace: olcRestrict\\n' | change "$log" && log_closed=no
}

close_log() {
  if [ "$log" = - ]; then return; fi
  printf 'replace: olcRestrict\\nolcRestrict: all\\n' | change "$log" && log_closed=yes
}

# To take olcRestrict away takes what olcReadOnly does away with it, without a word (slapd 2.5): it is said again.
open_for_reading() {
  open_log || return 1
  {
    printf 'replace: olcRestrict\\n'
    case $kind in member | supplier) printf -- '-\\nreplace: olcReadOnly\\nolcReadOnly: TRUE\\n' ;; esac
  } | change && say "open for reading\${1-}"
}

# slapd refuses to take away what is not there
take_writes() {
  printf 'replace: olcReadOnly\\nolcReadOnly: FALSE\\n'
  if [ "$closed" = yes ]; then printf -- '-\\nreplace: olcRestrict\\n'; fi
}

open_for_writing() {
  open_log || return 1
  take_writes | change && say "open for writing\${1-}"
}

close_writes() { printf 'replace: olcReadOnly\\nolcReadOnly: TRUE\\n' | change; }

close_all() {
  close_log || true
  printf 'replace: olcReadOnly\\nolcReadOnly: TRUE\\n-\\nreplace: olcRestrict\\nolcRestrict: all\\n' | change
}

# Follows a master from now on: a member reads from all other members, others from the master
follow() { # MASTER
  wanted=$(lines "$1")
  if [ -z "$wanted" ]; then return; fi
  {
    # Lines that are put in place again start anew, also when they are the same.
    if [ "$kind" = follower ]; then
      if [ "$wanted" != "$(lines "$master")" ]; then printf 'replace: olcSyncrepl\\n%s\\n-\\n' "$wanted"; fi
    elif [ "$reads_from" != peers ]; then
      printf 'replace: olcSyncrepl\\n%s\\n-\\nreplace: olcMultiProvider\\nolcMultiProvider: TRUE\\n-\\n' "$wanted"
    fi
    printf 'replace: olcUpdateRef\\nolcUpdateRef: %s\\n' "$1"
  } | change && say "follows $1"
}

# A line that met a provider which was closed waits for ever (syncrepl of slapd 2.5 takes result 53 for the end): once
# that one is open, the line is made anew. One that goes on without a word may be at work, so it is given longer each time.
renew_lines() {
  late=
  while read -r line url phase contact _; do
    if [ "$phase" = Persist ] || [ -z "$(those "\\$1 == \\"$url\\" && \\$2 != \\"closed\\"")" ]; then
      rm -f "$work/late.$line"
      continue
    fi
    if grep -q "rid=$line .* type=refreshOnly " "$work/database"; then continue; fi
    seen='' since=0 allowed=3
    if [ -e "$work/late.$line" ]; then read -r seen since allowed <"$work/late.$line"; fi
    if [ "$seen" != "$contact" ]; then
      printf '%s %s %s\\n' "$contact" "$(now)" "$allowed" >"$work/late.$line"
    elif [ $(($(now) - since)) -ge "$allowed" ]; then
      late=yes
      printf '%s %s %s\\n' "$contact" "$(now)" $((2 * allowed)) >"$work/late.$line"
    fi
  done <"$work/consumers"
  if [ -n "$late" ]; then renew_all; fi
}

# All lines at once: of one that is taken out and put back, others suffer without a word
renew_all() {
  again=$(sed -n 's/^olcSyncrepl: {[0-9]*}/olcSyncrepl: /p' "$work/database")
  if [ -n "$again" ]; then printf 'replace: olcSyncrepl\\n%s\\n' "$again" | change; fi
}

# Reads from the other members and takes writes
become_master() {
  wanted=$(lines "$self")
  open_log || return 1
  {
    if [ -n "$wanted" ]; then
      if [ "$reads_from" != peers ]; then
        printf 'replace: olcSyncrepl\\n%s\\n-\\nreplace: olcMultiProvider\\nolcMultiProvider: TRUE\\n-\\n' "$wanted"
      fi
      printf 'replace: olcUpdateRef\\nolcUpdateRef: %s\\n-\\n' "$self"
    fi
    take_writes
  } | change && say "is master and takes writes$1"
}
`;
