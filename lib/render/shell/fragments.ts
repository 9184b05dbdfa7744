/** Shell lines: `self` and `peer` are this node and the other one of the pair in `$nodes`. */
export const OTHER_NODE = `self=$(uname -n)
peer=
for name in $nodes; do if [ "$name" != "$self" ]; then peer=$name; fi; done
`;

/** Shell lines of a resource script that takes a group: `usage`, and its call where no name of a group is given. */
export const groupUsage = (program: string): string => `usage() {
  echo 'Usage: ${program} GROUP start|stop|status' >&2
  exit 64
}

case \${1-} in
  '' | -* | .* | */*) usage ;;
esac
`;

/** A shell function: whether this node has what only the node has that runs a group: an address, or a mount point; `-` is nothing. */
export const HAS_MARK = `has_mark() { # MARK
  case $1 in
    -) return 1 ;;
    /*) grep -qF " $1 " "\${TANDEM_MOUNTS:-/proc/mounts}" ;;
    *) ip -o address show | grep -qF " $1/" ;;
  esac
}
`;

/** A shell function: seconds since boot, for which a clock that is set does not count. */
export const NOW = `now() {
  read -r seconds _ </proc/uptime
  echo "\${seconds%%.*}"
}
`;
