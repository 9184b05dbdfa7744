#!/bin/bash
# Turns the shared tree into the disk image that every lab node's own disk is a copy-on-write layer of.
# TREE   what build-root.sh made; it is not changed
# KERNEL what the package user-mode-linux holds, unpacked
# GUEST  folder of the files that belong into every node
# IMAGE  file to write
set -eu
: "${TREE:?}" "${KERNEL:?}" "${GUEST:?}" "${IMAGE:?}"
root=$IMAGE.root
trap 'rm -rf "$root" "$IMAGE.new"' EXIT
rm -rf "$root"
# Hard links would let a change here reach the tree.
cp -a --reflink=auto "$TREE" "$root"

version=$(basename "$KERNEL"/usr/lib/uml/modules/*)
mkdir -p "$root/lib/modules"
cp -a "$KERNEL/usr/lib/uml/modules/$version" "$root/lib/modules/"
chroot "$root" depmod "$version"

echo '/dev/ubda / ext4 noatime,errors=remount-ro 0 1' > "$root/etc/fstab"
: > "$root/etc/machine-id"
rm -f "$root"/etc/ssh/ssh_host_* "$root"/etc/hostname
printf 'UseDNS no\nUsePAM no\nPermitRootLogin prohibit-password\n' > "$root/etc/ssh/sshd_config.d/lab.conf"
# A process takes long to start here: sshd does not start itself anew for each connection.
echo 'SSHD_OPTS=-r' > "$root/etc/default/ssh"
install -m 755 "$GUEST/lab-init" "$root/usr/local/sbin/lab-init"
install -m 644 "$GUEST/lab-init.service" "$root/etc/systemd/system/lab-init.service"
install -m 755 "$GUEST/ipmitool" "$root/usr/bin/ipmitool"
mv "$root/usr/sbin/nft" "$root/usr/sbin/nft.debian"
install -m 755 "$GUEST/nft" "$root/usr/sbin/nft"

# Nothing of a deployment runs before a deployment asked for it.
for unit in chrony cyrus-imapd drbd heartbeat keepalived logd nftables postfix postgresql saslauthd slapd; do
  chroot "$root" systemctl disable "$unit" > /dev/null 2>&1 || true
done
chroot "$root" systemctl enable lab-init ssh > /dev/null 2>&1
# Half of the boot time, and nothing of it is needed on a node.
chroot "$root" systemctl mask systemd-udev-trigger systemd-udev-settle systemd-logind systemd-binfmt systemd-user-sessions \
  proc-sys-fs-binfmt_misc.automount getty@tty1 serial-getty@tty0 apt-daily.timer apt-daily-upgrade.timer e2scrub_reap \
  e2scrub_all.timer man-db.timer fstrim.timer dpkg-db-backup.timer > /dev/null 2>&1
# Each takes a quarter of a second at every boot and every daemon-reload, and a node has nothing that they look for.
mkdir -p "$root/etc/systemd/system-generators"
for generator in cryptsetup debug gpt-auto hibernate-resume integritysetup rc-local run system-update veritysetup; do
  ln -s /dev/null "$root/etc/systemd/system-generators/systemd-$generator-generator"
done
chroot "$root" systemctl set-default multi-user.target > /dev/null 2>&1

truncate -s 2G "$IMAGE.new"
mkfs.ext4 -q -F -L root -d "$root" "$IMAGE.new"
mv "$IMAGE.new" "$IMAGE"
