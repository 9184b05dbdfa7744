import type { ConstructPath } from '../../topology/units';
import { printScript } from '../shell/script';

/** Names of the two nodes. */
export type NodeNames = readonly [string, string];

/**
 * The fence-peer handler. dopd serves one caller at a time, sends the next one away with an answer that DRBD takes for
 * "the peer is dead", and is away for a second or two after each call: of six resources that lost their link together
 * four were never outdated, and were promoted with old data at the next takeover. So the calls go one after the other,
 * and an answer that marks nothing counts only when heartbeat says that the peer is dead.
 */
export function outdaterScript(source: ConstructPath, nodes: NodeNames): string {
  return printScript({
    source,
    variables: [
      ['nodes', nodes.join(' ')],
      ['tries', 30],
    ],
    body: BODY,
  });
}

const BODY = `PATH=$PATH:/usr/sbin:/sbin:/usr/bin
export PATH

# Exit codes that DRBD knows: 3 inconsistent, 4 outdated, 5 unreachable, 6 refused because it is primary, 7 reset.
# Anything else: nothing is known, and DRBD promotes nothing on the ground of it.
resource=\${DRBD_RESOURCE:?}
self=$(uname -n)
peer=
for name in $nodes; do if [ "$name" != "$self" ]; then peer=$name; fi; done

note() { logger -t tandem-peer-outdater -p daemon.warning -- "$resource: $1" || :; }

exec 9>/run/tandem-peer-outdater.lock
flock -w 300 9 || {
  note 'other resources have waited for five minutes; nothing is known of the copy of the other node'
  exit 1
}
tried=0
while [ "$tried" -lt "$tries" ]; do
  tried=$((tried + 1))
  if [ "$(timeout 5 cl_status nodestatus "$peer" 2>/dev/null)" = dead ]; then
    note "$peer is dead"
    exit 5
  fi
  # A late answer would be taken for that of the next resource.
  code=0
  /usr/libexec/heartbeat/drbd-peer-outdater -t 15 -p "$peer" -r "$resource" </dev/null 9>&- || code=$?
  case $code in
    3 | 4 | 6 | 7)
      note "$peer answered $code at try $tried"
      exit "$code"
      ;;
  esac
  sleep 1
done
note "$peer lives and did not answer after $tried tries; nothing is known of its copy"
exit 1
`;
