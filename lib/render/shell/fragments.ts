/** Shell lines: `self` and `peer` are this node and the other one of the pair in `$nodes`. */
export const OTHER_NODE = `self=$(uname -n)
peer=
for name in $nodes; do if [ "$name" != "$self" ]; then peer=$name; fi; done
`;

/** A shell function: seconds since boot, for which a clock that is set does not count. */
export const NOW = `now() {
  read -r seconds _ </proc/uptime
  echo "\${seconds%%.*}"
}
`;
