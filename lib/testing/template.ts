import { createRequire } from 'node:module';
import type * as cdktf from 'cdktf';
import { differences } from './partial-match';

/** One resource of a `cdk.tf.json`. */
export interface TemplateResource {
  /** Logical id: its name in Terraform. */
  readonly id: string;
  /** Its arguments under their Terraform names, for instance `triggers_replace`. */
  readonly properties: Readonly<Record<string, unknown>>;
}

type Block = Readonly<Record<string, unknown>>;

/** Look-ups in the `cdk.tf.json` of a stack. */
export class Template {
  /**
   * The template of a stack as synth would write it: the stack is prepared with all stacks of its app, and its
   * validations run. Make it once in `beforeAll`.
   *
   * @throws Error with the messages of all validations that fail
   */
  static of(stack: cdktf.TerraformStack): Template {
    // Loaded here because tests of files alone must not pay for cdktf.
    const { TerraformStack: Stack, Testing } = createRequire(__filename)('cdktf') as typeof cdktf;
    for (const construct of stack.node.root.node.findAll()) if (Stack.isStack(construct)) construct.prepareStack();
    return new Template(JSON.parse(Testing.synth(stack, true)) as Block);
  }

  private constructor(private readonly json: Block) {}

  /** All resources of a type, for instance `terraform_data`, sorted by logical id. */
  resources(type: string): readonly TemplateResource[] {
    return entries(block(this.json, 'resource'), type);
  }

  /**
   * The only resource of a type whose properties match.
   *
   * @param partial properties that it must have: objects may hold more than is asked for, lists must have the same
   * length, and jest's asymmetric matchers (`expect.stringContaining`) can stand for any value
   * @throws Error when none or several match
   */
  findResource(type: string, partial: Block = {}): TemplateResource {
    const matches = this.matching(type, partial);
    const [match, ...others] = matches;
    if (!match) throw new Error(this.noMatch(type, partial));
    if (others.length > 0) {
      const ids = matches.map((found) => found.id).join(', ');
      throw new Error(`${matches.length} resources of type '${type}' match (${ids}); ask for more properties`);
    }
    return match;
  }

  /**
   * Asserts that at least one resource of a type has the properties.
   *
   * @param partial as for `findResource`
   * @throws Error when none matches; it shows the nearest
   */
  hasResource(type: string, partial: Block = {}): void {
    if (this.matching(type, partial).length === 0) throw new Error(this.noMatch(type, partial));
  }

  /**
   * A variable of the stack.
   * @throws Error when there is no such variable
   */
  variable(name: string): Block {
    const variables = block(this.json, 'variable');
    if (!Object.hasOwn(variables, name)) {
      throw new Error(`the stack has no variable '${name}'; its variables are: ${Object.keys(variables).join(', ')}`);
    }
    return block(variables, name);
  }

  /** The whole template, without the metadata of cdktf. */
  toJSON(): Block {
    return structuredClone(this.json);
  }

  private matching(type: string, partial: Block): readonly TemplateResource[] {
    return this.resources(type).filter(({ properties }) => differences(properties, partial).length === 0);
  }

  private noMatch(type: string, partial: Block): string {
    const nearest = this.resources(type)
      .map(({ id, properties }) => ({ id, wrong: differences(properties, partial) }))
      .sort((a, b) => a.wrong.length - b.wrong.length)[0];
    if (!nearest) {
      const types = Object.keys(block(this.json, 'resource')).join(', ');
      return `the stack has no resource of type '${type}'; its types are: ${types}`;
    }
    return `no resource of type '${type}' matches; the nearest is '${nearest.id}':\n${nearest.wrong.map((line) => `  ${line}\n`).join('')}`;
  }
}

function block(json: Block, name: string): Block {
  return Object.hasOwn(json, name) ? (json[name] as Block) : {};
}

function entries(resources: Block, type: string): readonly TemplateResource[] {
  return Object.entries(block(resources, type)).map(([id, properties]) => ({ id, properties: properties as Block }));
}
