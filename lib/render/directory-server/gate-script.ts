import { copiesOf, type Copy } from '../../topology/openldap-copies';
import { dataDatabaseName, logDatabaseName, startPeers } from '../../topology/openldap-databases';
import type { DirectoryServerFacts } from '../../topology/replication';
import type { Topology } from '../../topology/topology';
import { plainName } from '../pattern';
import { NOW } from '../shell/fragments';
import type { ShellScript } from '../shell/script';
import { serverUrl } from './server-url';
import { CHANGE, LOOK, WORDS } from './gate-look';
import { MEMBER, SUPPLIER } from './gate-rules';
import { NOWHERE } from './carry-over';
import { TLS } from './tls';

/** Times of the gate, in seconds. */
export const GATE_TIMES = {
  /** For which nobody must answer before a copy that may be old is opened. */
  patience: 60,
  /** After which it says again what it waits for, and looks again who is master. */
  reminder: 30,
  /** Between two rounds of the guard, and for which it waits for an answer in them. */
  round: 1,
  /** For which it waits for an answer where no guard has to know soon: a handshake of TLS took 2 on a busy host. */
  slow: 5,
} as const;

/** The gate of a server: one process for all its directories, see docs/directories.md, "How a server starts". */
export function gateScript(topology: Topology, server: DirectoryServerFacts): ShellScript {
  return {
    source: server.path,
    variables: [
      ['patience', GATE_TIMES.patience],
      ['reminder', GATE_TIMES.reminder],
      ['round', GATE_TIMES.round],
      ['slow', GATE_TIMES.slow],
      ['authorities', TLS.authorities],
      ['built_from', '/etc/ldap/slapd.d/tandem'],
      ['nowhere', NOWHERE],
      [
        'directories',
        copiesOf(topology, server)
          .map((copy) => facts(topology, server, copy))
          .join('\n'),
      ],
    ],
    body: `${NOW}\n${LOOK}\n${WORDS}\n${CHANGE}\n${MEMBER}\n${SUPPLIER}\n${SERVE}`,
  };
}

/** Whether a directory of the server has a guard, which has to close it when it ends. */
export function hasGuard(topology: Topology, server: DirectoryServerFacts): boolean {
  return copiesOf(topology, server).some(({ replica }) => guardOf(topology, replica.group) !== undefined);
}

const guardOf = (topology: Topology, group: string | undefined): 'serve-stale' | 'refuse' | undefined => {
  const found = topology.multiMasterGroups.find(({ id }) => id === group);
  return found?.partitionPolicy === 'quorum' ? found.minorityReads : undefined;
};

/**
 * One line: the directory, its database, that of its log of changes (`-`: it has none), what the server is in it (`member`, `follower`, `supplier`, `reader`), its own
 * address, its id, the first master, what the minority does (`-`: there is no guard), and its peers: each with its
 * address, its database, its id and whether it is a member of the group.
 */
function facts(topology: Topology, server: DirectoryServerFacts, copy: Copy): string {
  const { directory, replica } = copy;
  const first = topology.failoverGroups.find((group) => group.directory === directory.id)?.master;
  const master = topology.directoryServers.find(({ id }) => id === first);
  const takesWrites = replica.role === 'supplier' || replica.role === 'mirror';
  return [
    plainName('gate', 'the name of a directory', directory.name),
    dataDatabaseName(topology, server, directory.id) ?? '-',
    logDatabaseName(topology, server, directory.id) ?? '-',
    takesWrites ? (copy.failover ? 'member' : 'supplier') : copy.failover ? 'follower' : 'reader',
    serverUrl(server),
    String(server.serverId ?? 0),
    master ? serverUrl(master) : '-',
    guardOf(topology, replica.group) ?? '-',
    ...startPeers(topology, copy, server.id).map(({ server: peer, database, member }) =>
      [serverUrl(peer), database, String(peer.serverId ?? 0), member ? 'member' : 'other'].join('|'),
    ),
  ].join(' ');
}

const SERVE = `# One round; afterwards pause is how long the next one waits
turn() {
  asked=no
  if ! look; then
    pause=0.2 opened=
    return
  fi
  if [ "$guarding" = no ]; then
    # What a guard of before has missed nobody knows.
    guarding=yes cut_off=yes
    if [ "$minority" != - ] && [ "$closed" = no ] && [ "$writes" = yes ]; then
      if [ "$minority" = refuse ]; then close_all; else close_writes; fi && say 'takes no writes before the guard has looked'
      look || return 0
    fi
  fi
  # Somebody else has opened or closed the database.
  if [ "$log_closed" != "$closed" ]; then
    if [ "$closed" = yes ]; then close_log; else open_log; fi || return 0
  fi
  if [ "$closed" = yes ]; then
    if [ "$opened" = "$running" ] && [ "$minority" = - ]; then
      pause=$round
      tell 'closed by somebody else since it was opened, and stays so'
      return
    fi
    if [ "$waiting_for" != "$running" ]; then waiting_for=$running closed_at=$(now); fi
    case $kind in
      member) closed_member ;;
      follower) closed_follower ;;
      supplier) closed_supplier ;;
      reader) closed_reader ;;
    esac
    # Soon again at first, when it is a matter of moments
    pause=0.2
    if [ $(($(now) - closed_at)) -ge "$patience" ]; then pause=$round; fi
    return
  fi
  opened=$running alone_since='' pause=$round
  case $kind in
    member) open_member ;;
    follower) keep_following ;;
    supplier) if [ "$minority" != - ]; then guard; fi ;;
  esac
  if [ "$reads_from" = peers ]; then keep_reading; fi
}

serve() { # FACTS...
  directory=$1 database=$2 log=$3 kind=$4 self=$5 id=$6 first=$7 minority=$8
  shift 8
  peers=$*
  suppliers=0
  for peer in $peers; do case $peer in *'|member') suppliers=$((suppliers + 1)) ;; esac; done
  work=$all/$directory
  mkdir -p "$work"
  told='' told_at=0 alone_since='' opened='' waiting_for='' closed_at=0 followed_at=0 failures=0 cut_off='' guarding=no
  because='' answers=''
  while :; do
    began=$(now)
    turn || true
    # A round of the guard that waited for silent peers has taken its time already.
    if [ "$minority" = - ] || [ "$(now)" = "$began" ]; then sleep "$pause"; fi
  done
}

all=$(mktemp -d)

# When the gate ends, directories with a guard take no more writes
if [ "\${1-}" = close ]; then
  printf '%s\\n' "$directories" | while read -r directory database log _ _ _ _ minority _; do
    work=$all told='' told_at=0
    if [ -n "$directory" ] && [ "$minority" != - ] && look; then
      if [ "$minority" = refuse ]; then close_all; else close_writes; fi || true
    fi
  done
  rm -rf "$all"
  exit 0
fi

servants=
finish() {
  trap - TERM INT EXIT
  for servant in $servants; do kill "$servant" 2>/dev/null || true; done
  wait
  rm -rf "$all"
  exit "$1"
}
trap 'finish 0' TERM INT
trap 'finish 1' EXIT

while read -r facts; do
  if [ -n "$facts" ]; then
    # The words of a line are the facts.
    # shellcheck disable=SC2086
    serve $facts &
    servants="$servants $!"
  fi
done <<END
$directories
END

# A directory without its process would stay as it is: the gate ends, and is started again.
ended() { # PROCESS
  read -r state <"/proc/$1/stat" || return 0
  case $state in *') Z '*) return 0 ;; esac
  return 1
}
while :; do
  for servant in $servants; do
    if ended "$servant" 2>/dev/null; then exit 1; fi
  done
  sleep "$round" &
  wait $! || true
done
`;
