import { follow } from '../../../lib/operate/switch/follow';
import { lookAtBoth } from '../../../lib/operate/pair/node-look';
import { pairOf } from '../../../lib/operate/pair/pair';
import { FakePair } from '../fake-pair';

test('Ctrl-C that ended the look itself still tells the state of both nodes', async () => {
  const fake = new FakePair();
  const pair = pairOf(fake.topology, 'ox2');
  const first = await lookAtBoth(fake.operation, pair);
  let looks = 0;
  const operation = {
    ...fake.operation,
    remote: {
      ...fake,
      run: (...given: Parameters<FakePair['run']>) => {
        looks += 1;
        fake.nodes.ox1.reached = looks > 2;
        if (looks === 1) fake.interrupt();
        return fake.run(...given);
      },
      close: () => fake.close(),
    },
  };
  const followed = await follow(operation, pair, pair.cluster.groups, 60, first);
  expect(followed.end).toBe('interrupted');
  expect(followed.last.map((look) => look.reached)).toEqual([true, true]);
  expect(fake.said).toEqual([]);
});

test('a node that goes silent on the way is told once', async () => {
  const fake = new FakePair();
  const pair = pairOf(fake.topology, 'ox2');
  const first = await lookAtBoth(fake.operation, pair);
  fake.nodes.ox1.reached = false;
  const followed = await follow(fake.operation, pair, pair.cluster.groups, 20, first);
  expect(followed.end).toBe('late');
  expect(fake.said.filter((line) => line.includes('ox1: does not answer'))).toHaveLength(1);
});

test('a command that failed ends it at once', async () => {
  const fake = new FakePair();
  const pair = pairOf(fake.topology, 'ox2');
  const first = await lookAtBoth(fake.operation, pair);
  const followed = await follow(fake.operation, pair, pair.cluster.groups, 600, first, () => 'no fifo');
  expect(followed).toMatchObject({ end: 'failed', failure: 'no fifo' });
  expect(followed.seconds).toBeLessThan(10);
});
