import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { files } from '../../../lib/render/haproxy/files';
import { print } from '../../../lib/render/haproxy/print';
import type { BalancedServiceFacts, LoadBalancerFacts } from '../../../lib/topology/load-balancer';
import type { Topology } from '../../../lib/topology/topology';
import { mail } from '../../support/mail';

const HOST = 'hq/hq-lb1';

function section(name: string, topology: Topology = mail()): readonly string[] {
  const file = files(topology, HOST).find(({ path }) => path === '/etc/haproxy/haproxy.cfg');
  const found = file?.content.split('\n\n').find((one) => one.startsWith(`listen ${name}\n`));
  return (found ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

const withBalancers = (change: (facts: LoadBalancerFacts) => Partial<LoadBalancerFacts>): Topology => ({
  ...mail(),
  loadBalancers: mail().loadBalancers.map((one) => ({ ...one, ...change(one) })),
});

const withChecks = (change: (facts: BalancedServiceFacts) => Partial<BalancedServiceFacts['healthCheck']>): Topology =>
  withBalancers(({ services }) => ({
    services: services.map((one) => ({ ...one, healthCheck: { ...one.healthCheck, ...change(one) } })),
  }));

const with389 = (): Topology => ({
  ...mail(),
  directoryServers: mail().directoryServers.map((one) => ({ ...one, engine: 'ds389' as const })),
});

test('mail goes to the servers of the pair in turn, while they answer EHLO', () => {
  expect(section('front-hq-25')).toEqual([
    'bind 192.0.2.100:25 transparent',
    'balance roundrobin',
    'option smtpchk EHLO hq-lb1',
    'timeout connect 1000ms',
    'timeout check 1000ms',
    'default-server check inter 1000ms fall 2 rise 2 on-marked-down shutdown-sessions',
    'server mx-hq-mail1 192.0.2.11:25',
    'server mx-hq-mail2 192.0.2.12:25',
  ]);
});

test('times and counts are those of the health check', () => {
  const lines = section(
    'front-hq-25',
    withChecks(() => ({ interval: 500, timeout: 250, fall: 3, rise: 4 })),
  );
  expect(lines).toContain('timeout connect 250ms');
  expect(lines).toContain('timeout check 250ms');
  expect(lines).toContain('default-server check inter 500ms fall 3 rise 4 on-marked-down shutdown-sessions');
});

test('a check of the port alone asks nothing', () => {
  expect(
    section(
      'front-hq-25',
      withChecks(() => ({ kind: 'connect' })),
    ).join(' '),
  ).not.toMatch(/option|tcp-check/);
});

test('writes go to the master while its database takes them, and to whoever takes them after a switch (S6)', () => {
  const lines = section('front-hq-3389');
  expect(lines.filter((line) => line.startsWith('server '))).toEqual([
    'server ldap-hq-mail1 192.0.2.11:389',
    'server ldap-dr-mail1 198.51.100.11:389 backup',
    'server ldap-dr-mail2 198.51.100.12:389 backup',
    'server ldap-hq-mail2 192.0.2.12:389 backup',
  ]);
  const asked = lines.find((line) => line.startsWith('tcp-check send-binary '))?.split(' ')[2] ?? '';
  expect(Buffer.from(asked, 'hex').toString('latin1')).toMatch(/olcDatabase=\{3\}mdb,cn=config.*olcReadOnly.*TRUE/s);
});

test('reads go to all servers that are open, whether they take writes or not (S5)', () => {
  const lines = section('front-hq-389');
  expect(lines.filter((line) => line.startsWith('server ') && !line.endsWith('backup'))).toHaveLength(4);
  const asked = lines.find((line) => line.startsWith('tcp-check send-binary '))?.split(' ')[2] ?? '';
  expect(Buffer.from(asked, 'hex').toString('latin1')).toMatch(/olcRestrict/);
  expect(Buffer.from(asked, 'hex').toString('latin1')).not.toMatch(/olcReadOnly/);
});

test('of servers of 389, which all take writes, one gets them, and again when it is back', () => {
  const lines = section('front-hq-3389', with389());
  expect(lines).toContain('option ldap-check');
  expect(lines.filter((line) => line.startsWith('server '))).toEqual([
    'server ldap-hq-mail1 192.0.2.11:389 on-marked-up shutdown-backup-sessions',
    expect.stringMatching(/ backup$/),
    expect.stringMatching(/ backup$/),
    expect.stringMatching(/ backup$/),
  ]);
});

test('is on hosts of a load balancer alone, and of HAProxy', () => {
  const topology = withBalancers(({ balancer }) => ({
    balancer: balancer.kind === 'software' ? { ...balancer, software: 'lvs-keepalived' } : balancer,
  }));
  expect([files(mail(), 'hq/hq-mail1'), files(topology, HOST)]).toEqual([[], []]);
});

test('fails for a name that HAProxy does not take', () => {
  expect(() =>
    files(
      withBalancers(() => ({ name: 'front door' })),
      HOST,
    ),
  ).toThrow('[mail/front-hq] format/haproxy.cfg: the name of a load balancer is not of letters, digits');
});

test('fails for a suffix that makes a line longer than HAProxy reads', () => {
  const topology = {
    ...mail(),
    directories: mail().directories.map((one) => ({ ...one, suffix: `dc=${'a'.repeat(1000)}` })),
  };
  expect(() => files(topology, HOST)).toThrow("format/haproxy.cfg: the line of 'tcp-check' is longer than 2047");
});

test('a word is one word of its line or refused, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (word) => {
      let text: string;
      try {
        text = print([{ kind: 'listen', name: 'a', lines: [['server', word, 'check']] }]);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(text).toBe(`listen a\n    server ${word} check\n`);
      expect(word).toMatch(/^[^\s#"'\\${}]+$/);
    }),
  );
});
