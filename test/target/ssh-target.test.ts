import { TerraformResource, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { Deployment, Host, Network, Site } from '../../lib/index';
import { SshTarget } from '../../lib/target/index';
import { renderHost } from '../../lib/render/render';
import { secretMarker } from '../../lib/topology/secret';
import { buildMail } from '../support/mail';
import { buildGroupwarePair } from '../support/pair';
import { groupwareTerraform, HOST_KEY, hostKey, resource, stackWith, terraformOf } from './stack';

const terraform = groupwareTerraform();

/** Two hosts at two sites, without a cluster. */
function twoSites(): { deployment: Deployment; sites: [Site, Site]; hosts: [Host, Host] } {
  const deployment = new Deployment(undefined, 'plain', { timeServers: ['192.0.2.1'] });
  const place = (name: string, number: number): [Site, Host] => {
    const site = new Site(deployment, name);
    const lan = new Network(site, 'lan', { cidr: `192.168.${number}.0/24` });
    return [
      site,
      new Host(site, `mail-${number}.example.org`, { interfaces: { eth0: lan.address(`192.168.${number}.10`) } }),
    ];
  };
  const [[north, one], [south, two]] = [place('north', 1), place('south', 2)];
  return { deployment, sites: [north, south], hosts: [one, two] };
}

const plainKeys = { 'mail-1.example.org': HOST_KEY, 'mail-2.example.org': HOST_KEY };

describe('resources', () => {
  test('there is one for each host, two for the cluster and one that guards the secrets', () => {
    expect(Object.keys(terraform.resource.terraform_data)).toEqual([
      'cluster_ox',
      'cluster_ox_provision',
      'host_ox1',
      'host_ox2',
      'secrets',
    ]);
  });

  test('dots of host names stay apart from other characters', () => {
    const stack = stackWith(twoSites().deployment, { connection: { hostKey: plainKeys } });
    expect(Object.keys(terraformOf(stack).resource.terraform_data)).toEqual([
      'host_mail-1__example__org',
      'host_mail-2__example__org',
    ]);
  });

  test('a host carries every rendered file as it is, escaped for Terraform', () => {
    const { deployment } = buildGroupwarePair();
    const topology = deployment.topology();
    const files = Object.fromEntries(
      renderHost(topology, 'hq/ox1').map((file) => [
        file.path,
        file.content.replace(/\$\{/g, '$$${').replace(/%\{/g, '%%{'),
      ]),
    );
    const { triggers_replace: trigger } = resource(terraformOf(stackWith(deployment)), 'host_ox1');
    expect(trigger.files).toEqual(files);
    expect(Object.values(files).join('')).toContain('$${');
  });

  test('files are replaced for, and not an input that Terraform would show a second time as output', () => {
    expect(resource(terraform, 'host_ox1').input).toBeUndefined();
  });

  test('mode, owner, checker, activation and command of a file stand beside it', () => {
    const { settings } = resource(terraform, 'host_ox1').triggers_replace;
    expect(settings).toContain('file /etc/ha.d/authkeys 0600 root root - command\ncommand /etc/ha.d/authkeys ');
    expect(settings).toContain('file /etc/postfix/main.cf 0644 root root postfix reload-if-active:postfix.service\n');
  });

  test('secrets are in no value but the upload of secrets', () => {
    const { provisioner, triggers_replace: trigger } = resource(terraform, 'host_ox1');
    expect(trigger.files['/etc/drbd.conf']).toContain(secretMarker('groupware_drbd'));
    const uses = provisioner.filter((step) => JSON.stringify(step).includes('var.groupware_drbd'));
    expect(uses).toEqual([{ file: { content: expect.anything(), destination: '/run/tandem-upload/groupware/apply' } }]);
  });

  test('everything is uploaded into a private folder, in one file, before the script in it runs', () => {
    const steps = resource(terraform, 'host_ox1').provisioner.map((step) =>
      String(step['file']?.['destination'] ?? step['remote-exec']?.['inline']),
    );
    expect(steps).toEqual([
      expect.stringContaining('install -d -m 0700 /run/tandem-upload/groupware'),
      '/run/tandem-upload/groupware/apply',
      expect.stringMatching(/^\/bin\/sh \/run\/tandem-upload\/groupware\/apply check groupware [0-9a-f]{32}$/),
    ]);
  });

  test('the script comes first in the upload, then the bundle, then secrets and the end', () => {
    const [, upload] = resource(terraform, 'host_ox1').provisioner;
    expect(String(upload?.['file']?.['content'])).toMatch(
      /^\$\{local\.tandem_apply\}bundle 1 [^]*secret groupware_drbd \$\{var\.groupware_drbd\}\n[^]*\nend\n$/,
    );
    expect(terraform.locals['tandem_apply']).toMatch(/\nleave\n#tandem-bundle\n$/);
  });

  test('a user who is not root goes through sudo', () => {
    const made = groupwareTerraform({ connection: { hostKey, user: 'admin' } });
    const [first, ...others] = resource(made, 'host_ox1').provisioner;
    expect(String(first?.['remote-exec']?.['inline'])).toContain('sudo -n install -d -m 0700 -o admin ');
    expect(String(others.at(-1)?.['remote-exec']?.['inline'])).toMatch(/^sudo -n \/bin\/sh /);
  });

  test('the nodes of a cluster check alone, then commit together, then activate with the standby first', () => {
    const cluster = resource(terraform, 'cluster_ox');
    expect(cluster.depends_on).toEqual(['terraform_data.host_ox2', 'terraform_data.host_ox1']);
    const steps = cluster.provisioner.map((step) => {
      const { inline, connection } = step['remote-exec'] ?? {};
      const actions = /apply ([\w,]+) groupware [0-9a-f]{32} 180$/.exec(String(inline));
      return [(connection as { host: string }).host, actions?.[1]];
    });
    expect(steps).toEqual([
      ['192.168.1.162', 'commit,await'],
      ['192.168.1.161', 'commit,await'],
      ['192.168.1.162', 'activate'],
      ['192.168.1.161', 'activate,confirm'],
      ['192.168.1.162', 'confirm'],
    ]);
  });

  test('a host whose peer is in another stack runs all steps by itself', () => {
    const { deployment, ox1 } = buildGroupwarePair();
    const made = terraformOf(stackWith(deployment, { hosts: [ox1] }));
    expect(Object.keys(made.resource.terraform_data)).toEqual(['cluster_ox_provision', 'host_ox1', 'secrets']);
    const last = resource(made, 'host_ox1').provisioner.at(-1);
    expect(String(last?.['remote-exec']?.['inline'])).toContain('/apply run groupware');
  });

  test('a site keeps to its own hosts', () => {
    const { deployment, sites } = twoSites();
    const stack = stackWith(deployment, { site: sites[1], connection: { hostKey: plainKeys } });
    expect(Object.keys(terraformOf(stack).resource.terraform_data)).toEqual(['host_mail-2__example__org']);
  });

  test('a deployment without secrets has no guard and waits for nothing', () => {
    const made = terraformOf(stackWith(twoSites().deployment, { connection: { hostKey: plainKeys } }));
    expect(made.variable).toEqual({});
    expect(resource(made, 'host_mail-1__example__org').depends_on).toBeUndefined();
  });
});

describe('what makes Terraform do it again', () => {
  const bundle = (made: typeof terraform): string => resource(made, 'host_ox1').triggers_replace.bundle;

  test('the same stack gives the same bundle', () => {
    expect(bundle(groupwareTerraform())).toBe(bundle(terraform));
  });

  test('a changed file gives another one', () => {
    const { deployment } = buildGroupwarePair({ timeServers: ['192.168.1.2'] });
    expect(bundle(terraformOf(stackWith(deployment)))).not.toBe(bundle(terraform));
  });

  test('changed secrets are told by their version', () => {
    const made = groupwareTerraform({ secretsVersion: 2 });
    expect(resource(made, 'host_ox1').triggers_replace).toMatchObject({ secrets_version: 2 });
    expect(bundle(made)).not.toBe(bundle(terraform));
  });

  test('another machine at the same name is told by its address', () => {
    const made = groupwareTerraform({ connection: { hostKey, host: { ox1: '192.0.2.1' } } });
    expect(resource(made, 'host_ox1').triggers_replace['address']).toBe('192.0.2.1');
  });
});

describe('secrets', () => {
  test('they are sensitive, have no value of their own and say what they are for', () => {
    expect(terraform.variable['groupware_drbd']).toMatchObject({
      sensitive: true,
      nullable: false,
      default: '',
      description: expect.stringContaining('DRBD'),
    });
  });

  test('no variable has a validation, since Terraform prints the value that fails it', () => {
    expect(JSON.stringify(terraform.variable)).not.toContain('validation');
  });

  test('one guard in the stack names each missing secret and the remedy', () => {
    const messages = resource(terraform, 'secrets').lifecycle?.precondition.map((item) => item.error_message) ?? [];
    expect(messages).toHaveLength(4);
    expect(messages.join('\n')).toContain('-var-file=groupware.secrets.tfvars.json');
  });

  test('two targets of one stack share the guard', () => {
    const { deployment, ox1, ox2 } = buildGroupwarePair();
    const stack = new TerraformStack(Testing.app(), 'ox');
    new SshTarget(stack, 'one', { deployment, hosts: [ox1], connection: { hostKey } });
    new SshTarget(stack, 'other', { deployment, hosts: [ox2], connection: { hostKey } });
    expect(resource(terraformOf(stack), 'secrets').lifecycle?.precondition).toHaveLength(4);
  });
});

describe('cdktf', () => {
  test('a deployment may grow after its target was made', () => {
    const { deployment, sites } = twoSites();
    const stack = stackWith(deployment, { connection: { hostKey: { ...plainKeys, late: HOST_KEY } } });
    const lan = new Network(sites[0], 'more', { cidr: '10.0.0.0/24' });
    new Host(sites[0], 'late', { interfaces: { eth0: lan.address('10.0.0.1') } });
    expect(Object.keys(terraformOf(stack).resource.terraform_data)).toContain('host_late');
  });

  test('overrides are laid over what the target makes', () => {
    const stack = stackWith(twoSites().deployment, { connection: { hostKey: plainKeys } });
    const target = stack.node.findChild('ssh') as SshTarget;
    target.addOverride('resource.terraform_data.host_mail-1__example__org.connection.bastion_host', 'gate');
    const made = terraformOf(stack);
    expect(resource(made, 'host_mail-1__example__org').connection).toMatchObject({
      bastion_host: 'gate',
      user: 'root',
    });
    expect(resource(made, 'host_mail-2__example__org').connection).not.toHaveProperty('bastion_host');
  });

  test('hosts wait for what they depend on, and others can wait for a host', () => {
    const machine = { fqn: 'aws_instance.ox1' };
    const stack = stackWith(twoSites().deployment, { connection: { hostKey: plainKeys }, dependsOn: [machine] });
    const target = stack.node.findChild('ssh') as SshTarget;
    expect(target.resource('mail-1.example.org').fqn).toBe('terraform_data.host_mail-1__example__org');
    expect(resource(terraformOf(stack), 'host_mail-1__example__org').depends_on).toEqual(['aws_instance.ox1']);
  });

  test('an address of the same Terraform is resolved by it', () => {
    const address = Token.asString({ resolve: () => '${aws_instance.ox1.public_ip}' });
    const made = groupwareTerraform({ connection: { hostKey, host: { ox1: address } } });
    expect(resource(made, 'host_ox1').connection['host']).toBe('${aws_instance.ox1.public_ip}');
    expect(resource(made, 'host_ox1').triggers_replace['address']).toBe('${aws_instance.ox1.public_ip}');
  });
});

describe('refusals', () => {
  const plain = (props: Partial<ConstructorParameters<typeof SshTarget>[2]>) => (): unknown =>
    terraformOf(stackWith(twoSites().deployment, props));

  test('fails without a host key, naming all hosts that lack one', () => {
    expect(plain({ connection: { hostKey: {} } })).toThrow(
      /\[ox\/ssh\] ssh\/host-key: .* \(mail-1\.example\.org, mail-2\.example\.org\)/,
    );
  });

  test('fails when the connection names a host that does not exist', () => {
    expect(plain({ connection: { hostKey: { ...plainKeys, mail1: HOST_KEY } } })).toThrow('ssh/unknown-host');
  });

  test('fails when another resource waits for a host that does not exist', () => {
    const stack = stackWith(twoSites().deployment, { connection: { hostKey: plainKeys } });
    (stack.node.findChild('ssh') as SshTarget).resource('mail');
    expect(() => terraformOf(stack)).toThrow(
      'resource() was asked for hosts that this target does not configure (mail)',
    );
  });

  test('fails for a site of another deployment', () => {
    expect(plain({ site: twoSites().sites[0].node.root })).toThrow(
      "ssh/site: the site is not part of deployment 'plain'",
    );
  });

  test('fails when two targets configure one host', () => {
    const { deployment } = twoSites();
    const stack = stackWith(deployment, { connection: { hostKey: plainKeys } });
    new SshTarget(stack, 'again', { deployment, connection: { hostKey: plainKeys } });
    expect(() => terraformOf(stack)).toThrow('target/host: the host belongs to target ox/ssh already');
  });

  test('fails when two deployments of one stack have a host of one name', () => {
    const stack = stackWith(twoSites().deployment, { connection: { hostKey: plainKeys } });
    const other = new Deployment(undefined, 'other', { timeServers: ['192.0.2.1'] });
    const site = new Site(other, 'east');
    const lan = new Network(site, 'lan', { cidr: '192.168.9.0/24' });
    new Host(site, 'mail-1.example.org', { interfaces: { eth0: lan.address('192.168.9.10') } });
    new SshTarget(stack, 'other', { deployment: other, connection: { hostKey: { 'mail-1.example.org': HOST_KEY } } });
    expect(() => terraformOf(stack)).toThrow('target/host: two deployments of stack');
  });

  test('fails when a variable of the stack has the name of a secret', () => {
    const stack = stackWith(buildGroupwarePair().deployment);
    new TerraformVariable(stack, 'groupware_drbd', {});
    expect(() => terraformOf(stack)).toThrow('[ox/groupware_drbd] ssh/logical-id: the target ox/ssh needs this name');
  });

  test('fails when a resource of the stack has the name of a host', () => {
    const stack = stackWith(twoSites().deployment, { connection: { hostKey: plainKeys } });
    new TerraformResource(stack, 'host', { terraformResourceType: 'terraform_data' }).overrideLogicalId(
      'host_mail-1__example__org',
    );
    expect(() => terraformOf(stack)).toThrow('ssh/logical-id');
  });

  test('fails for a mail server of which nothing on the host could start the queue', () => {
    const topology = buildMail('table').topology();
    const mailServers = topology.mailServers.map((server) => ({ ...server, software: 'm-switch' as const }));
    const byHand = { ...topology, mailServers, clusters: [], services: [], loadBalancers: [] };
    expect(() => terraformOf(stackWith({ node: { path: 'mail' }, topology: () => byHand }))).toThrow(
      'ssh/mail: this target deploys mail servers with Postfix whose queues are on DRBD, SAN or NFS (mx-dr-mail1, mx-dr-mail2, mx-hq-mail1, mx-hq-mail2)',
    );
  });

  test('carries the files of a load balancer', () => {
    const deployment = buildMail('table');
    const balancer = deployment.node.findChild('hq').node.findChild('hq-lb1');
    const text = JSON.stringify(
      terraformOf(stackWith(deployment, { hosts: [balancer], connection: { hostKey: { 'hq-lb1': HOST_KEY } } })),
    );
    for (const path of ['haproxy/haproxy.cfg', 'keepalived/keepalived.conf', 'keepalived/tandem-haproxy-answers'])
      expect(text).toContain(`/etc/${path}`);
  });

  test('fails for a secrets version that does not count', () => {
    expect(plain({ secretsVersion: 0 })).toThrow('ssh/secrets-version');
  });

  test('fails where cdktf writes HCL, instead of leaving the hosts out', () => {
    expect(() => stackWith(twoSites().deployment).toHclTerraform()).toThrow('ssh/hcl');
  });
});
