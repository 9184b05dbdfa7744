import { Deployment, Directory, DirectoryServer, Host, MultiMasterGroup, Network, Site, ds389 } from '../../lib/index';
import { buildGroupwarePair } from '../support/pair';
import { directoryOnTwoSites } from '../support/two-sites';
import { failure, server } from './docker';

describe('what containers can not give is refused with what to do instead', () => {
  test('a replicated block device', () => {
    expect(failure(buildGroupwarePair().deployment)).toMatch(
      /\[stack\/docker\] docker\/drbd: containers share the kernel .*; replicate in the service, .*or deploy these hosts with SshTarget/,
    );
  });

  test('servers of two engines', () => {
    const { deployment, site, lan } = server();
    const host = new Host(site, 'other', { interfaces: { eth0: lan.address('192.0.2.12') } });
    new DirectoryServer(deployment, 'other', { host, engine: ds389() });
    expect(failure(deployment)).toMatch(/docker\/engine: .* one image, .* of one engine \(other\); describe servers/);
  });

  test('several servers on a host', () => {
    const { deployment } = server({ engine: ds389() });
    const host = deployment.node.findAll().find((node): node is Host => node instanceof Host)!;
    new DirectoryServer(deployment, 'two', { host, engine: ds389(), port: 1389, tlsPort: 1636 });
    expect(failure(deployment)).toMatch(/docker\/several-servers: .* \(one-host\); give each server a host/);
  });

  test('replication between bridges of one daemon, which Docker keeps apart', () => {
    expect(failure(directoryOnTwoSites().deployment)).toMatch(
      /docker\/separate-bridges: .* \(s1 to s2\); give the hosts/,
    );
  });

  test('a host without a server', () => {
    const { deployment, site, lan } = server();
    new Host(site, 'idle', { interfaces: { eth0: lan.address('192.0.2.99') } });
    expect(failure(deployment)).toMatch(/docker\/host: .* \(idle\); leave them out/);
  });

  test('one network on two daemons', () => {
    const { deployment, site, lan } = server();
    const other = new Host(site, 'other', { interfaces: { eth0: lan.address('192.0.2.12') } });
    const two = new DirectoryServer(deployment, 'two', { host: other });
    const [one] = deployment.node.findAll().filter((node): node is DirectoryServer => node instanceof DirectoryServer);
    const people = new Directory(deployment, 'people', { suffix: 'dc=example,dc=com', schemaOwner: two });
    new MultiMasterGroup(people, 'masters', { suppliers: [one!, two] });
    const first = deployment.node.findAll().find((node) => node.node.id === 'one-host')!;
    const daemons = { a: { hosts: [first] }, b: { hosts: [other] } };
    expect(failure(deployment, { daemons })).toMatch(
      /docker\/several-daemons: daemons do not share a bridge.* \(hq\/lan\)/,
    );
    expect(failure(deployment, { hosts: [other] })).toMatch(/docker\/divided-network: .* \(hq\/lan\)/);
  });

  test('a network of IPv6', () => {
    const deployment = new Deployment(undefined, 'six', { timeServers: ['192.0.2.1'] });
    const site = new Site(deployment, 'hq');
    const lan = new Network(site, 'lan', { cidr: '2001:db8::/64' });
    new DirectoryServer(deployment, 'one', {
      host: new Host(site, 'one-host', { interfaces: { eth0: lan.address('2001:db8::11') } }),
    });
    expect(failure(deployment)).toMatch(/docker\/ipv6: .* \(hq\/lan\)/);
  });
});
