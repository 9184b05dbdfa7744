import path from 'node:path';
import { TerraformStack } from 'cdktf';
import { parse } from 'yaml';
import type { Deployment } from '../../lib/index';
import { findingsWith } from '../../lib/target/design-findings';
import { DockerTarget } from '../../lib/target/index';
import { failoverWithShadow, fourSuppliers } from '../support/open-ldap-directories';
import { directoryOnTwoSites } from '../support/two-sites';
import { targetFor, terraformOf, type DockerJson, type Json } from './docker';
import { appIn, filesBelow, withFolder } from './stack';

const failover = terraformOf(failoverWithShadow());

describe('the resources of a daemon', () => {
  test('are of one provider, which every one of them names', () => {
    expect(failover.provider.docker).toEqual([{ alias: 'docker_local', host: 'unix:///var/run/docker.sock' }]);
    expect(failover.terraform.required_providers.docker).toMatchObject({ source: 'kreuzwerker/docker' });
    const docker = Object.entries(failover.resource).filter(([type]) => type.startsWith('docker_'));
    expect(docker.map(([type, resources]) => [type, Object.keys(resources).length])).toEqual([
      ['docker_container', 4],
      ['docker_image', 1],
      ['docker_network', 1],
      ['docker_volume', 12],
    ]);
    for (const [, resources] of docker)
      for (const resource of Object.values(resources)) expect(resource['provider']).toBe('docker.docker_local');
  });

  test('give a container the least: no capability that is not named, nothing writable of its machine, never privileged', () => {
    for (const container of Object.values(failover.resource['docker_container'] ?? {})) {
      expect(container).not.toHaveProperty('privileged');
      expect(container).not.toHaveProperty('upload');
      expect(container['capabilities']).toMatchObject({ drop: ['ALL'] });
      const binds = (container['mounts'] as readonly Json[]).filter(({ type }) => type === 'bind');
      expect(binds).toHaveLength(2);
      for (const bind of binds) expect(bind).toMatchObject({ read_only: true });
      expect(JSON.stringify(container)).not.toContain('docker.sock');
    }
  });

  test('a changed setting changes no container, network, volume or image', () => {
    const changed = terraformOf(failoverWithShadow({ load: { entries: 5_000_000 } }));
    for (const type of ['docker_container', 'docker_image', 'docker_network', 'docker_volume'])
      expect(changed.resource[type]).toEqual(failover.resource[type]);
    const triggers = (json: DockerJson): unknown =>
      json.resource['terraform_data']?.['host_one-host']?.['triggers_replace'];
    expect(triggers(changed)).not.toEqual(triggers(failover));
  });
});

describe('the files of a host', () => {
  test('reach one container after the other, the master last, and then all are open', () => {
    const data = failover.resource['terraform_data'] ?? {};
    const after = (name: string): unknown => data[name]?.['depends_on'];
    expect(after('host_four-host')).toEqual(['terraform_data.secrets']);
    expect(after('host_three-host')).toEqual(['terraform_data.host_four-host', 'terraform_data.secrets']);
    expect(after('host_two-host')).toEqual(['terraform_data.host_three-host', 'terraform_data.secrets']);
    expect(after('host_one-host')).toEqual(['terraform_data.host_two-host', 'terraform_data.secrets']);
    expect(after('open_docker')).toHaveLength(4);
  });

  test('the preferred writer of a multi-master group comes last', () => {
    const data = terraformOf(fourSuppliers('mesh')).resource['terraform_data'] ?? {};
    expect(data['host_one-host']?.['depends_on']).toContain('terraform_data.host_two-host');
    expect(data['host_two-host']?.['depends_on']).toContain('terraform_data.host_three-host');
    expect(data['host_three-host']?.['depends_on']).toContain('terraform_data.host_four-host');
    expect(data['host_four-host']?.['depends_on']).toEqual(['terraform_data.secrets']);
  });

  test('are those of its server alone: Docker sees to the rest', () => {
    const { files } = failover.resource['terraform_data']?.['host_one-host']?.['triggers_replace'] as { files: Json };
    const paths = Object.keys(files);
    expect(paths).toEqual(expect.arrayContaining(['/etc/default/slapd', '/etc/ldap/slapd.ldif']));
    expect(paths.filter((file) => /^\/etc\/(hosts|systemd|chrony)/.test(file))).toEqual([]);
  });

  test('bring values of secrets in the environment of a step that does no more, and through no trigger', () => {
    const host = failover.resource['terraform_data']?.['host_one-host'] ?? {};
    const steps = host['provisioner'] as readonly { readonly 'local-exec': { command: string; environment: Json } }[];
    const knowing = steps.filter((step) => JSON.stringify(step).includes('${var.'));
    expect(knowing).toHaveLength(1);
    expect(knowing[0]?.['local-exec'].command).toMatch(/tandem-take upload$/);
    expect(JSON.stringify(host['triggers_replace'])).not.toContain('${var.');
    for (const step of steps) expect(step['local-exec'].environment['DOCKER_HOST']).toBe('unix:///var/run/docker.sock');
  });
});

/** A compose.yaml and cdk.tf.json, each container with the words of its description. */
describe('compose.yaml', () => {
  const seen = withFolder((folder) => {
    const app = appIn(folder);
    const stack = new TerraformStack(app, 'stack');
    new DockerTarget(stack, 'docker', { deployment: failoverWithShadow() });
    app.synth();
    const files = filesBelow(path.join(folder, 'cdktf.out'));
    const text = files['tandem/openldap-failover/compose.yaml'] ?? '';
    return {
      compose: parse(text) as Readonly<Record<'services' | 'networks' | 'volumes', Readonly<Record<string, Json>>>>,
      terraform: JSON.parse(files['stacks/stack/cdk.tf.json'] ?? '') as DockerJson,
      files,
    };
  });
  const { resource } = seen.terraform;

  /** The value that an expression of Terraform stands for. */
  const resolved = (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    return value
      .replace(/^\$\{(docker_\w+)\.([^.]+)\.name\}$/, (_, type: string, id: string) =>
        String(resource[type]?.[id]?.['name']),
      )
      .replace(/^\$\{(docker_image)\.([^.]+)\.image_id\}$/, (_, type: string, id: string) =>
        String(resource[type]?.[id]?.['name']),
      )
      .replace(/^\$\{abspath\("\$\{path\.root\}\/(.*?)"\)\}/, '$1');
  };
  const list = (value: unknown): readonly Json[] => value as readonly Json[];

  /** A container of Terraform in the words of Compose. */
  const inComposeWords = (container: Json): Json => {
    const { add, drop } = container['capabilities'] as Json;
    const health = container['healthcheck'] as Json;
    const [ulimit] = list(container['ulimit']);
    expect(ulimit?.['soft']).toBe(ulimit?.['hard']);
    return {
      image: resolved(container['image']),
      container_name: container['name'],
      hostname: container['hostname'],
      init: container['init'],
      restart: container['restart'],
      stop_grace_period: `${Math.floor(Number(container['stop_timeout']) / 60)}m${Number(container['stop_timeout']) % 60}s`,
      cap_add: add,
      cap_drop: drop,
      ulimits: { [String(ulimit?.['name'])]: ulimit?.['soft'] },
      tmpfs: Object.keys(container['tmpfs'] as Json),
      networks: Object.fromEntries(
        list(container['networks_advanced']).map(({ name, ipv4_address }) => [resolved(name), { ipv4_address }]),
      ),
      extra_hosts: list(container['host']).map(({ host, ip }) => `${String(host)}:${String(ip)}`),
      volumes: list(container['mounts']).map(({ type, source, target, read_only, volume_options }) =>
        type === 'volume'
          ? { type, source: resolved(source), target, volume: { nocopy: (volume_options as Json)['no_copy'] } }
          : { type, source: resolved(source), target, read_only },
      ),
      healthcheck: health,
    };
  };

  test.each(['one-host', 'two-host', 'three-host', 'four-host'])('equals the container %s field by field', (host) => {
    const { build, volumes, ...service } = seen.compose.services[host] ?? {};
    const container = resource['docker_container']?.[`host_${host}`] ?? {};
    const { volumes: mounted, ...same } = inComposeWords(container);
    expect(service).toEqual(same);
    expect(build).toBe('./image');
    // What Terraform brings another way, and nothing else, is mounted beside.
    const isOwn = ({ target }: Json): boolean => /^\/tandem\/(bundle|secrets)/.test(String(target));
    expect(list(volumes).filter((one) => !isOwn(one))).toEqual(mounted);
    expect(
      list(volumes)
        .filter(isOwn)
        .map(({ target }) => target),
    ).toEqual(['/tandem/bundle', '/tandem/secrets/openldap_failover_directory_admin']);
    // Every field of Terraform was looked at.
    const looked = [
      ...[
        'capabilities',
        'destroy_grace_seconds',
        'healthcheck',
        'host',
        'hostname',
        'image',
        'init',
        'mounts',
        'name',
      ],
      ...['networks_advanced', 'provider', 'restart', 'stop_timeout', 'tmpfs', 'ulimit'],
    ];
    expect(
      Object.keys(container)
        .filter((field) => field !== '//')
        .sort(),
    ).toEqual(looked);
  });

  test('has the networks and volumes of Terraform', () => {
    const networks = Object.values(resource['docker_network'] ?? {});
    expect(Object.values(seen.compose.networks)).toEqual(
      networks.map(({ name, driver, ipam_config: config }) => ({ name, driver, ipam: { config } })),
    );
    expect(Object.values(seen.compose.volumes)).toEqual(
      Object.values(resource['docker_volume'] ?? {}).map(({ name }) => ({ name })),
    );
  });

  test('brings each container the bytes of the golden folder, without a value of a secret', () => {
    const bundle = seen.files['tandem/openldap-failover/containers/one-host/bundle'] ?? '';
    const contents = [...bundle.matchAll(/^content (\S+) (\S*)$/gm)];
    expect(contents.length).toBeGreaterThan(2);
    for (const [, file = '', text = ''] of contents)
      expect(Buffer.from(text, 'base64').toString()).toBe(seen.files[`tandem/openldap-failover/hosts/one-host${file}`]);
    expect(bundle).not.toMatch(/^secret /m);
    expect(bundle).toMatch(/\nend\n$/);
  });
});

describe('daemons', () => {
  test('that a group has one of are a warning, which a reason takes away (F6, F29)', () => {
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
