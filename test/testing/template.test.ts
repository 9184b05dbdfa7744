import { Aspects, TerraformOutput, TerraformResource, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import type { Construct } from 'constructs';
import { Template } from 'tandem-ha/testing';

class Data extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly input: unknown,
  ) {
    super(scope, id, {
      terraformResourceType: 'terraform_data',
      terraformGeneratorMetadata: { providerName: 'terraform' },
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.input };
  }
}

function stack(): TerraformStack {
  const made = new TerraformStack(Testing.app(), 'stack');
  new Data(made, 'one', { name: 'alpha', ports: [{ port: 1, open: true }, { port: 2 }] });
  new Data(made, 'two', { name: 'beta', ports: [] });
  new TerraformVariable(made, 'password', { type: 'string', sensitive: true });
  return made;
}

const template = Template.of(stack());

test('gives the resources of a type by logical id', () => {
  expect(template.resources('terraform_data').map((resource) => resource.id)).toEqual(['one', 'two']);
  expect(template.resources('docker_container')).toEqual([]);
});

test.each([
  ['a part of an object', { input: { name: 'alpha' } }],
  ['a part of each object of a list', { input: { ports: [{ port: 1 }, { port: 2 }] } }],
  ['an asymmetric matcher', { input: { name: expect.stringMatching(/^al/) } }],
])('finds a resource by %s', (_, partial) => {
  expect(template.findResource('terraform_data', partial).id).toBe('one');
});

test('fails to find one resource when several match', () => {
  expect(() => template.findResource('terraform_data')).toThrow(
    "2 resources of type 'terraform_data' match (one, two); ask for more properties",
  );
});

test('asserts that a resource exists', () => {
  expect(() => template.hasResource('terraform_data', { input: { ports: [] } })).not.toThrow();
});

test.each([
  ['another value', { input: { name: 'alfa' } }, 'input.name: expected "alfa", got "alpha"'],
  [
    'a shorter list',
    { input: { name: 'alpha', ports: [{}] } },
    'input.ports: expected a list of length 1, got length 2',
  ],
  ['a missing property', { input: { name: 'alpha', disk: 1 } }, 'input.disk: expected 1, got nothing'],
  ['a list where an object is', { input: [] }, 'input: expected a list, got {"name":"alpha"'],
  ['an object where a text is', { input: { name: { first: 'a' } } }, 'input.name: expected an object, got "alpha"'],
  ['an inherited property', { toString: 1 }, 'toString: expected 1, got nothing'],
])('fails on %s and shows the nearest resource', (_, partial, line) => {
  expect(() => template.hasResource('terraform_data', partial)).toThrow(
    new RegExp(`no resource of type 'terraform_data' matches; the nearest is 'one':\\n[^]*${escaped(line)}`),
  );
});

test('fails on a type that the stack does not use and names those that it uses', () => {
  expect(() => template.hasResource('docker_image')).toThrow(
    "the stack has no resource of type 'docker_image'; its types are: terraform_data",
  );
});

test('gives a variable', () => {
  expect(template.variable('password')).toEqual({ type: 'string', sensitive: true });
});

test('fails on a variable that does not exist and names those that do', () => {
  expect(() => template.variable('pass')).toThrow("the stack has no variable 'pass'; its variables are: password");
});

test('gives the whole template as a copy', () => {
  const json = template.toJSON() as { resource: { terraform_data: Record<string, unknown> } };
  delete json.resource.terraform_data['one'];
  expect(template.toJSON()).toHaveProperty('resource.terraform_data.one.input.name', 'alpha');
  expect(template.toJSON()).not.toHaveProperty('//');
});

test('fails with the messages of failed validations', () => {
  const invalid = stack();
  invalid.node.addValidation({ validate: () => ['the stack is not as it should be'] });
  expect(() => Template.of(invalid)).toThrow('the stack is not as it should be');
});

test('runs each validation once', () => {
  let runs = 0;
  const counted = stack();
  counted.node.addValidation({
    validate: () => {
      runs++;
      return [];
    },
  });
  Template.of(counted);
  expect(runs).toBe(1);
});

test('runs aspects', () => {
  const changed = stack();
  Aspects.of(changed).add({
    visit: (node) => {
      if (node instanceof Data) node.addOverride('input.seen', true);
    },
  });
  expect(() =>
    Template.of(changed).hasResource('terraform_data', { input: { name: 'beta', seen: true } }),
  ).not.toThrow();
});

test('prepares all stacks of the app, so that references between stacks resolve', () => {
  const app = Testing.app();
  const producer = new TerraformStack(app, 'producer');
  const consumer = new TerraformStack(app, 'consumer');
  const made = new Data(producer, 'made', { name: 'alpha' });
  new TerraformOutput(consumer, 'used', { value: made.getStringAttribute('id') });
  expect(Template.of(producer).toJSON()).toHaveProperty('output');
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
