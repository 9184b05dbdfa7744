import { files } from '../../../lib/render/lvs-server/files';
import { balancedBy } from '../../support/balancers';
import { mail } from '../../support/mail';

test('a server behind LVS has the address of its balancers, and tells nobody', () => {
  const rendered = files(balancedBy('lvs-keepalived'), 'hq/hq-mail1');
  expect(rendered.map(({ path }) => path)).toEqual([
    '/etc/sysctl.d/60-tandem-lvs.conf',
    '/usr/local/sbin/tandem-lvs-address',
    '/etc/systemd/system/tandem-lvs-address.service',
  ]);
  expect(rendered[0]?.content).toContain('arp_ignore = 1\nnet.ipv4.conf.all.arp_announce = 2\n');
  expect(rendered[1]?.content).toContain("addresses='192.0.2.100/32 198.51.100.100/32'\n");
});

test('others are left as they are', () => {
  expect([files(mail(), 'hq/hq-mail1'), files(balancedBy('lvs-keepalived'), 'hq/hq-ns')]).toEqual([[], []]);
});
