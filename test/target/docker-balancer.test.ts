import { addressPool } from '../../lib/render/containers/pool';
import { balancedMail } from '../support/balanced-mail';
import { failure, terraformOf, type Json } from './docker';

describe('a load balancer in a container', () => {
  const { resource } = terraformOf(balancedMail());
  const container = (host: string): Json => resource['docker_container']?.[`host_${host}`] ?? {};

  test('may give itself an address and use its ports, and no more', () => {
    expect(container('lb1')['capabilities']).toEqual({
      add: ['KILL', 'NET_ADMIN', 'NET_BIND_SERVICE', 'NET_RAW', 'SETGID', 'SETUID'].map((one) => `CAP_${one}`),
      drop: ['ALL'],
    });
  });

  test('gets the files of HAProxy and keepalived, and none of systemd', () => {
    const files = JSON.stringify(resource['terraform_data']?.['host_lb1']);
    expect(files).toContain('/etc/haproxy/haproxy.cfg');
    expect(files).toContain('/etc/keepalived/keepalived.conf');
    expect(files).not.toContain('/etc/systemd/');
    expect(JSON.stringify(resource['terraform_data']?.['host_mail1'])).not.toContain('/etc/haproxy');
  });
});

test('Docker gives the address of a load balancer to nobody', () => {
  const topology = balancedMail().topology();
  const [network] = topology.networks;
  const taken = { ...topology, loadBalancers: [] };
  const all = { ...network!, cidr: '192.0.2.96/29' };
  expect(addressPool(taken, all)).toEqual({ gateway: '192.0.2.97', block: '192.0.2.100/30' });
  expect(addressPool(topology, all)).toEqual({ gateway: '192.0.2.97' });
});

test('fails for LVS, which is in the kernel of the daemon', () => {
  expect(failure(balancedMail({ software: 'lvs-keepalived' }))).toMatch(
    /docker\/lvs: LVS is in the kernel of the daemon, .* \(front\); use the software 'haproxy'/,
  );
});
