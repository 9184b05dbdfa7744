import { balancedMembers } from '../../topology/balanced-members';
import { sortedUnique } from '../../topology/order';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { isAddress } from '../ip-address';
import { programFile, readableFile } from '../readable-file';
import { printScript } from '../shell/script';
import { renderedUnit } from '../systemd/rendered-unit';
import { section } from '../systemd/unit-file';

const UNIT = 'tandem-lvs-address.service';
const PROGRAM = '/usr/local/sbin/tandem-lvs-address';
const SETTINGS = '/etc/sysctl.d/60-tandem-lvs.conf';

/** Addresses belong to whoever has them on the interface that is asked: the balancer answers for its own one alone. */
const QUIET = `net.ipv4.conf.all.arp_ignore = 1
net.ipv4.conf.all.arp_announce = 2
`;

/**
 * What a server behind LVS needs with direct routing: it gets packets to the balancer's address and answers clients itself,
 * so it has the address too, on an interface without a cable, and tells nobody (ARP).
 */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const balancers = topology.loadBalancers.filter(
    (balancer) =>
      balancer.balancer.kind === 'software' &&
      balancer.balancer.software !== 'haproxy' &&
      balancer.services.some((service) =>
        balancedMembers(topology, balancer, service).some((member) => member.host === host),
      ),
  );
  const source = balancers[0]?.path;
  if (source === undefined) return [];
  const addresses = sortedUnique(balancers.map(({ address }) => address.address)).map((address) => {
    if (!isAddress(address))
      throw new FormatError(
        { format: 'systemd.unit', what: 'an address', problem: 'is none', remedy: 'correct it', value: address },
        source,
      );
    return `${address}/${address.includes(':') ? 128 : 32}`;
  });
  return [
    readableFile(SETTINGS, source, () => headerComment(source) + QUIET, {
      activation: { kind: 'command', command: `sysctl --quiet --load ${SETTINGS}` },
    }),
    programFile(
      PROGRAM,
      source,
      () => printScript({ source, variables: [['addresses', addresses.join(' ')]], body: COMMANDS }),
      { activation: { kind: 'restart', unit: UNIT } },
    ),
    renderedUnit(
      UNIT,
      source,
      [
        section('Unit', [
          ['Description', 'Addresses of load balancers, for direct routing'],
          ['After', 'systemd-sysctl.service'],
        ]),
        section('Service', [
          ['Type', 'oneshot'],
          ['RemainAfterExit', 'yes'],
          ['ExecStart', `${PROGRAM} start`],
          ['ExecStop', `${PROGRAM} stop`],
        ]),
        section('Install', [['WantedBy', 'multi-user.target']]),
      ],
      { kind: 'enable', unit: UNIT },
    ),
  ];
}

// An interface of their own: with it addresses of before go too.
const COMMANDS = `stop() { ip link delete tandem-lvs 2>/dev/null || true; }
start() {
  stop
  ip link add tandem-lvs type dummy
  for address in $addresses; do ip address add "$address" dev tandem-lvs; done
  ip link set tandem-lvs up
}
case \${1-} in
  start) start ;;
  stop) stop ;;
  *)
    echo "Usage: $0 start|stop" >&2
    exit 64
    ;;
esac
`;
