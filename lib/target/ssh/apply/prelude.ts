/**
 * Opening of the apply script: names, messages, the lock. POSIX sh, coreutils and perl-base only, which are essential on
 * Debian, because a new host has no more.
 * `TANDEM_ROOT` puts a prefix before every path, for laboratories and tests.
 */
export const PRELUDE = `#!/bin/sh
# Tandem: brings one bundle of files onto this host, or leaves the host as it was.
# Usage: apply ACTION[,ACTION...] DEPLOYMENT [BUNDLE [SECONDS]]
#   run       check, commit and activate
#   check     unpack the bundle behind this script, put in secrets, let every checker look at the result
#   commit    put the checked files in place; rolls back by itself unless it is confirmed within SECONDS
#   await     wait for the turn of this host; services take note already where that disturbs nobody (runs ahead as a unit)
#   ahead     what can be done while this host waits
#   activate  let services take note of what was committed
#   turn      activate; a directory server that served before serves again when this ends
#   confirm   keep what was committed
#   rollback  bring back what was there before the last commit
# Functions are called by their names in variables, which shellcheck does not follow where a script ends with exit.
# shellcheck disable=SC2317
set -eu
umask 077
LC_ALL=C
export LC_ALL

root=\${TANDEM_ROOT:-}
actions=\${1:?action}
action=\${actions%%,*}
deployment=\${2:?deployment}
expected=\${3:-}
state=$root/var/lib/tandem/$deployment
staged=$state/staged
backup=$state/backup
pending=$state/pending
timer=tandem-rollback-$deployment
# Longer than Terraform tries to reach the other node (2 minutes) before it gives up.
confirm_within=\${4:-180}

# Under a prefix the caller's PATH counts alone.
if [ -z "$root" ]; then
  PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/cyrus/bin
  for directory in /usr/lib/postgresql/*/bin; do PATH=$PATH:$directory; done
  export PATH
fi

say() { printf 'tandem: %s\\n' "$*"; }
fail() {
  printf 'tandem: ERROR: %s\\n' "$*" >&2
  exit 1
}

# Two runs at a time would mix their files.
take_lock() {
  mkdir -p "$state"
  exec 9>"$state/lock"
  flock -w 300 9 || fail "another run of this deployment has held $state/lock for five minutes; wait for it to end"
}

# Lines of a bundle: "content PATH BASE64", "secret NAME VALUE", "file PATH MODE OWNER GROUP CHECKER ACTIVATION" and,
# behind the line of a file whose activation is a command, "command PATH TEXT". A manifest has the last two.
each_file() { # LIST CALLBACK
  while read -r kind path _ _ _ checker _; do
    if [ "$kind" = file ]; then "$2"; fi
  done <"$1"
}

`;
