import { activationGroups } from '../../lib/target/ssh/activation-groups';
import type { SshTarget } from '../../lib/target/index';
import type { Deployment } from '../../lib/index';
import { buildDirectories } from '../support/directories';
import { failoverWithShadow, fourSuppliers, severalDirectories } from '../support/open-ldap-directories';
import { HOST_KEY, resource, stackWith, terraformOf, type TerraformData, type TerraformJson } from './stack';

const keysOf = (deployment: Deployment): Record<string, string> =>
  Object.fromEntries(deployment.topology().hosts.map(({ name }) => [name, HOST_KEY]));

const terraform = (
  deployment: Deployment,
  props: Partial<ConstructorParameters<typeof SshTarget>[2]> = {},
): TerraformJson => terraformOf(stackWith(deployment, { connection: { hostKey: keysOf(deployment) }, ...props }));

/** Hosts by their last number, and what they do. */
const stepsOf = (made: TerraformData): readonly (readonly [string, string | undefined])[] =>
  made.provisioner.map((step) => {
    const { inline, connection } = step['remote-exec'] ?? {};
    const [, actions, seconds] = /apply ([\w,]+) .* (\d+)$/.exec(String(inline)) ?? [];
    return [String((connection as { host: string }).host).split('.')[3] ?? '', `${actions} ${seconds}`];
  });

const failover = terraform(failoverWithShadow());

describe('the servers of a directory', () => {
  test('have a resource each, and one in which they take turns', () => {
    expect(Object.keys(failover.resource.terraform_data)).toEqual([
      'directory_people',
      'host_four-host',
      'host_one-host',
      'host_three-host',
      'host_two-host',
      'secrets',
    ]);
  });

  test('all commit, then take turns with the master last, then confirm; each has time for the turns of all', () => {
    expect(stepsOf(resource(failover, 'directory_people'))).toEqual([
      ['14', 'commit,await 660'],
      ['13', 'commit,await 780'],
      ['12', 'commit,await 900'],
      ['11', 'commit,await 1020'],
      ['14', 'turn 660'],
      ['13', 'turn 780'],
      ['12', 'turn 900'],
      ['11', 'turn,confirm 1020'],
      ['14', 'confirm 660'],
      ['13', 'confirm 780'],
      ['12', 'confirm 900'],
    ]);
  });

  test('have all checked their files before the first commits', () => {
    expect(resource(failover, 'directory_people').depends_on).toEqual(
      ['four', 'three', 'two', 'one'].map((name) => `terraform_data.host_${name}-host`),
    );
    const last = resource(failover, 'host_one-host').provisioner.at(-1);
    expect(String(last?.['remote-exec']?.['inline'])).toContain('/apply check openldap-failover ');
  });

  test('that all take writes end with the preferred one', () => {
    const order = stepsOf(resource(terraform(fourSuppliers('mesh')), 'directory_people')).slice(4, 8);
    expect(order.map(([host]) => host)).toEqual(['14', '13', '12', '11']);
  });

  test('that share a server share its turn', () => {
    const topology = severalDirectories().topology();
    const groups = activationGroups(topology, topology.hosts);
    expect(groups.map(({ kind, name, hosts }) => [kind, name, hosts.length])).toEqual([['directory', 'a-upper', 2]]);
  });

  test('are on their own where the others belong to another target', () => {
    const deployment = failoverWithShadow();
    const [host] = deployment.node.findAll().filter(({ node }) => node.id === 'one-host');
    const made = terraform(deployment, { hosts: [host!] });
    expect(Object.keys(made.resource.terraform_data)).toEqual(['host_one-host', 'secrets']);
    const last = resource(made, 'host_one-host').provisioner.at(-1);
    expect(String(last?.['remote-exec']?.['inline'])).toContain('/apply run openldap-failover ');
  });
});

describe('certificates', () => {
  const one = resource(failover, 'host_one-host');
  const FOLDER = '${path.module}/../../../openldap-failover.certificates';

  test('are those that `tandem certificates init` writes beside the stack', () => {
    expect(one.triggers_replace['certificate']).toEqual({
      authorities: `\${try(filesha256("${FOLDER}/ca.pem"), "missing")}`,
      certificate: `\${try(filesha256("${FOLDER}/one/server.crt"), "missing")}`,
    });
  });

  test('are read in the upload alone, and the key in nothing else', () => {
    const uses = one.provisioner.filter((step) => JSON.stringify(step).includes('server.key'));
    expect(uses).toEqual([
      { file: { content: expect.any(String), destination: '/run/tandem-upload/openldap-failover/apply' } },
    ]);
    expect(String(uses[0]?.['file']?.['content'])).toContain(
      `\ncontent /etc/ldap/tls/server.key \${sensitive(filebase64("${FOLDER}/one/server.key"))}\n`,
    );
    const { settings, bundle, certificate } = one.triggers_replace;
    expect(settings).toContain('file /etc/ldap/tls/server.key 0640 root openldap certificate command\n');
    expect(settings).toContain('file /etc/ldap/tls/server.crt 0644 root root certificate command\n');
    expect(JSON.stringify([bundle, certificate])).not.toContain('server.key');
  });

  test('make another bundle of a host, and of no other one', () => {
    expect(one.triggers_replace.bundle).toMatch(/^[0-9a-f]{32}-\$\{substr\(sha256\(.*\/one\/server\.crt.*, 0, 16\)\}$/);
    const { bundles } = resource(failover, 'directory_people').triggers_replace as unknown as {
      bundles: Record<string, string>;
    };
    expect(bundles['one-host']).toBe(one.triggers_replace.bundle);
    expect(bundles['two-host']).not.toContain('/one/');
  });

  test('that are missing are told with what makes them', () => {
    const messages = one.lifecycle?.precondition.map((item) => item.error_message) ?? [];
    expect(messages.join('\n')).toContain("run 'tandem certificates init openldap-failover'");
  });

  test('may be files of the user, by the name of the server', () => {
    const certificates = { one: { authorities: '/etc/ssl/ca.pem', certificate: '~/one.crt', key: 'keys/one.key' } };
    const made = terraform(failoverWithShadow(), { certificates });
    const text = JSON.stringify(resource(made, 'host_one-host').provisioner).replaceAll('\\"', '"');
    expect(text).toContain('filebase64(pathexpand("/etc/ssl/ca.pem"))');
    expect(text).toContain('filebase64(pathexpand("~/one.crt"))');
    expect(text).toContain('filebase64("${path.module}/../../../keys/one.key")');
    expect(JSON.stringify(resource(made, 'host_two-host'))).toContain('openldap-failover.certificates/two/server.key');
  });

  test('fails for a path that Terraform would change', () => {
    const certificates = { one: { authorities: 'ca.pem', certificate: 'one.crt', key: '${var.key}' } };
    expect(() => terraform(failoverWithShadow(), { certificates })).toThrow(
      /\[ox\/ssh\] ssh\/certificates: .* \(\$\{var\.key\}\)/,
    );
  });

  test('fails for a server that is not there', () => {
    const certificates = { five: { authorities: 'ca.pem', certificate: 'a.crt', key: 'a.key' } };
    expect(() => terraform(failoverWithShadow(), { certificates })).toThrow(
      'ssh/certificates: certificates names directory servers that the deployment does not have (five)',
    );
  });
});

test('fails for servers of 389 Directory Server, naming them', () => {
  expect(() => terraform(buildDirectories())).toThrow(
    /ssh\/directory: .* of OpenLDAP only: .* \([^)]*\bx, y, z\); deploy them in containers/,
  );
});
