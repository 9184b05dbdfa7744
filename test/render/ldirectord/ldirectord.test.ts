import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { files } from '../../../lib/render/ldirectord/files';
import { print } from '../../../lib/render/ldirectord/print';
import type { Topology } from '../../../lib/topology/topology';
import { balancedBy } from '../../support/balancers';
import { mail } from '../../support/mail';

const content = (topology: Topology): string =>
  files(topology, 'hq/hq-lb1').find(({ path }) => path === '/etc/ha.d/ldirectord.cf')?.content ?? '';

test('a service has its servers, its check, and its times in whole seconds', () => {
  const topology = balancedBy('lvs-ldirectord');
  const loadBalancers = topology.loadBalancers.map((one) => ({
    ...one,
    services: one.services.map((each) => ({ ...each, healthCheck: { ...each.healthCheck, interval: 1500, fall: 3 } })),
  }));
  expect(content({ ...topology, loadBalancers })).toContain(`virtual = 192.0.2.100:25
    real = 192.0.2.11:25 gate
    real = 192.0.2.12:25 gate
    scheduler = rr
    protocol = tcp
    service = smtp
    checktype = negotiate
    checkinterval = 2
    checktimeout = 1
    negotiatetimeout = 1
    failurecount = 3
`);
});

test('of servers of 389, which all take writes, one gets them, and another one stands by', () => {
  const topology = balancedBy('lvs-ldirectord');
  const text = content({
    ...topology,
    directoryServers: topology.directoryServers.map((one) => ({ ...one, engine: 'ds389' as const })),
    loadBalancers: topology.loadBalancers.map((one) => ({
      ...one,
      services: one.services
        .filter(({ kind }) => kind !== 'mail')
        .map((each) => ({ ...each, kind: 'directory-writes' as const })),
    })),
  } as Topology);
  expect(text.match(/^ +real = .*/gm)).toEqual(['    real = 192.0.2.11:389 gate']);
  expect(text.match(/^ +fallback = .*/gm)).toEqual(['    fallback = 198.51.100.11:389 gate']);
});

test('is on hosts of ldirectord alone', () => {
  expect(files(mail(), 'hq/hq-lb1')).toEqual([]);
});

test('a value is one line or refused, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      let text: string;
      try {
        text = print({ settings: [['checkcommand', value]], virtuals: [] });
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(text).toBe(`checkcommand = ${value}\n`);
      expect(value).toMatch(/^[^\n#]+$/);
    }),
  );
});
