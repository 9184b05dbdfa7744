import type { HostBackup } from './build';
import { DS389, LDIF, SQL } from './stores';
import { STAMP_PATTERN, storeVariables, words } from './script-variables';
import { printScript } from '../shell/script';
import { dumpCommand } from './names';

/**
 * The command that dumps a store. It exits with 0 when the dump was made and copied or is another node's job, 1 when
 * there is no dump, 2 when there is one but a copy failed, 64 for wrong arguments, 75 while another dump runs.
 */
export function dumpScript(backup: HostBackup): string {
  const functions = { ds389: DS389, ldif: LDIF, sql: SQL }[backup.store.kind];
  return printScript({
    source: backup.source,
    variables: [
      ...storeVariables(backup),
      ...(backup.store.kind === 'sql' ? ([['port', backup.store.port]] as const) : []),
      ['copies', backup.copies],
      ['peers', words(backup.peers.map((peer) => `${peer.name}=${peer.address}`))],
      ['receiver', dumpCommand(backup.name)],
      ['limit', Math.max(60, Math.ceil(backup.interval / 1000))],
    ],
    body: `${beginning(backup.peers.length > 0)}${functions.complete}${functions.dump}${END}`,
  });
}

const USAGE_WITH_PEERS = `Dumps the store to $directory, keeps the last $copies dumps there and copies the
new one to the other node. On a node where the store is not mounted it does
nothing.

Exit status: 0 dumped and copied, or not this node's job; 1 no dump;
2 dumped, but not copied; 64 wrong arguments; 75 another dump is running.
`;

const USAGE_ALONE = `Dumps the store to $directory and keeps the last $copies dumps there.

Exit status: 0 dumped; 1 no dump; 64 wrong arguments; 75 another dump is running.
`;

const beginning = (peers: boolean): string => `PATH=$PATH:/usr/sbin:/sbin
export PATH
cd /

usage() {
  cat <<END
Usage: tandem-backup-$name [--help]

${peers ? USAGE_WITH_PEERS : USAGE_ALONE}
  --receive FILE  store the dump that the other node sends on standard input
END
}

say() { printf 'tandem-backup-%s: %s\\n' "$name" "$1"; }

fail() {
  say "$1" >&2
  logger -t "tandem-backup-$name" -p daemon.err -- "$1" || :
  exit "$2"
}

prepare() {
  install -d -m 0700 -- "$directory"
  exec 9>"$directory/.$name.lock"
  flock -w 60 9 || fail 'another dump is running' 75
  rm -rf -- "$directory/.$name.work"
  mkdir -- "$directory/.$name.work"
  work=$directory/.$name.work
  trap 'rm -rf -- "$work"' EXIT
  trap 'exit 143' HUP INT TERM
}

# A dump has its name only when it is whole and on the disk.
keep() {
  gzip -t "$1" || fail "$2 is damaged" 1
  sync "$1"
  mv -- "$1" "$directory/$2"
  sync "$directory"
  set -- "$directory/$name"-${STAMP_PATTERN}"$ending"
  while [ $# -gt "$copies" ]; do
    rm -f -- "$1"
    shift
  done
}

receive() {
  case $1 in
    "$name"-${STAMP_PATTERN}"$ending") ;;
    *) fail "'$1' is not the name of a dump" 64 ;;
  esac
  prepare
  cat >"$work/received"
  keep "$work/received" "$1"
  say "$1 received"
}

case \${1-} in
  '') ;;
  --help)
    usage
    exit 0
    ;;
  --receive)
    receive "\${2-}"
    exit 0
    ;;
  *)
    usage >&2
    exit 64
    ;;
esac
`;

const END = `
if [ -n "$mount" ] && ! mountpoint -q -- "$mount"; then
  say "$mount is not mounted here: the other node dumps"
  exit 0
fi

prepare
file=$name-$(date -u +%Y%m%dT%H%M%SZ)$ending
say "dumping to $directory/$file"
dump_store >"$work/dump" || fail 'the dump failed; the last one is kept' 1
is_complete "$work/dump" || fail 'the dump is empty or has no end; the last one is kept' 1
gzip "$work/dump"
keep "$work/dump.gz" "$file"
say 'dumped'

failed=
for peer in $peers; do
  if timeout "$limit" ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=10 \\
    "root@\${peer#*=}" "$receiver --receive $file" <"$directory/$file"; then
    say "copied to \${peer%%=*}"
  else
    failed="$failed \${peer%%=*}"
  fi
done
if [ -n "$failed" ]; then fail "$file could not be copied to:$failed" 2; fi
`;
