import {
  Consumer,
  Deployment,
  Directory,
  DirectoryServer,
  FailoverGroup,
  Host,
  Network,
  Site,
} from '../../../lib/index';
import { renderHost } from '../../../lib/render/render';
import type { Topology } from '../../../lib/topology/topology';

/** A failover group of three, and shadows of it. */
function directoryOf(servers: number): Topology {
  const deployment = new Deployment(undefined, 'many', { timeServers: ['10.0.0.1'] });
  const site = new Site(deployment, 'hq');
  const lan = new Network(site, 'lan', { cidr: '10.0.0.0/16' });
  const all = Array.from({ length: servers }, (_, index) => {
    const eth0 = lan.address(`10.0.${1 + Math.floor(index / 200)}.${1 + (index % 200)}`);
    return new DirectoryServer(deployment, `s${index}`, {
      host: new Host(site, `h${index}`, { interfaces: { eth0 } }),
    });
  });
  const [master, ...others] = all as [DirectoryServer, ...DirectoryServer[]];
  const people = new Directory(deployment, 'people', { suffix: 'dc=example,dc=com', schemaOwner: master });
  const from = new FailoverGroup(people, 'masters', { master, mirrors: others.slice(0, 2) });
  others.slice(2).forEach((server) => new Consumer(people, `shadow-${server.name}`, { server, from }));
  return deployment.topology();
}

test('400 servers of one directory are rendered in less than ten seconds', () => {
  const topology = directoryOf(400);
  const began = performance.now();
  const files = topology.hosts.map(({ id }) => renderHost(topology, id).length);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(new Set(files).size).toBe(1);
});
