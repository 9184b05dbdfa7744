/** The physical disk of a partition by the kernel's naming: `/dev/sdb1` and `/dev/nvme0n1p2` lie on `/dev/sdb` and `/dev/nvme0n1`. */
export function physicalDiskOf(device: string): string {
  const match =
    /^(\/dev\/(?:nvme\d+n\d+|mmcblk\d+|nbd\d+|loop\d+|md\d+))p\d+$/.exec(device) ??
    /^(\/dev\/(?:[shv]d[a-z]+|xvd[a-z]+|ubd[a-z]))\d+$/.exec(device);
  return match?.[1] ?? device;
}
