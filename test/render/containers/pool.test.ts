import fc from 'fast-check';
import { Deployment, Host, Network, Site } from '../../../lib/index';
import { addressPool } from '../../../lib/render/containers/pool';
import { groupwarePair } from '../../support/pair';

function poolOf(cidr: string, addresses: readonly string[]): ReturnType<typeof addressPool> {
  const deployment = new Deployment(undefined, 'pool');
  const site = new Site(deployment, 'hq');
  const lan = new Network(site, 'lan', { cidr });
  addresses.forEach((address, index) => {
    new Host(site, `h${index}`, { interfaces: { eth0: lan.address(address) } });
  });
  const topology = deployment.topology();
  return addressPool(topology, topology.networks[0]!);
}

test('Docker takes the upper half where hosts are in the lower one, and the first address for its machine', () => {
  expect(poolOf('192.0.2.0/24', ['192.0.2.11', '192.0.2.12'])).toEqual({
    gateway: '192.0.2.1',
    block: '192.0.2.128/25',
  });
});

test('the pool is the largest block that no host is in', () => {
  expect(poolOf('192.0.2.0/24', ['192.0.2.11', '192.0.2.140'])).toEqual({
    gateway: '192.0.2.1',
    block: '192.0.2.192/26',
  });
});

test('the machine of the daemon gets the first address that no host has', () => {
  expect(poolOf('192.0.2.0/24', ['192.0.2.1', '192.0.2.2'])?.gateway).toBe('192.0.2.3');
});

test('virtual addresses stay outside of the pool', () => {
  const topology = groupwarePair();
  const lan = topology.networks.find(({ cidr }) => cidr === '192.168.1.0/24')!;
  // Hosts .161 and .162 and the virtual address .160 share the upper half.
  expect(addressPool(topology, lan)).toEqual({ gateway: '192.168.1.1', block: '192.168.1.192/26' });
});

test('a network without a free block has none, one without a free address nothing at all', () => {
  expect(poolOf('192.0.2.0/29', ['192.0.2.2', '192.0.2.6'])).toEqual({ gateway: '192.0.2.1' });
  expect(poolOf('192.0.2.0/30', ['192.0.2.1', '192.0.2.2'])).toBeUndefined();
});

test('no address of a host is in the pool or that of the machine', () => {
  const last = fc.uniqueArray(fc.integer({ min: 1, max: 254 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(last, (numbers) => {
      const pool = poolOf(
        '192.0.2.0/24',
        numbers.map((number) => `192.0.2.${number}`),
      );
      expect(pool?.gateway).toBeDefined();
      const taken = [...numbers, Number(pool?.gateway.split('.')[3])];
      expect(new Set(taken).size).toBe(taken.length);
      if (pool?.block === undefined) return;
      const [base = '', length = ''] = pool.block.split('/');
      const from = Number(base.split('.')[3]);
      const size = 2 ** (32 - Number(length));
      expect(taken.filter((number) => number >= from && number < from + size)).toEqual([]);
    }),
  );
});
