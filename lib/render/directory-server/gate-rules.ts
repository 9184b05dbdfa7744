/** When a copy of a directory with one master is opened, and who is master. */
export const MEMBER = `# What opens a copy for reading, with peers that are asked already
read_when_caught_up() {
  read_consumers
  renew_lines
  ready=$(caught_up)
  if [ "$ready" = no ] && all_empty; then ready=yes; fi
  if [ "$ready" = yes ]; then
    open_for_reading
  elif [ "$ready" = no ]; then
    alone_since=
    tell 'closed: it has not caught up yet'
  elif alone_for_long; then
    open_for_reading ", though nobody has answered for $patience s: it may be old"
  else
    tell 'closed: nobody that it reads from answers and is open'
  fi
}

# A member of a failover group that is closed
closed_member() {
  ask_all
  away=$(silent)
  others=$(those "\\$5 == \\"member\\" && (\\$2 == \\"writes\\" || (\\$3 != \\"-\\" && \\$3 != \\"$self\\"))")
  if [ "$master" = "$self" ]; then
    if [ -n "$(writer)" ]; then
      tell "closed: a returned master, $(writer) is master now; use tandem rejoin"
    elif [ -n "$others" ]; then
      tell "closed: it was master, but to $others another one was; use tandem switch --forced for one of them"
    elif [ -n "$away" ]; then
      tell "closed: it was master, but$away does not answer and may have become it; use tandem switch --forced"
    else
      become_master ': all others agree'
    fi
  elif [ "$master" = - ]; then
    found=$(writer)
    held=$(entries)
    if [ "$held" != 0 ] && [ -n "$peers" ]; then
      tell "closed: it holds entries and does not know who is master; use tandem switch --forced"
    elif [ -n "$found" ]; then
      follow "$found"
    elif [ "$first" != "$self" ]; then
      tell 'closed: it waits for a member that takes writes'
    elif [ -n "$(those '$5 == "member" && ($2 == "writes" || $3 != "-")')" ]; then
      tell 'closed: it is empty, and another member has or names a master'
    elif [ -n "$away" ]; then
      tell "closed: it is to be the first master, but$away does not answer"
    else
      become_master ': the first start'
    fi
  else
    found=$(writer)
    if [ -n "$found" ] && [ "$found" != "$master" ]; then follow "$found"; else read_when_caught_up; fi
  fi
}

# A member that is open: a person may have made it master, or it was not told of a switch
open_member() {
  if [ "$writes" = yes ]; then
    if [ "$reads_from" != peers ] && [ -n "$(lines "$self")" ]; then become_master ': it was opened by hand'; fi
  elif [ "$reads_from" = peers ]; then
    keep_following
  fi
}

keep_following() {
  if [ $(($(now) - followed_at)) -lt "$reminder" ]; then return; fi
  followed_at=$(now)
  ask_all
  found=$(writer)
  if [ -n "$found" ] && [ "$found" != "$master" ] && [ "$master" != "$self" ]; then follow "$found"; fi
}

# While it is open: lines that wait for nothing
keep_reading() {
  read_consumers
  if ! awk '$3 != "Persist" { exit 1 }' "$work/consumers"; then
    if [ "$asked" = no ]; then ask_all; fi
    renew_lines
  fi
}

closed_follower() {
  ask_all
  found=$(writer)
  if [ -n "$found" ] && [ "$found" != "$master" ]; then follow "$found"; else read_when_caught_up; fi
}

# Both as they are at the start: nobody has a say in who is master
closed_reader() {
  ask_all
  read_when_caught_up
}
`;

/** When a supplier of several is opened, and the guard of a quorum. */
export const SUPPLIER = `# More than half of the suppliers, this one included, answer
majority() { [ $((2 * (1 + $(those '$5 == "member"' | wc -w)))) -gt $((1 + suppliers)) ]; }

# This one has the lowest id of those that answer
lowest() { [ -z "$(those "\\$5 == \\"member\\" && \\$4 < $id")" ]; }

# What lets a supplier take part: it has caught up, or nobody is open from whom it could
may_open() {
  read_consumers
  renew_lines
  ready=$(caught_up)
  if [ "$ready" = no ] && all_empty; then ready=yes; fi
  because=
  if [ "$ready" = yes ]; then return 0; fi
  if [ "$ready" = no ]; then
    alone_since=
    tell 'has not caught up yet'
    return 1
  fi
  if [ "$suppliers" = 0 ] || [ "$reads_from" = nobody ]; then return 0; fi
  if [ -z "$(those '$5 == "member"')" ]; then
    if alone_for_long; then
      because=", though nobody has answered for $patience s"
      return 0
    fi
    tell 'no other supplier answers'
    return 1
  fi
  alone_since=
  if [ -z "$(those '$5 == "member" && $2 != "closed"')" ] && lowest; then
    because=': all are closed, and it is the first of those that answer'
    return 0
  fi
  tell 'waits for a supplier from which it reads'
  return 1
}

# A connection that was cut may look well although it brings nothing: it is made anew.
reconnect() {
  renew_all || return 0
  cut_off=
  say 'a majority of the suppliers answers'
}

closed_supplier() {
  ask_all
  if [ "$minority" = - ]; then
    if may_open; then open_for_writing "$because"; fi
  elif majority; then
    failures=0
    if [ -n "$cut_off" ]; then reconnect; elif may_open; then open_for_writing "$because"; fi
  elif [ "$minority" = refuse ]; then
    tell 'closed: fewer than a majority of the suppliers answer'
  elif may_open; then
    open_for_reading "$because; fewer than a majority of the suppliers answer"
  fi
}

# The guard: takes part in writes only with a majority
guard() {
  ask_all
  if majority; then
    failures=0
    if [ "$writes" = yes ]; then return; fi
    if [ -n "$cut_off" ]; then reconnect; elif may_open; then open_for_writing "$because"; fi
  else
    failures=$((failures + 1))
    if [ "$failures" -ge 2 ]; then
      cut_off=yes
      if [ "$writes" = yes ]; then
        if [ "$minority" = refuse ]; then close_all; else close_writes; fi &&
          say 'takes no writes: fewer than a majority of the suppliers answer'
      fi
    fi
  fi
}
`;
