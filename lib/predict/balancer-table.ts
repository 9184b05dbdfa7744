import type { Topology } from '../topology/topology';
import { forecastBalancer, forecastService } from './balancer';
import type { Interval } from './interval';
import type { ForecastTable } from './replication/table';
import { timeText } from './wording';

/** What is said of load balancers in software, as tables; those without rows are left out. */
export function balancerTables(topology: Topology): readonly ForecastTable[] {
  const balancers = topology.loadBalancers.filter(({ balancer }) => balancer.kind === 'software');
  const software = balancers.flatMap(({ balancer }) => (balancer.kind === 'software' ? [balancer.software] : []));
  return [
    {
      title: 'Loss of a server behind a load balancer',
      head: ['load balancer', 'port', 'found after', 'back after', 'servers left'],
      rows: balancers.flatMap((balancer) =>
        balancer.services.map((service) => {
          const { found, back, left } = forecastService(topology, balancer, service);
          return [balancer.name, String(service.port), span(found), span(back), String(left)];
        }),
      ),
      note: [
        ...(software.includes('haproxy')
          ? [
              'Until it is found, HAProxy leads a new connection to a lost host elsewhere after the timeout of the check; one to a process that hangs waits until then, and is cut.',
            ]
          : []),
        ...(software.some((one) => one !== 'haproxy')
          ? [
              'LVS leads and cuts no connection that it has given to a server: who is connected waits as long as the client does.',
            ]
          : []),
      ].join(' '),
    },
    {
      title: 'Loss of a load balancer',
      head: ['load balancer', 'host lost: address moves after', 'HAProxy ends or hangs: after'],
      rows: balancers.map((balancer) => {
        const { hostLost, processLost } = forecastBalancer(balancer) ?? {};
        return [balancer.name, hostLost ? span(hostLost) : 'never', processLost ? span(processLost) : ''];
      }),
      note: 'A host that hangs keeps the address while its kernel answers, until it is reset. The first host takes the address back when it returns; connections are cut both times.',
    },
  ].filter(({ rows }) => rows.length > 0);
}

const span = ({ lower, upper }: Interval): string => `${timeText(lower)} to ${timeText(upper)}`;
