import { renderHost } from '../../lib/render/render';
import { groupwarePair } from '../support/pair';

test.each(['hq/ox1', 'hq/ox2'])('%s gets the same files whether or not another host was rendered before', (host) => {
  const together = groupwarePair();
  const files = new Map(together.hosts.map(({ id }) => [id, renderHost(together, id)]));
  expect(files.get(host)).toEqual(renderHost(groupwarePair(), host));
});

test('files that are the same on both nodes are rendered once', () => {
  const topology = groupwarePair();
  const [one, other] = topology.hosts.map(({ id }) =>
    renderHost(topology, id).find(({ path }) => path === '/etc/postfix/main.cf'),
  );
  expect(one).toBe(other);
});
