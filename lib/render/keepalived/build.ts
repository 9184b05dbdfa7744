import { balancedMembers, balancersOn, type BalancerOnHost } from '../../topology/balanced-members';
import { KEEPALIVED_TIMES, vrrpPriority } from '../../topology/balancer-times';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { FormatError } from '../format-error';
import { ANSWERS } from '../haproxy/places';
import { RUNS } from '../ldirectord/places';
import { plainName } from '../pattern';
import { block, statement, type KeepalivedStatement } from './syntax';
import { virtualServer } from './virtual-server';

/** The statements of keepalived.conf of a host; none where no load balancer in software runs. */
export function build(topology: Topology, host: EntityId): readonly KeepalivedStatement[] {
  const balancers = balancersOn(topology, host);
  if (balancers.length === 0) return [];
  const softwares = new Set(balancers.map(({ software }) => software));
  return [
    block(
      ['global_defs'],
      [
        statement('router_id', plainName('keepalived.conf', 'the name of a host', lookup(topology).host(host).name)),
        statement('enable_script_security'),
        statement('script_user', 'root'),
      ],
    ),
    ...(softwares.has('haproxy') ? [script('haproxy', ANSWERS)] : []),
    ...(softwares.has('lvs-ldirectord') ? [script('ldirectord', RUNS)] : []),
    ...balancers.map((one) => router(topology, host, one)),
    ...balancers
      .filter(({ software }) => software === 'lvs-keepalived')
      .flatMap(({ balancer }) =>
        balancer.services.map((service) =>
          virtualServer(topology, balancer, service, balancedMembers(topology, balancer, service)),
        ),
      ),
  ];
}

/** Two failures let the address go; it is not taken before the first success. */
function script(name: string, program: string): KeepalivedStatement {
  const { interval, answer, fall, rise } = KEEPALIVED_TIMES;
  return block(
    ['vrrp_script', name],
    [
      statement('script', { quoted: program }),
      statement('interval', seconds(interval)),
      // Longer than the program's own bound, which ends what the program has started too.
      statement('timeout', seconds(answer + 2000)),
      statement('fall', String(fall)),
      statement('rise', String(rise)),
      statement('init_fail'),
    ],
  );
}

const TRACKED = { haproxy: 'haproxy', 'lvs-ldirectord': 'ldirectord', 'lvs-keepalived': undefined } as const;

/** The address, which the first host has while it lives: it takes it back when it returns. */
function router(topology: Topology, host: EntityId, one: BalancerOnHost): KeepalivedStatement {
  const { balancer, software, virtualRouterId, hosts } = one;
  const { network, address, prefixLength } = balancer.address;
  const facts = lookup(topology);
  const interfaceOf = (id: EntityId): { readonly name: string; readonly address: string } => {
    const found = facts.host(id).interfaces.find((each) => each.network === network);
    if (found) return found;
    throw new FormatError(
      {
        format: 'keepalived.conf',
        what: `host '${facts.host(id).name}'`,
        problem: 'has no interface in the network of the address',
        remedy: 'give it one there',
        value: network,
      },
      balancer.path,
    );
  };
  const own = interfaceOf(host);
  const peers = hosts.filter((id) => id !== host).map((id) => interfaceOf(id).address);
  const tracked = TRACKED[software];
  return block(
    ['vrrp_instance', plainName('keepalived.conf', 'the name of a load balancer', balancer.name)],
    [
      statement('state', 'BACKUP'),
      statement('interface', own.name),
      statement('virtual_router_id', String(virtualRouterId)),
      statement('priority', String(vrrpPriority(hosts.indexOf(host)))),
      statement('advert_int', seconds(KEEPALIVED_TIMES.advertisement)),
      // Without multicast, which not every network carries; a single host tells nobody in particular.
      ...(peers.length > 0
        ? [
            statement('unicast_src_ip', own.address),
            block(
              ['unicast_peer'],
              peers.map((peer) => statement(peer)),
            ),
          ]
        : []),
      block(['virtual_ipaddress'], [statement(`${address}/${prefixLength}`, 'dev', own.name)]),
      ...(tracked === undefined ? [] : [block(['track_script'], [statement(tracked)])]),
    ],
  );
}

const seconds = (milliseconds: number): string => String(milliseconds / 1000);
