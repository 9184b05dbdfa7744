import type { BalancedMember } from '../../topology/balanced-members';
import type { BalancedServiceFacts, LoadBalancerFacts } from '../../topology/load-balancer';
import type { Topology } from '../../topology/topology';
import { checkProgram } from '../balancer/check-program';
import { questionOf } from '../balancer/question';
import { realServers } from '../balancer/real-servers';
import { block, statement, type KeepalivedStatement } from './syntax';

/** A service of LVS (keepalived.conf(5), "Virtual server(s)"). */
export function virtualServer(
  topology: Topology,
  balancer: LoadBalancerFacts,
  service: BalancedServiceFacts,
  members: readonly BalancedMember[],
): KeepalivedStatement {
  const { interval } = service.healthCheck;
  const { real, fallback } = realServers(topology, service, members);
  return block(
    ['virtual_server', balancer.address.address, String(service.port)],
    [
      statement('delay_loop', seconds(interval)),
      statement('lvs_sched', service.kind === 'mail' ? 'rr' : 'lc'),
      statement('lvs_method', 'DR'),
      statement('protocol', 'TCP'),
      ...(fallback ? [statement('sorry_server', fallback.address, String(fallback.port))] : []),
      ...real.map(({ address, port }) =>
        block(
          ['real_server', address, String(port)],
          [statement('weight', '1'), check(topology, balancer, service, address, port)],
        ),
      ),
    ],
  );
}

function check(
  topology: Topology,
  balancer: LoadBalancerFacts,
  service: BalancedServiceFacts,
  address: string,
  port: number,
): KeepalivedStatement {
  const { interval, timeout, fall } = service.healthCheck;
  const retry = [statement('retry', String(fall - 1)), statement('delay_before_retry', seconds(interval))];
  const connect = [statement('connect_timeout', seconds(timeout)), ...retry];
  switch (questionOf(topology, balancer, service).kind) {
    case 'connect':
      return block(['TCP_CHECK'], connect);
    case 'smtp':
      return block(['SMTP_CHECK'], connect);
    case 'bind':
    case 'search':
      return block(
        ['MISC_CHECK'],
        [
          statement('misc_path', { quoted: `${checkProgram(balancer, service)} ${address} ${port}` }),
          // The program has a bound of its own, which lets it name each database in turn.
          statement('misc_timeout', String(Math.ceil(timeout / 1000) + 1)),
          ...retry,
        ],
      );
  }
}

const seconds = (milliseconds: number): string => String(milliseconds / 1000);
