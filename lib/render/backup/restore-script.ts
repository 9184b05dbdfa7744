import { absolutePath } from '../pattern';
import { printScript } from '../shell/script';
import type { HostBackup, LocalStore } from './build';
import { storeVariables, STAMP_PATTERN, words } from './script-variables';
import { LDIF, SQL } from './stores';

/**
 * The command that fills a store from a dump. It never deletes: what the store held is moved aside. It exits with 0
 * when the store was restored, 1 when it was not, 64 for wrong arguments.
 */
export function restoreScript(backup: HostBackup & { readonly store: LocalStore }): string {
  const functions = backup.store.kind === 'ldif' ? LDIF : SQL;
  return printScript({
    source: backup.source,
    variables: [
      ...storeVariables(backup),
      ['data', absolutePath('backup', 'the data directory', backup.store.dataDirectory)],
      ['units', words(backup.units)],
      ['monitor', words(backup.monitor === undefined ? [] : [backup.monitor])],
    ],
    body: `${BEGINNING}${functions.complete}${functions.restore}${END}`,
  });
}

const BEGINNING = `PATH=$PATH:/usr/sbin:/sbin
export PATH
cd /

usage() {
  cat <<END
Usage: tandem-restore-$name [--yes] [--replace] latest|FILE

Fills the store in $data from a dump: FILE, or the latest in $directory.
The service must be stopped and its storage mounted on this node.

  --replace  when the store holds data, move that aside first; it is never deleted
  --yes      do not ask
  --help     show this text
END
}

say() { printf 'tandem-restore-%s: %s\\n' "$name" "$1"; }

fail() {
  say "$1" >&2
  exit 1
}

replace=
yes=
dump=
while [ $# -gt 0 ]; do
  case $1 in
    --replace) replace=1 ;;
    --yes) yes=1 ;;
    --help)
      usage
      exit 0
      ;;
    -*)
      usage >&2
      exit 64
      ;;
    *)
      if [ -n "$dump" ]; then
        usage >&2
        exit 64
      fi
      dump=$1
      ;;
  esac
  shift
done
if [ -z "$dump" ]; then
  usage >&2
  exit 64
fi

if [ "$dump" = latest ]; then
  for found in "$directory/$name"-${STAMP_PATTERN}"$ending"; do
    if [ -f "$found" ]; then dump=$found; fi
  done
  if [ "$dump" = latest ]; then fail "there is no dump in $directory"; fi
fi
case $dump in
  /*) ;;
  *) fail "give the dump with its full path, not '$dump'" ;;
esac
stamp=$(date -u +%Y%m%dT%H%M%SZ)
`;

const END = `
if [ ! -r "$dump" ]; then fail "$dump can not be read"; fi
if [ -n "$mount" ] && ! mountpoint -q -- "$mount"; then
  fail "$mount is not mounted here; restore on the node where the group is active"
fi
for unit in $monitor $units; do
  state=$(systemctl is-active "$unit" 2>/dev/null) || :
  case $state in
    inactive | failed | unknown) ;;
    *) fail "$unit is \${state:-in a state that systemd does not tell}; stop it first: systemctl stop $unit" ;;
  esac
done
check_store

old=
if holds_data; then
  if [ -z "$replace" ]; then fail "$data holds data; --replace moves it to $aside"; fi
  old=1
fi

work=$(mktemp -d /var/tmp/tandem-restore.XXXXXX)
moved=
finish() {
  status=$?
  rm -rf -- "$work"
  if [ "$status" -ne 0 ] && [ -n "$moved" ]; then say "not restored; the data from before is in $aside" >&2; fi
}
trap finish EXIT
trap 'exit 143' HUP INT TERM

say "reading $dump"
gzip -dc -- "$dump" >"$work/dump" || fail "$dump is damaged"
is_complete "$work/dump" || fail "$dump is empty or has no end"

say "this will fill $data from $dump"
if [ -n "$old" ]; then say "what is there now is moved to $aside"; fi
if [ -z "$yes" ]; then
  printf 'Go on? [y/N] '
  answer=
  read -r answer || :
  case $answer in
    y | Y | yes) ;;
    *) fail 'nothing was changed' ;;
  esac
fi

if [ -n "$old" ]; then
  moved=1
  move_aside
  say 'the old data is moved aside'
fi
say 'loading'
load_store "$work/dump"
sync
say 'restored'
for unit in $units; do
  say "start the service: systemctl start $unit"
  break
done
for unit in $monitor; do say "then its watcher: systemctl start $unit"; done
`;
