import { strict as assert } from 'node:assert';
import { execute, must } from '../lab/host/execute';
import { failoverWithShadow } from '../support/open-ldap-directories';
import { DirectoryView } from './directory';
import { Project } from './project';
import type { Steps } from './steps';

/** The whole way through the real provider: init, apply, empty second plan, change, destroy. */
export async function providerSteps(endpoint: string, steps: Steps): Promise<void> {
  const project = new Project(endpoint);
  const directory = new DirectoryView(project, 'dc=example,dc=com');
  const env = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
  const terraform = (verb: string, ...args: readonly string[]): Promise<string> =>
    must('terraform', [`-chdir=${project.stack}`, verb, '-input=false', '-no-color', ...args, variables()], {
      timeout: 600,
      env,
    });
  const variables = (): string => `-var-file=${project.folder}/${project.topology.name}.secrets.tfvars.json`;
  await project.synth(failoverWithShadow());
  const init = await execute('terraform', [`-chdir=${project.stack}`, 'init', '-input=false', '-no-color'], {
    timeout: 180,
    env,
  });
  if (init.status !== 0) {
    // Anything but a registry out of reach is a fault.
    const out = init.stdout + init.stderr;
    project.remove();
    if (!/Failed to query available provider packages|Could not retrieve the list of available versions/.test(out))
      throw new Error(out);
    steps.skip('init, apply, second plan, change and destroy', 'terraform init finds no provider kreuzwerker/docker');
    return;
  }
  const body = async (): Promise<void> => {
    await steps.step('apply makes a directory that takes writes and is followed', async () => {
      await terraform('apply', '-auto-approve');
      await directory.healthy(60);
      await directory.addSuffix('one-host');
      await directory.say('one-host', 'first');
      await directory.allSay('first');
      return undefined;
    });
    await steps.step('a second plan is empty', async () => {
      await terraform('plan', '-detailed-exitcode');
      return undefined;
    });
    await steps.step('a change of configuration replaces no container', async () => {
      const made = await project.docker(['ps', '--no-trunc', '-q']);
      await project.synth(failoverWithShadow({ load: { entries: 5_000_000 } }));
      await terraform('apply', '-auto-approve');
      assert.equal(await project.docker(['ps', '--no-trunc', '-q']), made);
      return undefined;
    });
  };
  try {
    await steps.group(body, () => project.docker(['ps', '-a']));
  } finally {
    await steps.group(
      () =>
        steps.step('destroy leaves nothing', async () => {
          await terraform('destroy', '-auto-approve');
          assert.equal(await project.docker(['ps', '-aq']), '');
          return undefined;
        }),
      () => project.docker(['ps', '-a']),
    );
    project.remove();
  }
}
