import { tableLines, type Cell, type Paint } from '../status/table';
import type { BalancerOnHost, BalancerStatus } from './balancer-status';

/** The table of a load balancer: its hosts, and the servers behind it as each host sees them. */
export function balancerLines(status: BalancerStatus, paint: Paint): readonly string[] {
  const { balancer, address, hosts, holders, unreached } = status;
  const one = holders.length === 1;
  const rows: readonly (readonly Cell[])[] = [
    [`BALANCER ${balancer}`, ...hosts.map(({ host }) => host), ...unreached].map((text) => ({ text })),
    [
      { text: `  ${address}` },
      ...hosts.map(({ hasAddress }): Cell =>
        hasAddress ? { text: 'HERE', emphasis: one ? 'good' : 'bad' } : { text: '-' },
      ),
      ...unreached.map((): Cell => ({ text: 'unknown', emphasis: 'warning' })),
    ],
    [{ text: '  programs' }, ...hosts.map(programs)],
    ...servers(hosts).map(({ proxy, server }) => [
      { text: `  ${proxy} ${server}` },
      ...hosts.map(({ servers: seen }) => serverCell(seen.find((one) => one.proxy === proxy && one.server === server))),
    ]),
  ];
  return tableLines(rows, paint);
}

function programs({ units, answers }: BalancerOnHost): Cell {
  const down = Object.entries(units).filter(([, state]) => state !== 'active');
  if (down.length > 0)
    return {
      text: down.map(([unit, state]) => `${unit.replace('.service', '')} ${state}`).join(', '),
      emphasis: 'bad',
    };
  return answers === false ? { text: 'HAProxy does not answer', emphasis: 'bad' } : { text: 'active' };
}

/** Each server behind a proxy once, in the order in which a host names them. */
function servers(hosts: readonly BalancerOnHost[]): readonly { readonly proxy: string; readonly server: string }[] {
  const all = hosts.flatMap((host) => host.servers).filter(({ server }) => server !== 'BACKEND');
  return all.filter(
    (one, index) => all.findIndex(({ proxy, server }) => proxy === one.proxy && server === one.server) === index,
  );
}

function serverCell(seen: BalancerOnHost['servers'][number] | undefined): Cell {
  if (!seen) return { text: '-' };
  const { status, check, sessions } = seen;
  return status.startsWith('UP')
    ? { text: `${status}, ${sessions} sessions` }
    : { text: [status, check].filter((word) => word !== '').join(' '), emphasis: 'warning' };
}
