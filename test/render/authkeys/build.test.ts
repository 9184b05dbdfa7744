import { build } from '../../../lib/render/authkeys/build';
import { files } from '../../../lib/render/authkeys/files';
import { parse } from '../../../lib/render/authkeys/parse';
import type { HeartbeatClusterFacts } from '../../../lib/topology/cluster';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';

const pair = groupwarePair();
const withCluster = (change: Partial<HeartbeatClusterFacts>): Topology => ({
  ...pair,
  clusters: pair.clusters.map((cluster) => ({ ...cluster, ...change })),
});

test('holds one key whose secret is a marker, the same on both nodes, for root alone (E8)', () => {
  const [one, two] = ['hq/ox1', 'hq/ox2'].flatMap((host) => files(pair, host));
  expect(one).toEqual(two);
  expect(one).toMatchObject({
    path: '/etc/ha.d/authkeys',
    mode: '0600',
    owner: 'root',
    secrets: ['groupware_ox_heartbeat'],
  });
  expect(build(pair, 'hq/ox1').items).toEqual([
    { kind: 'auth', key: 1 },
    { kind: 'key', number: 1, method: 'sha1', secret: '@@tandem-secret:groupware_ox_heartbeat@@' },
  ]);
  expect(parse(one?.content ?? '').errors).toEqual([]);
});

test('holds no secret for a checksum', () => {
  const [file] = files(withCluster({ authentication: { method: 'crc' } }), 'hq/ox1');
  expect(file?.secrets).toEqual([]);
  expect(file?.content).toContain('1 crc\n');
});

test('fails on a method that needs a secret and has none, and names the cluster', () => {
  expect(() => files(withCluster({ authentication: { method: 'sha1' } }), 'hq/ox1')).toThrow(
    /\[groupware\/ox\] format\/authkeys: key 1 has no secret/u,
  );
});

test('is not there without a cluster or without authentication', () => {
  expect(files({ ...pair, clusters: [] }, 'hq/ox1')).toEqual([]);
  expect(files(withCluster({ authentication: undefined }), 'hq/ox1')).toEqual([]);
});
