import { balancedMembers } from '../../topology/balanced-members';
import type { BalancedServiceFacts, HealthCheckFacts, LoadBalancerFacts } from '../../topology/load-balancer';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { ReportDocument, ReportSection } from '../report/document';
import { duration } from '../report/duration';

/** What a person enters in a load balancer in hardware (S3): no keyword of a product stands in it. */
export function balancerWorksheet(topology: Topology, balancer: LoadBalancerFacts, units: number): ReportDocument {
  return {
    title: `Worksheet for a load balancer: ${balancer.name} of ${topology.name}`,
    sections: [
      {
        title: 'What this is',
        blocks: [
          {
            kind: 'text',
            text: 'The design for a device that Tandem does not configure. Fields have plain names; what a product calls them its manual says.',
          },
        ],
      },
      {
        title: 'Units',
        blocks: [
          {
            kind: 'table',
            head: ['field', 'value'],
            rows: [
              ['units that stand in for each other', String(units)],
              ['address for clients', `${balancer.address.address}/${balancer.address.prefixLength}`],
              ['network', balancer.address.network],
            ],
          },
          {
            kind: 'text',
            text: 'The address moves to another unit when the one that has it is lost (E33). Cut the power of that unit once before clients use it, and see it move.',
          },
        ],
      },
      ...balancer.services.map((service) => serviceSection(topology, balancer, service)),
    ],
  };
}

const TITLES = { mail: 'Mail', 'directory-reads': 'Directory reads', 'directory-writes': 'Directory writes' } as const;

const SHARES = {
  mail: 'each new connection to the next server in turn: equal shares (S3)',
  'directory-reads': 'each new connection to the server with the fewest (S5)',
  'directory-writes': 'all to the one server that takes writes; others refuse them (S6)',
} as const;

function serviceSection(topology: Topology, balancer: LoadBalancerFacts, service: BalancedServiceFacts): ReportSection {
  return {
    title: `${TITLES[service.kind]}: port ${service.port}`,
    blocks: [
      {
        kind: 'table',
        head: ['server', 'addresses', 'port'],
        rows: balancedMembers(topology, balancer, service).map(({ name, host, port }) => [
          name,
          lookup(topology)
            .host(host)
            .interfaces.map(({ address }) => address)
            .join(', '),
          String(port),
        ]),
      },
      {
        kind: 'table',
        head: ['field', 'value'],
        rows: [
          ['shares', SHARES[service.kind]],
          ['health check', CHECKS[service.healthCheck.kind]],
          ...checkRows(service.healthCheck),
          ['connections to a server that is lost', 'are cut, so that clients connect anew'],
        ],
      },
    ],
  };
}

const CHECKS = {
  connect: 'the port opens; misses a server that hangs',
  smtp: 'the server greets and answers EHLO',
  ldap: 'an anonymous bind is answered',
  'ldap-role':
    'the database answers that it takes writes: its entry of cn=config is found by the filter (!(olcReadOnly=TRUE))',
} as const;

const checkRows = ({ interval, timeout, fall, rise }: HealthCheckFacts): readonly (readonly string[])[] => [
  ['time between checks', duration(interval)],
  ['a check has failed after', duration(timeout)],
  ['failures until a server is lost', String(fall)],
  ['successes until it is back', String(rise)],
];
