import { FORCE_FILE } from '../../topology/force-file';
import { printScript } from '../shell/script';
import type { BootGuard } from './build';

/**
 * The program that ends when the other node was seen. A node that starts heartbeat without it resets it after
 * `initdead`: a node that was reset because all paths are cut would shoot the one that works, and so on in turns.
 */
export function guardScript({ source, addresses }: BootGuard): string {
  return printScript({
    source,
    variables: [
      ['addresses', addresses.map((words) => words.join(' ')).join('\n')],
      ['force', FORCE_FILE],
    ],
    body: BODY,
  });
}

const BODY = `PATH=$PATH:/usr/sbin:/sbin
export PATH

if [ "\${1-}" = --help ]; then
  cat <<END
Usage: tandem-boot-guard

Ends when the other node answers on a heartbeat path. heartbeat.service runs it
before heartbeat, so that a node that sees no peer at boot starts nothing by
itself: the other node may be at work behind cut cables.

When the other node is known to be off, and only then:
  touch $force
END
  exit 0
fi

command -v ping >/dev/null 2>&1 || {
  echo 'tandem-boot-guard: ERROR: ping is not installed on this host; install the package iputils-ping' >&2
  exit 1
}
self=$(uname -n)
peers=$(printf '%s\\n' "$addresses" | awk -v self="$self" '$1 != self { printf "%s%s", separator, $2; separator = " " }')

waited=
while :; do
  if [ -e "$force" ]; then
    echo "$force is there: heartbeat starts without the other node"
    exit 0
  fi
  for peer in $peers; do
    if ping -c 1 -W 1 -q "$peer" >/dev/null 2>&1; then
      echo "the other node answers at $peer"
      exit 0
    fi
  done
  if [ -z "$waited" ]; then
    echo "the other node does not answer ($peers): heartbeat waits for it; if it is off for certain, touch $force"
    waited=1
  fi
  sleep 1
done
`;
