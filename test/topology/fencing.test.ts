import type { FencingDeviceFacts } from '../../lib/topology/cluster';
import { fencingDevicesOf, issuerOf, issues, resets } from '../../lib/topology/fencing';
import { groupwarePair } from '../support/pair';

const topology = groupwarePair();
const [cluster] = topology.clusters;
const [device] = topology.fencingDevices;
if (!cluster || device?.from !== undefined || !device) throw new Error('the pair has no device without an issuer');
const [one = '', two = ''] = cluster.nodes;
const fencing = (facts: Partial<FencingDeviceFacts>): FencingDeviceFacts => ({ ...device, ...facts });

test('devices of a cluster come in its order', () => {
  expect(fencingDevicesOf(topology, cluster).map(({ id }) => id)).toEqual(cluster.fencing);
});

test.each([
  ['that resets one node is used by the other', { fences: [one] }, two],
  ['that resets a node and strangers too', { fences: ['stranger', two] }, one],
  ['that resets both is used by each', { fences: [one, two] }, undefined],
  ['of a file is used by each', { fences: [] }, undefined],
  ['with an issuer is used by that one', { fences: [one, two], from: two }, two],
])('a device %s', (_, facts, issuer) => {
  expect(issuerOf(cluster, fencing(facts))).toBe(issuer);
  expect(cluster.nodes.filter((node) => issues(cluster, fencing(facts), node))).toEqual(
    issuer === undefined ? cluster.nodes : [issuer],
  );
});

test('a device of a file may reset anybody', () => {
  expect([resets(fencing({ fences: [] }), one), resets(fencing({ fences: [two] }), one)]).toEqual([true, false]);
});
