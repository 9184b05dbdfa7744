import path from 'node:path';
import { TerraformStack } from 'cdktf';
import { Deployment, Directory, DirectoryServer, Host, MultiMasterGroup, Network, Site, ds389 } from '../../lib/index';
import { findingsWith } from '../../lib/target/design-findings';
import { DockerTarget } from '../../lib/target/index';
import { failoverWithShadow } from '../support/open-ldap-directories';
import { buildGroupwarePair } from '../support/pair';
import { directoryOnTwoSites } from '../support/two-sites';
import { appIn, filesBelow, withFolder } from './stack';
import { failure, server, targetFor, terraformOf, type DockerJson } from './docker-json';

/** Providers that resources name. */
const providersOf = (json?: DockerJson): readonly unknown[] => [
  ...new Set(
    Object.values(json?.resource ?? {}).flatMap((resources) =>
      Object.values(resources).flatMap(({ provider }) => (provider === undefined ? [] : [provider])),
    ),
  ),
];

/** Resources that a stack refers to and does not have, and states of others that it reads. */
function strangersIn(json?: DockerJson): readonly string[] {
  const text = JSON.stringify(json);
  const named = [...text.matchAll(/\b(terraform_data|docker_[a-z]+)\.([A-Za-z][A-Za-z0-9_-]*)/g)].filter(
    ([, type = '', name = '']) => type !== 'docker_' && !json?.resource[type]?.[name],
  );
  return [...named.map(([whole]) => whole), ...(text.includes('terraform_remote_state') ? ['another state'] : [])];
}

describe('a stack for each site', () => {
  test('has the containers of its site, and one folder has a compose.yaml for each', () => {
    withFolder((folder) => {
      const { deployment, sites } = directoryOnTwoSites();
      const app = appIn(folder);
      sites.forEach((site) => {
        const stack = new TerraformStack(app, site.node.id);
        new DockerTarget(stack, `docker-${site.node.id}`, {
          deployment,
          site,
          daemons: { [site.node.id]: { endpoint: `ssh://root@${site.node.id}` } },
        });
      });
      app.synth();
      const files = filesBelow(path.join(folder, 'cdktf.out'));
      const [north, south] = ['north', 'south'].map(
        (name) => JSON.parse(files[`stacks/${name}/cdk.tf.json`] ?? '') as DockerJson,
      );
      expect(Object.keys(north?.resource['docker_container'] ?? {})).toEqual(['host_h1']);
      expect(Object.keys(south?.resource['docker_container'] ?? {})).toEqual(['host_h2']);
      expect(north?.provider.docker).toEqual([{ alias: 'docker-north_north', host: 'ssh://root@north' }]);
      expect(south?.provider.docker).toEqual([{ alias: 'docker-south_south', host: 'ssh://root@south' }]);
      expect(providersOf(south)).toEqual(['docker.docker-south_south']);
      expect(strangersIn(south)).toEqual([]);
      // Its files name the server of the other site; nothing that Terraform connects to does.
      expect(JSON.stringify(south)).not.toMatch(/root@north|docker-north|host_h1|far-north-lan/);
      expect(Object.keys(files).filter((name) => name.includes('compose'))).toEqual([
        'tandem/far/compose.docker-north.north.yaml',
        'tandem/far/compose.docker-south.south.yaml',
      ]);
    });
  });
});

describe('daemons', () => {
  test('that a group has one of are a warning, which a reason takes away', () => {
    const target = targetFor(failoverWithShadow());
    const found = (deployment: Deployment, of: DockerTarget): readonly (string | undefined)[] =>
      findingsWith(deployment, [of])
        .filter(({ rule }) => rule === 'docker/one-daemon')
        .map(({ acknowledged, value }) => acknowledged ?? value);
    expect(found(target.deployment as Deployment, target)).toEqual(['one-host, three-host, two-host']);
    const accepted = failoverWithShadow().acknowledge('docker/one-daemon', 'a laboratory');
    expect(found(accepted, targetFor(accepted))).toEqual(['a laboratory']);
  });

  test('of their own for each member are no finding', () => {
    const { deployment, hosts } = directoryOnTwoSites();
    const daemons = { a: { hosts: [hosts[0]!] }, b: { hosts: [hosts[1]!], endpoint: 'ssh://root@b' } };
    expect(targetFor(deployment, { daemons }).targetFindings()).toEqual([]);
    expect(terraformOf(deployment, { daemons }).provider.docker).toHaveLength(2);
  });

  test('each have a provider, and every resource that of its daemon', () => {
    const { deployment, hosts } = directoryOnTwoSites();
    const daemons = { a: { hosts: [hosts[0]!] }, b: { hosts: [hosts[1]!], endpoint: 'ssh://root@b' } };
    const { resource } = terraformOf(deployment, { daemons });
    expect(resource['docker_container']?.['host_h1']?.['provider']).toBe('docker.docker_a');
    expect(resource['docker_container']?.['host_h2']?.['provider']).toBe('docker.docker_b');
    expect(resource['docker_network']?.['far-south-lan']?.['provider']).toBe('docker.docker_b');
  });

  test.each<[string, Readonly<Record<string, object>>, RegExp]>([
    ['no daemon', {}, /docker\/daemon: daemons names no daemon/],
    ['a name with a space', { 'a b': {} }, /docker\/daemon: the name of a daemon .* \(a b\)/],
    ['an endpoint that is none', { a: { endpoint: 'dock1' } }, /docker\/daemon: endpoint of daemon 'a' .* \(dock1\)/],
    ['a relative folder', { a: { certificates: 'tls' } }, /docker\/daemon: a folder of daemon 'a' .* \(tls\)/],
    ['several without hosts', { a: {}, b: {} }, /docker\/daemon: where a target has several daemons/],
    ['hosts that none names', { a: { hosts: [] } }, /docker\/daemon: hosts that no daemon names \(h1, h2\)/],
  ])('fails on %s', (_name, daemons, message) => {
    expect(() => terraformOf(directoryOnTwoSites().deployment, { daemons })).toThrow(message);
  });
});

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
