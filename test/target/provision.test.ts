import { buildGroupwarePair } from '../support/pair';
import { groupwareTerraform, hostKey, resource, stackWith, terraformOf, type TerraformData } from './stack';

/** Address of the node and what is run there, in order. */
const steps = (data: TerraformData): unknown[] =>
  data.provisioner.map((step) => {
    const { inline, connection } = step['remote-exec'] ?? {};
    return [(connection as { host: string }).host, ...(inline as string[])];
  });

test('both nodes get metadata, the preferred one initializes, then heartbeat starts on both before one is waited for', () => {
  const provision = resource(groupwareTerraform(), 'cluster_ox_provision');
  expect(provision.depends_on).toEqual(['terraform_data.cluster_ox']);
  expect(steps(provision)).toEqual([
    ['192.168.1.161', '/bin/sh /usr/local/sbin/tandem-provision metadata'],
    ['192.168.1.162', '/bin/sh /usr/local/sbin/tandem-provision metadata'],
    ['192.168.1.161', '/bin/sh /usr/local/sbin/tandem-provision initialize'],
    ['192.168.1.161', '/bin/sh /usr/local/sbin/tandem-provision start --no-wait'],
    ['192.168.1.162', '/bin/sh /usr/local/sbin/tandem-provision start --no-wait'],
    ['192.168.1.161', '/bin/sh /usr/local/sbin/tandem-provision start'],
    ['192.168.1.162', '/bin/sh /usr/local/sbin/tandem-provision start'],
  ]);
});

test('it is replaced for disks, mounts and nodes, and not for files', () => {
  const triggers = (data: TerraformData): unknown => data.triggers_replace;
  const first = resource(groupwareTerraform(), 'cluster_ox_provision');
  const { deployment } = buildGroupwarePair({ timeServers: ['192.168.1.9'] });
  expect(triggers(resource(terraformOf(stackWith(deployment)), 'cluster_ox_provision'))).toEqual(triggers(first));
  expect(first.triggers_replace).toMatchObject({
    nodes: ['ox1', 'ox2'],
    addresses: { ox1: '192.168.1.161', ox2: '192.168.1.162' },
  });
  const { volumes, mounts } = first.triggers_replace as unknown as { volumes: string[]; mounts: string[] };
  expect(volumes.slice(0, 2)).toEqual([
    'ox1 ldap/0 /dev/drbd0 /dev/sdb1 internal',
    'ox2 ldap/0 /dev/drbd0 /dev/sdb1 internal',
  ]);
  expect(mounts[0]).toBe('/dev/drbd0 /var/lib/ldap ext4');
});

test('anybody but root goes through sudo', () => {
  const data = resource(groupwareTerraform({ connection: { hostKey, user: 'admin' } }), 'cluster_ox_provision');
  expect(steps(data)[0]).toEqual(['192.168.1.161', 'sudo -n /bin/sh /usr/local/sbin/tandem-provision metadata']);
});

test('a node whose peer is in another stack gets metadata, and nothing is declared good or started', () => {
  const { deployment, ox2 } = buildGroupwarePair();
  const made = terraformOf(stackWith(deployment, { hosts: [ox2] }));
  const provision = resource(made, 'cluster_ox_provision');
  expect(provision.depends_on).toEqual(['terraform_data.host_ox2']);
  expect(steps(provision)).toEqual([['192.168.1.162', '/bin/sh /usr/local/sbin/tandem-provision metadata']]);
});
