import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { LOOKUP_AUTHORITIES } from '../../topology/mail-instances';
import { volumeOfQueue } from '../../topology/mail-queues';
import { mailGraph } from '../../topology/mail-graph';
import { WATCH_PROGRAM } from '../mail-watch/places';
import type { ContainerRole } from './container-role';
import { MOUNTS, RUN } from './places';

const ENTRY_POINT = `begin() { install -d -m 0755 "$run"; }

# Postfix goes on while what looks after it is started again.
serve() {
  while [ -z "$stopping" ]; do
    ${WATCH_PROGRAM} run &
    server=$!
    echo "$server" >"$run/watch.pid"
    [ -z "$stopping" ] || kill "$server"
    wait_for_server
    [ -n "$stopping" ] || sleep 1
  done
  ${WATCH_PROGRAM} release
}
`;

const HEALTH = `serves() {
  fault='there are no files yet'
  [ -x ${WATCH_PROGRAM} ] && fault=$(${WATCH_PROGRAM} health)
}
`;

const SYSTEMCTL = `process_file() { # UNIT
  case \${1%.service} in
    tandem-mail-watch) echo watch.pid ;;
    postfix-*) echo "\${1%.service}.pid" ;;
    *) return 1 ;;
  esac
}

is_server() { case $1 in postfix-*) return 0 ;; *) return 1 ;; esac; }

answers() { ${WATCH_PROGRAM} health >/dev/null; }
`;

const RELOAD = `reload() { # UNIT
  process_of "$1" >/dev/null || return 0
  case $1 in
    postfix-*) postfix -c "/etc/\${1%.service}" reload ;;
    *) restart "$1" ;;
  esac
}
`;

const STOP = `stop() { # UNIT: whoever looks after it leaves it alone until it is to start
  server=\${1%.service}
  : >"$run/stopped"
  tandem-mail-queue stop "\${server#postfix-}"
}
`;

/** A mail server of a pair whose queues are on volumes that both containers mount. */
export function mailRole({ mailPairs }: Topology): ContainerRole {
  const directory = mailPairs.some(({ configuration }) => configuration.kind === 'directory');
  return {
    name: 'mail',
    title: 'mail server',
    packages: ['netcat-openbsd', 'postfix', ...(directory ? ['postfix-ldap'] : [])],
    answers: ['postfix postfix/main_mailer_type select No configuration'],
    // Look-ups ask by TLS, and know the servers by the authority of the deployment.
    afterwards: directory ? [`ln -s ${MOUNTS.authorities} ${LOOKUP_AUTHORITIES}`] : [],
    startPeriod: 60_000,
    run: `${RUN}/mail`,
    entryPoint: ENTRY_POINT,
    health: HEALTH,
    systemctl: SYSTEMCTL,
    reload: RELOAD,
    stop: STOP,
    onHost: (topology: Topology, host: HostFacts) => {
      const graph = mailGraph(topology);
      const pair = topology.mailPairs.find((one) => graph.hostsOf(one).includes(host.id));
      const servers = pair ? graph.serversOf(pair) : [];
      const volumes = servers.map((server) => volumeOfQueue(topology, server));
      if (
        !pair ||
        servers.some(({ software }) => software !== 'postfix') ||
        volumes.some((one) => one?.kind !== 'docker')
      )
        return undefined;
      return {
        sources: [pair.path, ...servers.map(({ path }) => path)],
        volumes: servers.flatMap((server) => {
          const volume = volumeOfQueue(topology, server);
          return volume ? [{ name: volume.source, target: server.queue.directory }] : [];
        }),
        // master(8) opens port 25, and its processes become users of their own; what is not theirs is given to them.
        capabilities: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'NET_BIND_SERVICE', 'SETGID', 'SETUID'],
        ...(pair.configuration.kind === 'directory' ? { authorities: true } : {}),
      };
    },
  };
}
