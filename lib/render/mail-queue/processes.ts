/**
 * Shell functions: which processes of the instance run here, and who has its queue.
 *
 * All processes of an instance are in the group of its master, also those that a lost master leaves. A master is known by the
 * lock that it holds, because its number means nothing where another container wrote it.
 */
export const PROCESSES = `# With these gone no delivery is half done.
delivering='smtp lmtp local virtual pipe bounce qmgr'
daemons="$delivering master cleanup pickup smtpd anvil tlsmgr trivial-rewrite verify flush proxymap showq error discard scache postlogd postscreen dnsblog tlsproxy spawn"

# The queue lies where it should.
is_here() { [ "$mounted" = no ] || mountpoint -q -- "$queue"; }

read_master() {
  master=
  if [ -e "$queue/pid/master.pid" ]; then read -r master <"$queue/pid/master.pid" || :; fi
  case $master in
    '' | *[!0-9]*) return 1 ;;
  esac
}

# The master with this queue is a process of this host, or of this container: /proc/locks (proc(5)) names no others. What it has
# open, none may see without CAP_SYS_PTRACE, because it changed its user.
is_mine() {
  read_master && awk -v master="$master" -v inode="$(stat -c %i "$queue/pid/master.pid")" '
    $2 == "FLOCK" && $5 == master && split($6, file, ":") == 3 && file[3] == inode { found = 1 }
    END { exit !found }' /proc/locks
}

# Postfix's own look at its lock. It takes the lock for a moment, so another look may be in its way.
is_locked() {
  [ -e "$queue/pid/master.pid" ] || return 1
  for try in 1 2 3; do
    ! MAIL_CONFIG=$config "$programs/master" -t 2>/dev/null || return 1
    [ "$try" = 3 ] || sleep 0.1
  done
}

# GROUP NAMES: numbers of the processes of a group that have one of these names
members() {
  cat /proc/[0-9]*/stat 2>/dev/null | awk -v group="$1" -v names=" $2 " '{
    name = $0
    sub(/^[0-9]+ \\(/, "", name)
    sub(/\\) [^)]*$/, "", name)
    rest = $0
    sub(/^.*\\) /, "", rest)
    split(rest, fields, " ")
    if (fields[1] != "Z" && fields[3] == group && index(names, " " name " ")) print $1
  }'
}

# Tells this life of the host or container from those before it, in which numbers of processes meant others.
life() {
  read -r boot </proc/sys/kernel/random/boot_id
  read -r first </proc/1/stat
  # shellcheck disable=SC2086 # words of the line
  set -- \${first##*) }
  echo "$boot-\${20}"
}

# The group of the last master that ran here, when it left processes.
left_group() {
  [ -e "$runs" ] || return 1
  group=
  when=
  read -r group when <"$runs" || :
  [ "$when" = "$(life)" ] || return 1
  [ -n "$(members "$group" "$daemons")" ]
}

# running, stopped or held
state_of() {
  if ! is_here; then echo stopped
  elif is_locked; then
    if is_mine; then echo running; else echo held; fi
  elif left_group; then echo running
  elif [ -e "$queue/tandem-lock" ] && ! flock -n "$queue/tandem-lock" true; then echo held
  else echo stopped; fi
}
`;
