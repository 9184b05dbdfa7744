import { printScript } from '../shell/script';
import type { Provision } from './build';
import { INITIALIZE } from './initialize';
import { METADATA } from './metadata';
import { MOUNTS } from './mounts';
import { START, STATUS } from './start';

/** Seconds that the script waits for the peer, and for heartbeat. */
const WAIT = 120;

/**
 * The command that brings a node from empty disks to a running cluster, each part of it as often as one likes. It exits
 * with 0 when all is done or there was nothing to do, 1 when it refused or failed, 64 for wrong arguments.
 */
export function provisionScript(provision: Provision): string {
  const { volumes, groups, mounts } = provision;
  return printScript({
    source: provision.source,
    variables: [
      ['generation', provision.version],
      ['volumes', table(volumes.map((v) => [v.host, v.resource, v.number, v.device, v.disk, v.metaDisk]))],
      ['groups', table(groups.map((group) => [group.preferred, group.name, ...group.resources]))],
      ['mounts', table(mounts.map((m) => [m.group, m.resource, m.number, m.device, m.fileSystem, m.directory]))],
      [
        'contents',
        table(
          mounts.flatMap(({ device, contents }) =>
            contents.map((one) => [device, one.mode, one.owner, one.group, one.initdb ?? '-', one.below]),
          ),
        ),
      ],
      ['wait', WAIT],
    ],
    body: BEGINNING + METADATA + MOUNTS + INITIALIZE + START + STATUS + END,
  });
}

/** Lines of words; the builder lets no word have a blank in it. */
function table(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => row.join(' ')).join('\n');
}

const BEGINNING = `PATH=$PATH:/usr/sbin:/sbin
export PATH
cd /

# A prefix for laboratories and tests.
root=\${TANDEM_ROOT:-}
self=$(uname -n)
# Label of a file system that is not complete yet.
unfinished=tandem-new

usage() {
  cat <<END
Usage: tandem-provision [--wait SECONDS] metadata|initialize|status
       tandem-provision [--wait SECONDS|--no-wait] start

Brings this node from empty disks to a running cluster. Every command can be
repeated, and none changes a device that holds data.

  metadata    give empty backing devices DRBD metadata, bring the resources up
  initialize  on the preferred node of a group, once both nodes have metadata:
              declare the empty replicas equal, make file systems and what the
              services need in them
  start       start heartbeat where it is enabled. It answers when it sees its
              peer, so start it on both nodes with --no-wait, then wait
  status      print what there is

  --wait      seconds to wait for the peer or for heartbeat (default $wait)
  --no-wait   do not wait until heartbeat answers
  --help      show this text
END
}

say() { printf 'tandem-provision: %s\\n' "$1"; }

fail() {
  say "ERROR: $1" >&2
  exit 1
}

# drbdadm repeats its advice at every call; it is shown when the call fails.
quietly() {
  if ! output=$("$@" </dev/null 2>&1); then
    printf '%s\n' "$output" >&2
    return 1
  fi
}

action=
no_wait=
while [ $# -gt 0 ]; do
  case $1 in
    --help)
      usage
      exit 0
      ;;
    --wait)
      case \${2-} in
        '' | *[!0-9]*)
          usage >&2
          exit 64
          ;;
      esac
      wait=$2
      shift
      ;;
    --no-wait) no_wait=1 ;;
    metadata | initialize | start | status)
      if [ -n "$action" ]; then
        usage >&2
        exit 64
      fi
      action=$1
      ;;
    *)
      usage >&2
      exit 64
      ;;
  esac
  shift
done
if [ -z "$action" ]; then
  usage >&2
  exit 64
fi

# The replicas of this node: RESOURCE NUMBER DEVICE DISK META-DISK
own_volumes() { printf '%s\\n' "$volumes" | while read -r host line; do if [ "$host" = "$self" ]; then echo "$line"; fi; done; }

# Each resource of this node once, in the order in which they come up.
own_resources() { own_volumes | awk '!seen[$1]++ { print $1 }'; }

if [ -z "$(own_volumes)" ]; then fail "this node calls itself '$self', and no DRBD resource of the cluster has a peer of that name"; fi
`;

const END = `
# Two runs at a time would disturb each other.
take_lock() {
  exec 9>"$root/run/tandem-provision.lock"
  flock -n 9 || fail 'another run is at work on this node; wait for it to end'
}

case $action in
  metadata)
    take_lock
    metadata
    ;;
  initialize)
    take_lock
    initialize
    ;;
  start) start ;;
  status) status ;;
esac
`;
