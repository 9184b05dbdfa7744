import { COMMENTS } from './follow';

/** A shell function: LDIF on standard input with one line for each attribute. */
export const UNFOLD = `unfold() {
  awk '
    /^ / { line = line substr($0, 2); next }
    NR > 1 { print line }
    { line = $0 }
    END { if (NR > 0) print line }'
}
`;

/**
 * An address where nobody answers. It stands in for the other members while a member that was master has not been
 * confirmed: nothing flows in (F26), and slapd takes `olcUpdateRef`, by which the others see what it claims (F25), only
 * from a database that reads from somewhere.
 */
export const NOWHERE = 'ldapi://%2Frun%2Fslapd%2Fno-provider';

/**
 * Shell functions: `prepared FILE` prints an LDIF as it is built, with who is master taken from the configuration database
 * of before. That is known by the directory of its entries: numbers change with the stack.
 *
 * - A member of a failover group that was master reads from nobody, until it is confirmed.
 * - One that followed another member follows that one.
 * - One that knows of no master reads from nobody, so that what it holds stays as it is.
 * - Who shadows the group follows the master of before.
 */
export const CARRY_OVER = `${UNFOLD}
# Of each database its directory and who is master there
masters() { # DIRECTORY
  for file in "$1"/cn=config/olcDatabase=*.ldif; do
    if [ -e "$file" ]; then
      unfold <"$file" | awk '
        /^olcDbDirectory: / { directory = $2 }
        /^olcUpdateRef: / { master = $2 }
        END { if (directory != "" && master != "") print directory, master }'
    fi
  done
}

# The database in force, also when it was being replaced as the power was cut; not the one of the package
before() {
  for directory in "$live" "$previous"; do
    if [ -e "$directory/$mark" ]; then
      printf '%s\\n' "$directory"
      return
    fi
  done
}

prepared() { # LDIF
  export known
  known=$(masters "$(before)")
  unfold <"$1" | awk -v nowhere='${NOWHERE}' '
    function lines_of(master,   i, line, word, found) {
      found = ""
      for (i = 1; i <= count; i++) {
        split(lines[i], word, " ")
        if (word[1] != "#" || word[2] != "${COMMENTS.line}" || (word[4] != "-" && word[4] != master)) continue
        line = lines[i]
        sub(/^# [^ ]+ [^ ]+ [^ ]+ /, "", line)
        found = found "olcSyncrepl: " line "\\n"
      }
      return found
    }
    function print_entry(   i, master, kept) {
      master = masters[directory]
      # What runs is compared with all lines of a member, and belongs to no other one.
      if (ENVIRON["as_running"] != "" && role == "member") {
        if (master == self) master = "other"
        if (master == "") role = ""
      }
      kept = (role == "" || (role == "follower" && (master == "" || (choice && lines_of(master) == lines_of("-")))))
      for (i = 1; i <= count; i++)
        if (kept || lines[i] !~ /^(olcSyncrepl|olcMultiProvider|olcUpdateRef): /) print lines[i]
      if (kept || master == "") return
      if (role == "member" && master == self)
        print "olcSyncrepl: " rid " provider=" nowhere " bindmethod=simple searchbase=\\"" base "\\" type=refreshOnly interval=365:00:00:00 retry=\\"86400 +\\""
      else printf "%s", lines_of(master)
      if (role == "member" && master != self) print "olcMultiProvider: TRUE"
      print "olcUpdateRef: " master
    }
    BEGIN {
      number = split(ENVIRON["known"], rows, "\\n")
      for (i = 1; i <= number; i++) if (split(rows[i], word, " ") == 2) masters[word[1]] = word[2]
      clear()
    }
    function clear() { count = 0; directory = ""; role = ""; self = ""; rid = ""; base = ""; choice = 0 }
    {
      if ($0 == "") { print_entry(); print; clear(); next }
      lines[++count] = $0
      if (/^olcDbDirectory: /) directory = $2
      if (/^olcSyncrepl: / && rid == "") {
        rid = $2
        base = $0
        sub(/^.* searchbase="/, "", base)
        sub(/".*$/, "", base)
      }
      if ($1 == "#" && $2 == "${COMMENTS.role}") { role = $3; self = $4 }
      if ($1 == "#" && $2 == "${COMMENTS.line}" && $4 != "-") choice = 1
    }
    END { print_entry() }'
}
`;
