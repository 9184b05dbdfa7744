import { lookup } from '../../../topology/lookup';
import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** S3: a port stands for one service. */
export const uniquePort: Rule = {
  id: 'balancer/unique-port',
  severity: 'error',
  requirements: ['S3'],
  title: 'A load balancer has one service on a port, and its hosts carry no server on that port.',
  rationale:
    'The second one cannot open the port: a server that listens on all addresses has the one of the balancer too.',
  check: (topology) =>
    topology.loadBalancers.flatMap(({ path, services, balancer }) => [
      ...duplicates(services, ({ port }) => String(port)).map(({ key }) => ({
        path,
        problem: 'two services on one port',
        value: key,
        remedy: 'choose another port',
        property: 'services',
      })),
      ...(balancer.kind === 'external' ? [] : balancer.hosts).flatMap((host) =>
        [...topology.mailServers.map((server) => ({ ...server, port: 25 })), ...topology.directoryServers]
          .filter((server) => server.host === host && services.some(({ port }) => port === server.port))
          .map(({ name, port }) => ({
            path,
            problem: `host ${lookup(topology).host(host).name} carries ${name}, which has this port`,
            value: String(port),
            remedy: 'balance on another host or another port',
            property: 'services',
          })),
      ),
    ]),
};
