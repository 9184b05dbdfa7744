import 'tandem-ha/testing';
import { Construct, RootConstruct } from 'constructs';
import { Deployment, Duration, HeartbeatCluster, Site } from '../../lib/index';
import { buildGroupwarePair, groupwarePair } from '../support/pair';

const faulty = groupwarePair({ timeServers: [] }, { fencing: [] });

function acknowledgedPair(): Deployment {
  const { deployment } = buildGroupwarePair({ timeServers: [] });
  return deployment.acknowledge('host/clock', 'the laboratory has no time server');
}

test('a design without faults has no findings', () => {
  expect(groupwarePair()).toHaveNoFindings();
});

test('fails on findings and lists them all', () => {
  expect(() => expect(faulty).toHaveNoFindings()).toThrow(
    /error \[groupware\S*\] cluster\/fencing: .*\n.*host\/clock: /s,
  );
});

test('an acknowledged warning is no finding that counts', () => {
  expect(acknowledgedPair()).toHaveNoFindings();
});

test('fails behind not when nothing was found', () => {
  expect(() => expect(groupwarePair()).not.toHaveNoFindings()).toThrow('[groupware] has no finding that counts');
});

test('finds a finding by its rule', () => {
  expect(faulty).toHaveFinding('cluster/fencing');
  expect(groupwarePair()).not.toHaveFinding('cluster/fencing');
});

test.each([
  ['its full path', { path: 'groupware/ox' }],
  ['its path below the deployment', { path: 'ox' }],
  ['a pattern of its path', { path: /\/ox$/ }],
  ['a part of its text', { message: 'cluster/fencing: ' }],
  ['a pattern of its text', { message: /^\[groupware\/ox\] cluster\/fencing: / }],
])('finds a finding by %s', (_, expected) => {
  expect(faulty).toHaveFinding('cluster/fencing', expected);
});

test.each([
  ['another path', { path: 'hq' }],
  ['another pattern of a path', { path: /hq$/ }],
  ['another text', { message: 'something else' }],
  ['another pattern of a text', { message: /^nothing/ }],
  ['an acknowledgement', { acknowledged: true }],
])('fails on %s and lists what the rule found', (_, expected) => {
  expect(() => expect(faulty).toHaveFinding('cluster/fencing', expected)).toThrow(
    /none is as expected[^]*error \[groupware\/ox\] cluster\/fencing/,
  );
});

test('fails when the rule found nothing', () => {
  expect(() => expect(groupwarePair()).toHaveFinding('host/clock')).toThrow("has no finding of rule 'host/clock'");
});

test('finds an acknowledged finding only when asked for it', () => {
  const deployment = acknowledgedPair();
  expect(deployment).not.toHaveFinding('host/clock');
  expect(deployment).toHaveFinding('host/clock', { acknowledged: true });
});

test('fails on a rule that does not exist, also behind not', () => {
  const message = /there is no rule with this id \('cluster\/fence'\); did you mean one of: .*cluster\/fencing/;
  expect(() => expect(faulty).toHaveFinding('cluster/fence')).toThrow(message);
  expect(() => expect(faulty).not.toHaveFinding('cluster/fence')).toThrow(message);
});

describe('what is looked at', () => {
  test('may be a construct that holds one deployment', () => {
    const app = new RootConstruct('app');
    new Site(new Deployment(new Construct(app, 'stack'), 'office'), 'hq');
    expect(app).not.toHaveFinding('cluster/fencing');
  });

  test('fails on a construct without a deployment', () => {
    expect(() => expect(new RootConstruct('app')).toHaveNoFindings()).toThrow(
      '[app] holds no deployment; pass a Deployment or the stack it is in',
    );
  });

  test('fails on several deployments and names them', () => {
    const app = new RootConstruct('app');
    new Deployment(app, 'north');
    new Deployment(app, 'south');
    expect(() => expect(app).toHaveNoFindings()).toThrow(
      '[app] holds 2 deployments (app/north, app/south); pass one of them',
    );
  });

  test.each([
    ['a number', 42, '42'],
    ['nothing', undefined, 'undefined'],
    ['another object', new Date(0), 'an object of class Date'],
  ])('fails on %s', (_, value, shown) => {
    expect(() => expect(value as unknown as Deployment).toHaveNoFindings()).toThrow(
      `expected a Deployment, a Topology or a stack with one deployment (${shown})`,
    );
  });

  test('wrong types do not compile', () => {
    const compiled = (): void => {
      // @ts-expect-error a number holds no deployment
      expect(42).toHaveNoFindings();
      // @ts-expect-error a rule has an id
      expect(faulty).toHaveFinding(7);
    };
    expect(typeof compiled).toBe('function');
  });
});

test('a timing fault is reported at the cluster', () => {
  const { deployment } = buildGroupwarePair(
    {},
    { timing: { deadtime: Duration.seconds(1), keepalive: Duration.seconds(2) } },
  );
  const [cluster] = deployment.node.findAll().filter((construct) => construct instanceof HeartbeatCluster);
  expect(deployment).toHaveFinding('cluster/timing-order', { path: cluster!.node.path });
});
