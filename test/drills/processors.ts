/**
 * Functions of a POSIX shell for scripts of `runMailHosts`: a control group with half a core for each host, by cpu.max
 * (cgroups(7) version 2) or by the controllers cpu and cpuacct of version 1, whichever the kernel has.
 */
export const HALF_A_CORE = `
run=$(cat /proc/sys/kernel/random/uuid)
mkdir /mnt/cpu /mnt/cpuacct
if mount -t cgroup -o cpu cgroup /mnt/cpu 2>/dev/null && mount -t cgroup -o cpuacct cgroup /mnt/cpuacct; then version=1
else
  version=2
  mount -t cgroup2 cgroup2 /mnt/cpu
  echo +cpu >/mnt/cpu/cgroup.subtree_control
fi

half_a_core() { # NAME
  mkdir "/mnt/cpu/$run-$1"
  if [ "$version" = 2 ]; then echo '50000 100000' >"/mnt/cpu/$run-$1/cpu.max"
  else
    echo 50000 >"/mnt/cpu/$run-$1/cpu.cfs_quota_us"
    mkdir -p "/mnt/cpuacct/$run-$1"
  fi
}

limited() { # NAME COMMAND...: on this host, in its half
  limited_host=$1
  shift
  at "$limited_host" sh -c '
    group=$1
    shift
    for controller in /mnt/cpu /mnt/cpuacct; do
      [ ! -d "$controller/$group" ] || echo 0 >"$controller/$group/cgroup.procs"
    done
    exec "$@"' sh "$run-$limited_host" "$@"
}

used() { # NAME: microseconds of processors so far
  if [ "$version" = 2 ]; then sed -n 's/^usage_usec //p' "/mnt/cpu/$run-$1/cpu.stat"
  else echo "$(($(cat "/mnt/cpuacct/$run-$1/cpuacct.usage") / 1000))"; fi
}

# Control groups outlive the namespace.
give_back() {
  for limited_host in mail1 mail2; do
    power_off "$limited_host"
    for controller in /mnt/cpu /mnt/cpuacct; do
      [ ! -d "$controller/$run-$limited_host" ] || within 5 rmdir "$controller/$run-$limited_host" 2>/dev/null || true
    done
  done
}
trap give_back EXIT
`;
