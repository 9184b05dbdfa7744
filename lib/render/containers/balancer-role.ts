import { balancersOn } from '../../topology/balanced-members';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { ANSWERS } from '../haproxy/places';
import { BESIDE } from './beside';
import type { ContainerRole } from './container-role';
import { RUN } from './places';

const ENTRY_POINT = `begin() {
  install -d -m 0755 "$run" /run/haproxy
}

# HAProxy is started again whenever it ends; keepalived gives the address away meanwhile.
stand_beside() {
  while :; do
    haproxy -W -f /etc/haproxy/haproxy.cfg &
    process=$!
    echo "$process" >"$run/haproxy.pid"
    wait "$process" || true
    sleep 1
  done
}

${BESIDE}
serve() {
  # One that was killed leaves its process files behind, and the next one would take them for its own.
  rm -f "$run/restart" "$run/keepalived.pid" /run/keepalived.pid /run/vrrp.pid /run/checkers.pid
  start_beside
  keepalived --dont-fork --log-console &
  server=$!
  echo "$server" >"$run/keepalived.pid"
  # The address goes before those who are connected to it.
  wait_for_server
  end_beside haproxy.pid
}
`;

// The host has the address, or another one has: somebody answers there.
const HEALTH = `serves() {
  fault='there are no files yet'
  [ -x ${ANSWERS} ] || return 1
  fault='HAProxy does not answer'
  ${ANSWERS} || return 1
  fault='keepalived does not run'
  [ -s ${RUN}/balancer/keepalived.pid ] && kill -0 "$(cat ${RUN}/balancer/keepalived.pid)" 2>/dev/null || return 1
  addresses=$(sed -n 's/^ *bind \\([^ ]*\\) transparent$/\\1/p' /etc/haproxy/haproxy.cfg)
  for address in $addresses; do
    fault="nobody answers at $address"
    timeout 2 socat -u OPEN:/dev/null "TCP:$address,connect-timeout=1" 2>/dev/null || return 1
  done
}
`;

const SYSTEMCTL = `process_file() { # UNIT
  case \${1%.service} in
    haproxy) echo haproxy.pid ;;
    keepalived) echo keepalived.pid ;;
    *) return 1 ;;
  esac
}

is_server() { [ "\${1%.service}" = keepalived ]; }

answers() { process_of keepalived >/dev/null; }
`;

const RELOAD = `reload() { # UNIT
  process=$(process_of "$1") || return 0
  case \${1%.service} in
    haproxy) kill -USR2 "$process" ;;
    *) kill -HUP "$process" ;;
  esac
}
`;

/** A load balancer: HAProxy, and keepalived that has its address. LVS is in the kernel, which a container has none of. */
export const BALANCER_ROLE: ContainerRole = {
  name: 'balancer',
  title: 'load balancer by HAProxy',
  packages: ['haproxy', 'iproute2', 'keepalived', 'socat'],
  answers: [],
  afterwards: [],
  startPeriod: 30_000,
  run: `${RUN}/balancer`,
  entryPoint: ENTRY_POINT,
  health: HEALTH,
  systemctl: SYSTEMCTL,
  reload: RELOAD,
  onHost: (topology: Topology, host: HostFacts) => {
    const balancers = balancersOn(topology, host.id);
    if (balancers.length === 0 || balancers.some(({ software }) => software !== 'haproxy')) return undefined;
    const low = balancers.some(({ balancer }) => balancer.services.some(({ port }) => port < 1024));
    return {
      sources: balancers.map(({ balancer }) => balancer.path),
      volumes: [],
      // keepalived gives the host an address and sends VRRP; HAProxy becomes a user of its own, which its master may end.
      capabilities: ['KILL', 'NET_ADMIN', 'NET_RAW', 'SETGID', 'SETUID', ...(low ? ['NET_BIND_SERVICE'] : [])],
    };
  },
};
