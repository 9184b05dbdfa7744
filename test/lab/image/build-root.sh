#!/bin/bash
# Builds the tree that all lab nodes share: Debian bookworm with the programs of a deployment, no service ever started.
# ROOT      folder to build, empty or absent
# MIRROR    package archive, from this machine's own apt configuration
# SECURITY  archive of security updates; empty: none
# PACKAGES  packages, separated by spaces
set -eu
: "${ROOT:?}" "${MIRROR:?}" "${SECURITY=}" "${PACKAGES:?}"
began=$(date +%s)
say() { echo "$(($(date +%s) - began)) s: $*"; }

say "debootstrap"
debootstrap --variant=minbase bookworm "$ROOT" "$MIRROR" > "$ROOT.debootstrap.log" 2>&1 ||
  { tail -n 20 "$ROOT.debootstrap.log" >&2; exit 1; }

# Daemons that a package starts at its installation would run on this machine.
printf '#!/bin/sh\nexit 101\n' > "$ROOT/usr/sbin/policy-rc.d"
chmod 755 "$ROOT/usr/sbin/policy-rc.d"
mkdir -p "$ROOT/proc"
mount -t proc proc "$ROOT/proc"
trap 'umount "$ROOT/proc"' EXIT

# The archive is reached the way this machine reaches it; none of this stays in the tree.
echo "deb $MIRROR bookworm main" > "$ROOT/etc/apt/sources.list"
[ -z "$SECURITY" ] || echo "deb $SECURITY bookworm-security main" >> "$ROOT/etc/apt/sources.list"
cp /etc/resolv.conf "$ROOT/etc/resolv.conf"
apt-config dump | grep -i '^Acquire::.*proxy' > "$ROOT/etc/apt/apt.conf.d/90lab" || true

export DEBIAN_FRONTEND=noninteractive LC_ALL=C
in_root() { chroot "$ROOT" "$@"; }
in_root apt-get -q update > "$ROOT.apt.log" 2>&1 || { tail -n 20 "$ROOT.apt.log" >&2; exit 1; }
in_root debconf-set-selections << 'SELECTIONS'
slapd slapd/no_configuration boolean true
postfix postfix/main_mailer_type select No configuration
SELECTIONS
say "packages"
# shellcheck disable=SC2086
in_root apt-get -qy --no-install-recommends install $PACKAGES >> "$ROOT.apt.log" 2>&1 ||
  { tail -n 20 "$ROOT.apt.log" >&2; exit 1; }
in_root apt-get clean
rm -rf "$ROOT"/var/lib/apt/lists/* "$ROOT"/etc/apt/sources.list "$ROOT"/etc/apt/apt.conf.d/90lab \
  "$ROOT"/etc/resolv.conf "$ROOT"/usr/sbin/policy-rc.d
say "tree of $(du -sm --exclude=proc "$ROOT" | cut -f 1) MB"
