import type { HeartbeatClusterFacts } from '../../topology/cluster';
import { FORCE_FILE } from '../../topology/force-file';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import { shellWord } from '../../topology/shell-word';

/** Where Debian keeps the programs of heartbeat and DRBD; a login without a shell profile has them not in its path. */
export const HOST_PATH = 'PATH=$PATH:/usr/sbin:/sbin:/usr/share/heartbeat; export PATH; LC_ALL=C; export LC_ALL';

/** A read-only look at a node: lines of a keyword and its value. */
export function probeCommand(topology: Topology, cluster: HeartbeatClusterFacts): string {
  const facts = lookup(topology);
  const names = cluster.nodes.map((node) => shellWord(facts.host(node).name));
  const members = cluster.groups.flatMap((group) => group.members);
  const directories = members.flatMap((member) => (member.kind === 'mount' ? [member.directory] : []));
  const units = cluster.groups.flatMap(facts.servicesOf).map((service) => service.unit);
  return [
    HOST_PATH,
    'echo "heartbeat $(systemctl is-active heartbeat.service 2>/dev/null)"',
    'echo "claims $(timeout 5 cl_status rscstatus 2>/dev/null)"',
    `for n in ${names.join(' ')}; do echo "member $n $(timeout 5 cl_status nodestatus "$n" 2>/dev/null)"; done`,
    ...directories.map(
      (directory) => `mountpoint -q -- ${shellWord(directory)} && echo mounted ${shellWord(directory)}`,
    ),
    `echo units $(systemctl is-active ${units.map(shellWord).join(' ')} 2>/dev/null)`,
    'ip -o addr show | awk \'{ sub(/\\/.*/, "", $4); print "address", $4 }\'',
    `test -e ${FORCE_FILE} && echo forced yes`,
    // The bracket keeps it from finding itself.
    "pgrep -f 'heartbeat/[R]esourceManager' >/dev/null && echo moving yes",
    "sed 's/^/drbd /' /proc/drbd 2>/dev/null",
    'echo end',
  ].join('\n');
}
