import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execute, must } from '../lab/host/execute';
import { failoverPair } from '../support/open-ldap-directories';
import { DirectoryView } from './directory';
import { Project } from './project';
import type { Steps } from './steps';
import { Traffic } from './traffic';

/**
 * The part of Terraform that needs no provider: containers made by hand from the same compose.yaml, but without what
 * Compose mounts, wait for their files, and `terraform apply` brings these.
 */
export async function terraformSteps(endpoint: string, steps: Steps): Promise<void> {
  const project = new Project(endpoint);
  const directory = new DirectoryView(project, 'dc=example,dc=com');
  const terraform = (args: readonly string[]): Promise<string> =>
    must('terraform', [`-chdir=${withoutProvider(project)}`, ...args], { timeout: 300, env: environment });
  const apply = (): Promise<string> => terraform(['apply', '-input=false', '-no-color', '-auto-approve', variables()]);
  const variables = (): string => `-var-file=${project.folder}/${project.topology.name}.secrets.tfvars.json`;
  const body = async (): Promise<void> => {
    await steps.step('containers without files wait for them', async () => {
      await project.synth(failoverPair());
      withoutMounts(project);
      await project.compose(['up', '-d'], 300);
      for (const host of directory.hosts)
        assert.equal(
          (
            await execute('docker', ['exec', project.container(host), 'test', '-e', '/run/tandem/slapd.pid'], {
              env: { DOCKER_HOST: endpoint },
            })
          ).status,
          1,
        );
      return undefined;
    });
    await steps.step('terraform apply brings the files in turn and ends when all are open', async () => {
      await terraform(['init', '-input=false', '-no-color']);
      const told = await apply();
      assert.match(told, /one-host: \d+ files accepted by their checkers/);
      assert.ok(!told.includes(project.password), 'the output shows the secret');
      await directory.addSuffix('one-host');
      await directory.say('one-host', 'second');
      await directory.allSay('second');
      return undefined;
    });
    await steps.step('state and plan hold no secret, and a second plan is empty', async () => {
      assert.ok(!readFileSync(path.join(project.folder, 'terraform.tfstate'), 'utf8').includes(project.password));
      await terraform(['plan', '-input=false', '-no-color', '-detailed-exitcode', variables()]);
      return undefined;
    });
    await steps.step(
      'a change reaches one server after the other under traffic, and no write or read is refused',
      async () => {
        await project.synth(failoverPair({ load: { entries: 5_000_000 } }));
        const traffic = await Traffic.start(project, 'one-host', directory.suffix);
        await apply();
        const seen = await traffic.stop();
        assert.deepEqual({ refused: seen.refused, unread: seen.unread }, { refused: [], unread: [] });
        await directory.assertEntries(traffic.names, seen.written);
        return `${seen.written} writes`;
      },
    );
    await steps.step('a missing docker client is told', async () => {
      const folder = path.join(project.folder, 'bin');
      mkdirSync(folder);
      for (const program of ['terraform', 'sh'])
        await must('ln', ['-s', (await must('which', [program])).trim(), folder]);
      const replaced = [
        'apply',
        '-input=false',
        '-no-color',
        '-auto-approve',
        '-replace=terraform_data.host_one-host',
        variables(),
      ];
      const { status, stderr, stdout } = await execute(
        'terraform',
        [`-chdir=${withoutProvider(project)}`, ...replaced],
        {
          timeout: 120,
          env: { ...environment, PATH: folder },
        },
      );
      assert.equal(status, 1);
      assert.match(stdout + stderr, /the docker client is not installed/);
      return undefined;
    });
  };
  try {
    await steps.group(body, () => project.compose(['logs', '--no-color', '--tail', '25']));
  } finally {
    await project.compose(['down', '-v', '-t', '5']);
    project.remove();
  }
}

const environment = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };

/** A folder with cdk.tf.json as far as it needs no provider; as deep as that of the stack, for its relative paths. */
function withoutProvider(project: Project): string {
  const folder = path.join(project.folder, 'cdktf.out/stacks/without-provider');
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(path.join(project.stack, 'cdk.tf.json'), 'utf8');
  const { terraform, variable, locals, resource } = JSON.parse(
    text.replace(/\$\{docker_container\.[^}]*\}/g, 'made by hand'),
  ) as { terraform: { backend: object }; variable: object; locals: object; resource: { terraform_data: object } };
  writeFileSync(
    path.join(folder, 'cdk.tf.json'),
    JSON.stringify({
      terraform: { backend: terraform.backend },
      variable,
      locals,
      resource: { terraform_data: resource.terraform_data },
    }),
  );
  return folder;
}

/** What Compose mounts and Terraform brings another way. */
function withoutMounts(project: Project): void {
  const file = project.file('compose.yaml');
  const text = readFileSync(file, 'utf8').replace(
    / {6}- type: bind\n {8}source: .*\n {8}target: \/tandem\/(bundle|secrets).*\n {8}read_only: true\n/g,
    '',
  );
  writeFileSync(file, text);
}
