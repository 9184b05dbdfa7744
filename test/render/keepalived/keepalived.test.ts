import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { files } from '../../../lib/render/keepalived/files';
import { print } from '../../../lib/render/keepalived/print';
import { statement } from '../../../lib/render/keepalived/syntax';
import type { Topology } from '../../../lib/topology/topology';
import { balancedBy } from '../../support/balancers';
import { mail } from '../../support/mail';

const content = (topology: Topology, host = 'hq/hq-lb1'): string =>
  files(topology, host).find(({ path }) => path === '/etc/keepalived/keepalived.conf')?.content ?? '';

test('the first host has the address while it lives and its HAProxy answers', () => {
  const [first, second] = ['hq/hq-lb1', 'hq/hq-lb2'].map((host) => content(mail(), host));
  expect(first).toContain('priority 254\n');
  expect(second).toContain('priority 253\n');
  expect(first).toContain('unicast_src_ip 192.0.2.13\n    unicast_peer {\n        192.0.2.14\n');
  expect(second).toContain('unicast_src_ip 192.0.2.14\n    unicast_peer {\n        192.0.2.13\n');
  for (const text of [first, second]) {
    expect(text).toContain('virtual_router_id 51\n');
    expect(text).toContain('192.0.2.100/24 dev eth0\n');
    expect(text).toContain('script "/etc/keepalived/tandem-haproxy-answers"\n');
    expect(text).toContain('track_script {\n        haproxy\n');
    expect(text).not.toContain('auth_pass');
  }
});

test('a single host tells nobody of its address', () => {
  const topology = {
    ...mail(),
    loadBalancers: mail()
      .loadBalancers.filter(({ name }) => name === 'front-hq')
      .map((one) => ({
        ...one,
        balancer: { ...one.balancer, hosts: ['hq/hq-lb1'] },
      })),
  } as Topology;
  expect(content(topology)).not.toContain('unicast');
});

test('LVS asks mail servers for a greeting, and directory servers by a program of the service', () => {
  const topology = balancedBy('lvs-keepalived');
  const text = content(topology);
  expect(text).toMatch(
    /virtual_server 192\.0\.2\.100 25 \{[^}]*lvs_sched rr\n[^}]*real_server 192\.0\.2\.11 25 \{\n +weight 1\n +SMTP_CHECK \{\n +connect_timeout 1\n +retry 1\n +delay_before_retry 1\n/,
  );
  expect(text).toContain('misc_path "/etc/keepalived/tandem-check-front-hq-389 192.0.2.11 389"\n');
  expect(text).not.toContain('track_script');
  const program = files(topology, 'hq/hq-lb1').find(({ path }) => path === '/etc/keepalived/tandem-check-front-hq-389');
  expect(program?.mode).toBe('0755');
  expect(program?.content).toContain("filter='(&(olcSuffix=dc=example,dc=com)(!(olcRestrict=*)))'\n");
});

test('fails for a host without an interface in the network of the address', () => {
  const topology = mail();
  const hosts = topology.hosts.map((host) =>
    host.id === 'hq/hq-lb2' ? { ...host, interfaces: host.interfaces.slice(1) } : host,
  );
  expect(() => content({ ...topology, hosts })).toThrow(
    "[mail/front-hq] format/keepalived.conf: host 'hq-lb2' has no interface in the network of the address",
  );
});

test('a word is one word, in quotes one command, or refused, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (value, quoted) => {
      let text: string;
      try {
        text = print([statement('script', quoted ? { quoted: value } : value)]);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(text).toBe(quoted ? `script "${value}"\n` : `script ${value}\n`);
      expect(value).toMatch(quoted ? /^[^"\\\n#!{}]+$/ : /^[^\s"\\#!{}]+$/);
    }),
  );
});
