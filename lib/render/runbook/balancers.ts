import { STATS_SOCKET } from '../../topology/balancer-names';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import { quoteCommand } from '../shell/quote';
import { caseOf, commands, section, table, text, type RunbookBlock } from './markdown';

/** Load balancers in software: who has the address, and what to do with one that hangs (S3, E33). */
export function balancers(topology: Topology): readonly RunbookBlock[] {
  const { host } = lookup(topology);
  const software = topology.loadBalancers.flatMap((facts) =>
    facts.balancer.kind === 'software' ? [{ ...facts, ...facts.balancer }] : [],
  );
  if (software.length === 0) return [];
  const rows = software.map(({ name, hosts, address, services, software: program }) => [
    ...[name, program, address.address, hosts.map((id) => host(id).name).join(', ')],
    services.map(({ kind, port }) => `${port} (${kind})`).join(', '),
  ]);
  return [
    section('Load balancers'),
    ...table(['balancer', 'software', 'address', 'hosts, the first has the address', 'ports'], rows),
    text(
      '`tandem status` says who has the address, and which servers each balancer leaves out. By hand, on a host of it:',
    ),
    commands(
      'ip -brief address',
      ...(software.some((one) => one.software === 'haproxy')
        ? [`echo 'show stat' | ${quoteCommand(['socat', '-', `UNIX-CONNECT:${STATS_SOCKET}`])}`]
        : []),
      ...(software.some((one) => one.software !== 'haproxy') ? ['ipvsadm -L -n'] : []),
    ),
    caseOf('Two hosts have the address, or none'),
    text(
      'Two: one of them hangs and its kernel keeps the address, or keepalived of one does not hear the other. Reset the host that',
      'does not answer. None: start keepalived on one; it gives the address up while HAProxy does not answer.',
    ),
    commands('systemctl restart haproxy keepalived', 'journalctl -u keepalived -n 50'),
  ];
}
