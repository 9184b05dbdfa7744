/** Shell functions: `status` and `show`. */
export const SHOW = `status_instance() {
  state=$(state_of)
  echo "$state"
  case $state in
    running) exit 0 ;;
    held) exit 75 ;;
  esac
  exit 3
}

# Of a queue that is not here nothing is counted; a message that is not whole is none (no permission x). A long queue id begins with the time, in base 52 (Postfix's mail_queue.h).
show_instance() {
  printf 'server: %s\\nhome: %s\\nstate: %s\\n' "$server" "$home" "$(state_of)"
  is_here || return 0
  cd "$queue"
  find active incoming deferred hold maildrop -type f -perm -100 -printf '%p %s\\n' 2>/dev/null | awk '
    BEGIN { split("active incoming deferred hold maildrop", kinds, " "); oldest = "" }
    {
      size += $2
      parts = split($1, path, "/")
      count[path[1]]++
      id = path[parts]
      if (match(id, /z[^z]*$/) && RSTART > 10) {
        time = substr(id, 1, RSTART - 5)
        if (oldest == "" || length(time) < length(oldest) || (length(time) == length(oldest) && time < oldest)) oldest = time
      }
    }
    END {
      for (i = 1; i <= 5; i++) print kinds[i] ": " count[kinds[i]] + 0
      if (oldest != "") {
        seconds = 0
        for (i = 1; i <= length(oldest); i++)
          seconds = seconds * 52 + index("0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz", substr(oldest, i, 1)) - 1
        printf "oldest: %.0f\\n", seconds
      }
      printf "size: %.0f\\n", size
    }'
}
`;
