import type { LabNode, LabPlan, LabStandIn } from './plan';

/** A file that a node gets at its first boot. */
export interface NodeFile {
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

/** Name, interfaces, disks and stand-ins of a node. Keys are not among them: they are drawn anew for each lab. */
export function nodeFiles(plan: LabPlan, node: LabNode): readonly NodeFile[] {
  return [
    { path: '/etc/lab/node.conf', mode: 0o644, text: nodeConf(node) },
    { path: '/etc/hostname', mode: 0o644, text: `${node.name}\n` },
    { path: '/etc/hosts', mode: 0o644, text: hosts(plan) },
    ...node.standIns.map((standIn) => ({
      path: `/etc/init.d/${standIn.service}`,
      mode: 0o755,
      text: initScript(standIn),
    })),
  ];
}

/** What `lab-init` of the image reads. */
function nodeConf(node: LabNode): string {
  const lines = [
    ...node.interfaces.map((i) => `interface ${i.name} ${i.device} ${i.addresses.join(' ')}`),
    ...node.disks.flatMap((disk) => [
      // A disk that is used whole is a mapped part of itself.
      ...(disk.parts.some((part) => part.path === disk.path) ? [] : [`disk ${disk.path} ${disk.device}`]),
      ...disk.parts.map((part) => `partition ${part.path} ${disk.device} ${part.start} ${part.sectors}`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function hosts(plan: LabPlan): string {
  return ['127.0.0.1 localhost', ...plan.nodes.map((node) => `${node.address} ${node.name}`), ''].join('\n');
}

/** A daemon that holds the ports of the service it stands for, with the manners of an init script. */
function initScript({ service, ports }: LabStandIn): string {
  const listeners = ports.map((port) => `nc -lk -p ${port} >/dev/null &`).join(' ');
  return `#!/bin/sh
### BEGIN INIT INFO
# Provides:          ${service}
# Required-Start:    $remote_fs
# Required-Stop:     $remote_fs
# Default-Start:     2 3 4 5
# Default-Stop:      0 1 6
# Short-Description: stand-in of the lab for ${service}
### END INIT INFO
pid=/run/lab-${service}.pid
. /lib/lsb/init-functions
case $1 in
  start)
    start-stop-daemon --start --quiet --oknodo --background --make-pidfile --pidfile $pid \\
      --exec /bin/sh -- -c '${listeners} exec sleep infinity'
    ;;
  stop)
    [ ! -e $pid ] || { pkill -P "$(cat $pid)"; start-stop-daemon --stop --quiet --oknodo --remove-pidfile --pidfile $pid; }
    ;;
  restart | force-reload)
    $0 stop
    $0 start
    ;;
  status) start-stop-daemon --status --pidfile $pid && echo "${service} is running" ;;
  *) exit 2 ;;
esac
`;
}
