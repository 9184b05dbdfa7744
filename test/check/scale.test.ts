import { check } from '../../lib/check/run';
import type { Topology } from '../../lib/topology/topology';
import { pair } from './fixtures';

const references = new Set([
  'id',
  'path',
  'host',
  'network',
  'service',
  'resource',
  'resyncAfter',
  'site',
  'preferred',
  'directory',
  'nodes',
  'fences',
  'fencing',
  'failureDomains',
  'hosts',
  'requires',
]);

/** The pair under another name: every id and reference gets a prefix. */
function copy(prefix: string): Topology {
  const rename = (value: unknown, named: boolean, paths: boolean): unknown => {
    if (typeof value === 'string') return named && (paths || !value.startsWith('/')) ? `${prefix}/${value}` : value;
    if (Array.isArray(value)) return value.map((item) => rename(item, named, paths));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, rename(inner, references.has(key), key === 'path')]),
    );
  };
  const renamed = rename({ ...pair }, false, false) as Topology;
  return {
    ...renamed,
    hosts: renamed.hosts.map((host) => ({ ...host, name: `${prefix}${host.name}` })),
    drbdResources: renamed.drbdResources.map((resource) => ({ ...resource, fencing: 'resource-only' })),
  };
}

function pairs(count: number): Topology {
  const copies = Array.from({ length: count }, (_, index) => copy(`p${index}`));
  const all = <K extends 'sites' | 'failureDomains' | 'networks' | 'hosts' | 'drbdResources' | 'fencingDevices'>(
    key: K,
  ): Topology[K] => copies.flatMap((one) => [...one[key]]) as unknown as Topology[K];
  return {
    ...pair,
    sites: all('sites'),
    failureDomains: all('failureDomains'),
    networks: all('networks'),
    hosts: all('hosts'),
    drbdResources: all('drbdResources'),
    fencingDevices: all('fencingDevices'),
    clusters: copies.flatMap((one) => one.clusters),
    services: copies.flatMap((one) => one.services),
    backups: copies.flatMap((one) => one.backups),
  };
}

/** The best of three runs in milliseconds: other programs only make it longer. */
function shortest(topology: Topology): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const fresh = { ...topology };
      const start = performance.now();
      check(fresh);
      return performance.now() - start;
    }),
  );
}

const thousand = pairs(500);

test('500 correct pairs have no finding', () => {
  expect(thousand.hosts).toHaveLength(1000);
  expect(check(thousand)).toEqual([]);
});

test('1,000 hosts are checked in less than a second', () => {
  expect(shortest(thousand)).toBeLessThan(1000);
});

test('ten times the hosts take no more than thirty times as long', () => {
  expect(shortest(thousand)).toBeLessThan(30 * Math.max(1, shortest(pairs(50))));
});
