import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalBackend, TerraformStack } from 'cdktf';
import { type SshConnection, SshTarget } from '../../lib/target/index';
import { APPLY_SCRIPT } from '../../lib/target/ssh/apply/script';
import { terraformLiteral } from '../../lib/target/terraform-text';
import { failoverWithShadow } from '../support/open-ldap-directories';
import { buildGroupwarePair } from '../support/pair';
import { appIn, HOST_KEY, hostKey, withFolder } from '../target/stack';
import { oracle } from './support';
import { Terraform } from './terraform';

const SECRETS = ['groupware_directory_administrator', 'groupware_drbd', 'groupware_ox_heartbeat', 'ipmi'];
const VALUE = 'value-that-nobody-may-see';

/** The stack of the pair, written and initialized. */
function initialized(
  program: string,
  folder: string,
  timeServer = '192.168.1.1',
  connection: SshConnection = { hostKey, privateKeyFile: '/nowhere/id' },
): Terraform {
  const app = appIn(folder);
  const stack = new TerraformStack(app, 'ox');
  new LocalBackend(stack, { path: '../../../ox.tfstate' });
  const { deployment } = buildGroupwarePair({ timeServers: [timeServer] });
  new SshTarget(stack, 'ssh', { deployment, connection });
  app.synth();
  const terraform = new Terraform(program, join(folder, 'cdktf.out/stacks/ox'));
  expect(terraform.run('init -input=false -no-color')).toMatchObject({ status: 0 });
  return terraform;
}

const secrets = (value: string): Record<string, string> => Object.fromEntries(SECRETS.map((name) => [name, value]));

oracle('terraform', 'a stack is initialized without a download and is valid', (program) => {
  withFolder((folder) => {
    const { status, output } = initialized(program, folder).run('validate -no-color');
    expect(output).toContain('Success! The configuration is valid.');
    expect(status).toBe(0);
  });
});

oracle('terraform', 'fails to plan without host keys, and takes those of a variable', (program) => {
  withFolder((folder) => {
    const terraform = initialized(program, folder, undefined, {});
    const without = terraform.run('plan -input=false -no-color', secrets(VALUE));
    expect(without.status).toBe(1);
    for (const host of ['ox1', 'ox2']) expect(without.output).toContain(`no host key of ${host} is known`);
    const host_keys_ssh = JSON.stringify({ ox1: `ox1 ${hostKey.ox1}`, ox2: hostKey.ox2 });
    expect(terraform.run('plan -input=false -no-color', { ...secrets(VALUE), host_keys_ssh })).toMatchObject({
      status: 0,
    });
  });
});

oracle('terraform', 'a plan shows every file and no secret', (program) => {
  withFolder((folder) => {
    const { status, output } = initialized(program, folder).run('plan -input=false -no-color', secrets(VALUE));
    expect(status).toBe(0);
    expect(output).toContain('+ "/etc/ha.d/ha.cf"');
    expect(output).toContain('Plan: 5 to add, 0 to change, 0 to destroy.');
    expect(output).not.toContain(VALUE);
  });
});

oracle('terraform', 'fails to plan without secrets at once, naming all of them', (program) => {
  withFolder((folder) => {
    // No -input=false: it must not wait for an answer even where somebody could give one.
    const { status, output } = initialized(program, folder).run('plan -no-color');
    expect(status).toBe(1);
    for (const name of SECRETS) expect(output).toContain(`secret ${name} has no usable value`);
    expect(output).toContain("'tandem secrets init'");
  });
});

oracle('terraform', 'fails to plan with an unsafe secret, without showing it', (program) => {
  withFolder((folder) => {
    const { status, output } = initialized(program, folder).run('plan -no-color', secrets('has a "quote" in it'));
    expect(status).toBe(1);
    expect(output).toContain('has no usable value');
    expect(output).not.toContain('quote');
  });
});

oracle(
  'terraform',
  'a changed file is shown as a changed line, and nothing else is',
  (program) => {
    withFolder((folder) => {
      /** Without the steps that need a host: what a plan shows does not come from them. */
      const withoutHosts = (timeServer: string): Terraform => {
        const terraform = initialized(program, folder, timeServer);
        const path = join(folder, 'cdktf.out/stacks/ox/cdk.tf.json');
        const json = JSON.parse(readFileSync(path, 'utf8')) as {
          resource: { terraform_data: Record<string, { provisioner?: unknown; connection?: unknown }> };
        };
        for (const resource of Object.values(json.resource.terraform_data)) {
          delete resource.provisioner;
          delete resource.connection;
        }
        writeFileSync(path, JSON.stringify(json));
        return terraform;
      };
      const applied = withoutHosts('192.168.1.1').run('apply -auto-approve -input=false -no-color', secrets(VALUE));
      expect(applied).toMatchObject({ status: 0 });
      const { output } = withoutHosts('192.168.1.9').run('plan -input=false -no-color', secrets(VALUE));
      expect(output).toMatch(/- server 192\.168\.1\.1 iburst\n +\+ server 192\.168\.1\.9 iburst/);
      expect(output.match(/^ +[-+] (?!resource)/gm)).toHaveLength(4);
      expect(output.split('\n').length).toBeLessThan(120);
    });
  },
  120_000,
);

describe('certificates', () => {
  const KEY = 'key-that-nobody-may-see';
  const SERVERS = ['one', 'two', 'three', 'four'];

  /** The stack of a failover group, initialized; steps that need a host are left out. */
  function directories(program: string, folder: string): Terraform {
    const app = appIn(folder);
    const stack = new TerraformStack(app, 'directories');
    new LocalBackend(stack, { path: '../../../directories.tfstate' });
    const deployment = failoverWithShadow();
    const keys = Object.fromEntries(deployment.topology().hosts.map(({ name }) => [name, HOST_KEY]));
    new SshTarget(stack, 'ssh', { deployment, connection: { hostKey: keys } });
    app.synth();
    const path = join(folder, 'cdktf.out/stacks/directories/cdk.tf.json');
    const json = JSON.parse(readFileSync(path, 'utf8')) as {
      resource: { terraform_data: Record<string, { provisioner?: unknown; connection?: unknown }> };
    };
    writeFileSync(`${path}.whole`, JSON.stringify(json, null, 2));
    for (const resource of Object.values(json.resource.terraform_data)) {
      delete resource.provisioner;
      delete resource.connection;
    }
    writeFileSync(path, JSON.stringify(json, null, 2));
    const terraform = new Terraform(program, join(folder, 'cdktf.out/stacks/directories'));
    expect(terraform.run('init -input=false -no-color')).toMatchObject({ status: 0 });
    return terraform;
  }

  /** Files as `tandem certificates init` lays them out; of what is in them Terraform knows nothing. */
  function write(folder: string, servers: readonly string[], text: string): void {
    const certificates = join(folder, 'openldap-failover.certificates');
    for (const server of servers) {
      mkdirSync(join(certificates, server), { recursive: true });
      writeFileSync(join(certificates, server, 'server.crt'), `${text} of ${server}`);
      writeFileSync(join(certificates, server, 'server.key'), KEY);
    }
    writeFileSync(join(certificates, 'ca.pem'), 'authority');
  }

  const values = { openldap_failover_directory_admin: VALUE };

  oracle('terraform', 'fails to plan without certificates, naming what makes them', (program) => {
    withFolder((folder) => {
      const terraform = directories(program, folder);
      expect(terraform.run('validate -no-color')).toMatchObject({ status: 0 });
      write(folder, ['one', 'two', 'three'], 'certificate');
      const { status, output } = terraform.run('plan -input=false -no-color', values);
      expect(status).toBe(1);
      const words = output.replace(/[\s│]+/g, ' ');
      expect(words).toContain('no certificate of directory server four (');
      expect(words).toContain("run 'tandem certificates init openldap-failover'");
      expect(words).not.toContain('directory server one');
    });
  });

  oracle(
    'terraform',
    'a renewed certificate is planned for its host and for its turn, and no key is in plan or state',
    (program) => {
      withFolder((folder) => {
        const terraform = directories(program, folder);
        write(folder, SERVERS, 'certificate');
        expect(terraform.run('apply -auto-approve -input=false -no-color', values)).toMatchObject({ status: 0 });
        expect(terraform.run('plan -input=false -no-color', values).output).toContain('No changes.');
        write(folder, ['two'], 'another certificate');
        const { status, output } = terraform.run('plan -out=file -input=false -no-color', values);
        expect(status).toBe(0);
        const changed = [...output.matchAll(/# (terraform_data\.\S+) must be replaced/g)].map(([, name]) => name);
        expect(changed).toEqual(['terraform_data.directory_people', 'terraform_data.host_two-host']);
        // With the steps that read the key.
        const stack = join(folder, 'cdktf.out/stacks/directories');
        copyFileSync(join(stack, 'cdk.tf.json.whole'), join(stack, 'cdk.tf.json'));
        expect(terraform.run('plan -out=file -input=false -no-color', values)).toMatchObject({ status: 0 });
        const kept =
          terraform.run('show -json file', values).output + readFileSync(join(folder, 'directories.tfstate'), 'utf8');
        for (const secret of [
          KEY,
          Buffer.from(KEY).toString('base64').replace(/=+$/, ''),
          createHash('sha256').update(KEY).digest('hex'),
        ])
          expect(kept).not.toContain(secret);
      });
    },
    120_000,
  );
});

oracle('terraform', 'escaped text comes back byte for byte', (program) => {
  withFolder((folder) => {
    const texts = [
      '${a}',
      '$${a}',
      '$$${a}',
      '%{ if x }',
      '%%{',
      '$%{',
      '%${',
      '\\${x} "y"',
      'a\r\n\tb',
      '#{x} é \u2028',
    ];
    const output = Object.fromEntries(texts.map((text, index) => [`t${index}`, { value: terraformLiteral(text) }]));
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ output }));
    const terraform = new Terraform(program, folder);
    expect(terraform.run('apply -auto-approve -no-color')).toMatchObject({ status: 0 });
    const read = JSON.parse(terraform.run('output -json').output) as Record<string, { value: string }>;
    expect(texts.map((_, index) => read[`t${index}`]?.value)).toEqual(texts);
  });
});

oracle('shellcheck', 'has nothing to say about the apply script', (program) => {
  const { status, stdout } = spawnSync(program, ['--shell=sh', '-'], { input: APPLY_SCRIPT, encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
