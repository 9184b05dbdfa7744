import { join } from 'node:path';
import { TerraformStack, Testing } from 'cdktf';
import { SshTarget } from '../../lib/target/index';
import { settled } from '../../lib/target/settled';
import { buildGroupwarePair } from '../support/pair';
import { appIn, filesBelow, hostKey, resource, stackWith, terraformOf, withFolder, type TerraformJson } from './stack';

const FILE = '/etc/postfix/main.cf';
const stack = (): TerraformStack => stackWith(buildGroupwarePair().deployment);

test('a synth, a test and a stack alone give the same cdk.tf.json', () => {
  withFolder((folder) => {
    const app = appIn(folder);
    const synthesized = new TerraformStack(app, 'ox');
    new SshTarget(synthesized, 'ssh', { deployment: buildGroupwarePair().deployment, connection: { hostKey } });
    app.synth();
    const written = filesBelow(join(folder, 'cdktf.out/stacks'))['ox/cdk.tf.json'] ?? '';
    const tested = JSON.parse(Testing.synth(stack())) as TerraformJson;
    expect(JSON.parse(written)).toMatchObject({ locals: tested.locals, resource: tested.resource });
    const alone = stack().toTerraform() as TerraformJson;
    expect(alone).toMatchObject({ locals: tested.locals, resource: tested.resource });
    expect(typeof alone.locals['tandem_apply']).toBe('string');
  });
});

test('the same stack gives the same text twice', () => {
  const twice = stack();
  expect(Testing.synth(twice)).toBe(Testing.synth(twice));
});

test('overrides of the stack reach into files, connections, variables and local values', () => {
  const overridden = stack();
  overridden.addOverride(`resource.terraform_data.host_ox1.connection.bastion_host`, '192.0.2.1');
  overridden.addOverride('resource.terraform_data.host_ox1.triggers_replace.files', { [FILE]: 'own\n' });
  overridden.addOverride('locals.tandem_apply', 'exit 1');
  const terraform = terraformOf(overridden);
  const { connection, triggers_replace: trigger } = resource(terraform, 'host_ox1');
  const plain = resource(terraformOf(stack()), 'host_ox1');
  expect(connection).toEqual({ ...plain.connection, bastion_host: '192.0.2.1' });
  expect(trigger.files).toEqual({ ...plain.triggers_replace.files, [FILE]: 'own\n' });
  expect(terraform.locals['tandem_apply']).toBe('exit 1');
});

test('a settled value is an ordinary value', () => {
  const value = { path: 'text' };
  expect(Object.entries(settled(value))).toEqual([['path', 'text']]);
  expect(JSON.stringify(value)).toBe('{"path":"text"}');
});
