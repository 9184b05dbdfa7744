import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalBackend, TerraformStack } from 'cdktf';
import { type SshConnection, SshTarget } from '../../lib/target/index';
import { APPLY_SCRIPT } from '../../lib/target/ssh/apply/script';
import { terraformLiteral } from '../../lib/target/terraform-text';
import { buildGroupwarePair } from '../support/pair';
import { appIn, hostKey, withFolder } from '../target/stack';
import { oracle } from './support';

const SECRETS = ['groupware_directory_administrator', 'groupware_drbd', 'groupware_ox_heartbeat', 'ipmi'];
const VALUE = 'value-that-nobody-may-see';

/** Terraform in a folder: no network, no questions, no end of patience. */
class Terraform {
  constructor(
    private readonly program: string,
    private readonly folder: string,
  ) {}

  run(command: string, secrets: Readonly<Record<string, string>> = {}): { status: number | null; output: string } {
    const result = spawnSync(this.program, command.split(' '), {
      cwd: this.folder,
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
      env: {
        PATH: process.env['PATH'],
        HOME: this.folder,
        CHECKPOINT_DISABLE: '1',
        TF_IN_AUTOMATION: '1',
        TF_CLI_CONFIG_FILE: '/dev/null',
        ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`TF_VAR_${name}`, value])),
      },
    });
    return { status: result.status, output: result.stdout + result.stderr };
  }
}

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
