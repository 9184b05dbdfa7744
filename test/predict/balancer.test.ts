import { forecastBalancer, forecastService } from '../../lib/predict/balancer';
import { balancerTables } from '../../lib/predict/balancer-table';
import { isHonest } from '../../lib/predict/interval';
import type { LoadBalancerFacts } from '../../lib/topology/load-balancer';
import { balancedBy } from '../support/balancers';
import { mail } from '../support/mail';

const topology = mail();
const front = topology.loadBalancers.find(({ id }) => id === 'front-hq')!;
const [smtp] = front.services;

test('a lost server is found after all its checks have failed, of which each may take its whole timeout', () => {
  const healthCheck = { kind: 'smtp', interval: 2000, timeout: 500, fall: 3, rise: 4 } as const;
  expect(forecastService(topology, front, { ...smtp!, healthCheck })).toMatchObject({
    found: { lower: 4000, upper: 7500 },
    back: { lower: 6000, upper: 10_000 },
    left: 1,
  });
});

test('with the default times all predictions can be wrong', () => {
  const { hostLost, processLost } = forecastBalancer(front)!;
  for (const interval of [hostLost!, processLost!, forecastService(topology, front, smtp!).found])
    expect([interval, isHonest(interval)]).toEqual([interval, true]);
});

test('the address moves after three advertisements of silence, or two questions to HAProxy', () => {
  const { hostLost, processLost } = forecastBalancer(front)!;
  expect(Math.round(hostLost!.lower)).toBe(2012);
  expect(Math.round(hostLost!.upper)).toBe(4012);
  expect(processLost).toEqual({ lower: 1000, upper: 5000 });
});

test('nothing takes over from a single host, and of devices nothing is known', () => {
  const alone = { ...front, balancer: { ...front.balancer, hosts: ['hq/hq-lb1'] } } as LoadBalancerFacts;
  expect(forecastBalancer(alone)).toEqual({});
  expect(forecastBalancer({ ...front, balancer: { kind: 'external', site: 'hq', units: 2 } })).toBeUndefined();
});

test('the tables have a row for each service and each balancer', () => {
  const [servers, balancers] = balancerTables(topology);
  expect(servers?.rows.filter(([name]) => name === 'front-hq')).toEqual([
    ['front-hq', '25', '1 s to 4 s', '1 s to 4 s', '1'],
    ['front-hq', '389', '1 s to 4 s', '1 s to 4 s', '3'],
    ['front-hq', '3389', '1 s to 4 s', '1 s to 4 s', '3'],
  ]);
  expect(balancers?.rows[1]).toEqual(['front-hq', expect.stringMatching(/^2.* s to 4.* s$/), '1 s to 5 s']);
  expect(servers?.note).toMatch(/HAProxy leads/);
  expect(servers?.note).not.toMatch(/LVS/);
  const [behindLvs, lvs] = balancerTables(balancedBy('lvs-keepalived'));
  expect(lvs?.rows[1]?.[2]).toBe('');
  expect(behindLvs?.note).toMatch(/LVS leads and cuts no connection/);
});
